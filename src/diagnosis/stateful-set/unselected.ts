import {hasLabels} from '../../model/labels.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {isOutdated, statefulSetFacts} from '../../model/rollout/stateful-set-facts.ts'
import type {Finding} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {CauseId} from '../order.ts'
import type {SetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'
import {type Labels, pairs, serviceFinding} from './service-facts.ts'

/** Pods that were created before the template had the labels of the Service, or from which somebody took one. */
export function unselectedPods(
  subject: SetSubject,
  service: string,
  selector: Labels,
  id: CauseId,
): Finding | undefined {
  const left = subject.ordinals.flatMap(({state, pod}) =>
    pod && state === 'desired' && !isTerminating(pod) && !hasLabels(pod.metadata?.labels, selector)
      ? [pod]
      : [],
  )
  const [first] = left
  if (!first) return undefined
  const replaced = replacedPods(subject)
  const isPassing = left.every((pod) => replaced.has(nameOf(pod)))
  return serviceFinding(subject, service, {
    id,
    severity: isPassing ? 'warning' : 'error',
    message: `Service ${service} does not select ${fewText(left.map(nameOf))}, ${isPassing ? WILL_HAVE : LACKING}, and does not publish ${left.length === 1 ? 'it' : 'them'}`,
    evidence: [
      `service/${service} spec.selector ${pairs(selector)}`,
      `pod/${nameOf(first)} lacks the label ${lackedBy(first, selector)}`,
    ],
    selfHealing: isPassing ? 'maybe' : 'no',
    remedy: remedyOf(first, lackedBy(first, selector), isPassing),
  })
}

const LACKING = 'whose labels are not those of the Pod template'
const WILL_HAVE = 'which the rollout has yet to replace by Pods with its labels'

/** Names of the Pods that the rollout replaces without anybody's help. */
function replacedPods({set, relations}: SetSubject): ReadonlySet<string> {
  const facts = statefulSetFacts(set, relations)
  if (!facts || set.spec?.updateStrategy?.type === 'OnDelete') return new Set()
  return new Set(facts.slots.filter((slot) => !slot.isHeld && isOutdated(slot, facts)).map(({name}) => name))
}

function lackedBy({metadata}: Pod, selector: Labels): string {
  return pairs(
    Object.fromEntries(Object.entries(selector).filter(([key, value]) => metadata?.labels?.[key] !== value)),
  )
}

function remedyOf(pod: Pod, labels: string, isPassing: boolean): Finding['remedy'] {
  const [namespace, name] = [namespaceOf(pod), nameOf(pod)]
  const commands = [kubectl('label', 'pod', '-n', namespace, name, '--overwrite', ...labels.split(','))]
  return {
    look: [kubectl('get', 'pods', '-n', namespace, name, '-o', 'yaml')],
    act: isPassing
      ? [
          {text: 'wait for the rollout', commands: []},
          {text: 'only if it waits for their names to be published: give them the label', commands},
        ]
      : [{text: 'only if nobody took the label away on purpose: give it to them', commands}],
    risk: 'other Services and budgets that select by these labels take it in, too',
    avoid: '',
    rung: isPassing ? 0 : 1,
  }
}
