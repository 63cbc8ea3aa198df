import {hasLabels} from '../../model/labels.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import {mayHave} from '../../model/selecting.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {SetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'
import {governing, type Labels, pairs, select, serviceFinding} from './service-facts.ts'
import {unselectedPods} from './unselected.ts'

export const causes = {
  'svc-selector-mismatch': {
    title: 'Service does not select the Pods',
    applies: ['StatefulSet'],
    sign: 'The labels of the Pods do not match `spec.selector` of the Service, so it has no endpoints.',
    remedy:
      'Correct the selector of the Service if it serves nobody else; if it does, give the set a Service of its own.',
    risk: 'Pods that the Service selects now, if the command of Look shows any, lose their names and its traffic',
    riskWhen: 'no Pod is known that it selects now',
    avoid: 'change its selector where it serves others: these would lose their names and its traffic',
    rank: 'aside',
  },
} satisfies Causes

const ID = 'svc-selector-mismatch'

/** The Service that governs the set publishes none of its Pods. */
export const selectorMismatch: Rule<SetSubject> = (subject) => {
  const target = governing(subject)
  const selector = target?.service?.spec?.selector
  const labels = subject.set.spec?.template?.metadata?.labels
  if (!target || !selector || Object.keys(selector).length === 0) return undefined
  if (hasLabels(labels, selector)) return unselectedPods(subject, target.name, selector, ID)
  return serviceFinding(subject, target.name, {
    id: ID,
    severity: 'error',
    message: `Service ${target.name} does not select the set's Pods, and publishes none of them`,
    evidence: [
      `service/${target.name} spec.selector ${pairs(selector)}`,
      `Pod template labels ${pairs(labels ?? {})}`,
    ],
    remedy: reselect(subject, target.name, selector),
  })
}

/** The Service may be another set's, named here by mistake: what it serves now must not lose it. */
function reselect(subject: SetSubject, name: string, selector: Labels): Finding['remedy'] {
  const look = [kubectl('get', 'pods', '-n', namespaceOf(subject.set), '-l', pairs(selector))]
  const served = servedPods(subject, selector)
  if (served.length === 0) {
    return {
      look,
      act: [
        {
          text: 'only if the Service is for nobody else, not even for a set that is scaled to 0 (the command above shows the Pods that it serves now): let it select the set',
          commands: select(subject, name),
        },
      ],
      risk: causes['svc-selector-mismatch'].risk,
      avoid: '',
      rung: 1,
    }
  }
  return {
    look,
    act: [
      {
        text: "give this set a headless Service of its own: serviceName can't be changed in place, so delete the set with --cascade=orphan and apply it again",
        commands: [],
      },
      {text: 'let the Service select by a label that the Pods of both have', commands: []},
    ],
    risk: '',
    avoid: `change its selector: ${fewText(served)}, which it serves now, would lose their names and its traffic`,
    rung: 0,
  }
}

function servedPods({set, relations}: SetSubject, selector: Labels): readonly string[] {
  return mayHave(namespaceOf(set), selector, relations)
    .filter((pod) => hasLabels(pod.metadata?.labels, selector))
    .map((pod) => `Pod ${nameOf(pod)}`)
}
