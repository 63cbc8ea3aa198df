import {selects} from '../../model/labels.ts'
import {controllerOf, nameOf, namespaceOf} from '../../model/objects.ts'
import {mayHave, maySelect} from '../../model/selecting.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {fewText} from '../words.ts'
import {
  readWorkload,
  type WorkloadSubject,
  workloadEvidence,
  workloadReference,
  workloadText,
} from './subject.ts'

export const causes = {
  'sts-selector-overlap': {
    title: 'two sets select the same Pods',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The selectors of two sets in one namespace match the same Pods. A Pod that has lost its owner may be taken over by the wrong one; only the log of kube-controller-manager complains.',
    remedy:
      'Nothing, while each Pod has its controller. To separate two DaemonSets, first apply a new one with its own labels, then delete the old one with its Pods. To separate two StatefulSets, plan for the claims first: they have the name of their set.',
    risk: 'deleting a set with its Pods takes its members down',
    avoid: 'delete one of the two sets without its Pods: whichever set comes first adopts them',
    rank: 'aside',
  },
} satisfies Causes

/**
 * Another set of the kind selects the same Pods. Who controls a Pod is written down in it, so that none is taken away;
 * but Pods and revisions without a controller go to whoever comes first. The controller says so in its log alone.
 */
export const selectorOverlap: Rule<WorkloadSubject> = (subject) => {
  const {kind, set, relations} = subject
  const {statefulSets, daemonSets} = relations.snapshot
  const labels = set.spec?.template?.metadata?.labels
  const sets: readonly WorkloadSubject['set'][] = kind === 'StatefulSet' ? statefulSets : daemonSets
  const others = maySelect(sets, {namespace: namespaceOf(set), labels}, relations).filter(
    (other) =>
      namespaceOf(other) === namespaceOf(set) &&
      nameOf(other) !== nameOf(set) &&
      selects(other.spec?.selector, labels),
  )
  const [first] = others
  if (!first) return undefined
  const orphans = orphansOf(subject, first)
  return {
    id: 'sts-selector-overlap',
    severity: orphans.length > 0 ? 'warning' : 'info',
    message: `${fewText(others.map(nameOf))} ${others.length === 1 ? 'selects' : 'select'} the Pods of ${workloadText(subject)}, too: ${orphans.length > 0 ? `${fewText(orphans)} without a controller may be adopted by the wrong set` : 'harmless while each Pod has its controller'}`,
    object: workloadReference(subject),
    evidence: [
      `${kind.toLowerCase()}/${nameOf(first)} spec.selector matches the template labels of ${workloadEvidence(subject)}`,
      ...orphans.slice(0, 1).map((name) => `pod/${name} has no controller among its ownerReferences`),
    ],
    selfHealing: 'no',
    remedy: {
      look: [readWorkload(subject), readWorkload({...subject, set: first})],
      act: [
        {text: 'nothing, while each Pod has its controller', commands: []},
        {text: PARTING[kind], commands: []},
      ],
      risk: causes['sts-selector-overlap'].risk,
      avoid: causes['sts-selector-overlap'].avoid,
      rung: 0,
    },
  }
}

const PARTING: Readonly<Record<WorkloadSubject['kind'], string>> = {
  DaemonSet:
    "to separate the two, apply a new set with its own labels (a selector can't be changed), and when its Pods run, delete the old set with its Pods",
  StatefulSet:
    "to separate the two, recreate one with its own labels (a selector can't be changed): under another name it begins with empty claims, under the same name its Pods have to be deleted first",
}

/** Pods without a controller that both select: whoever comes first adopts them. */
function orphansOf({set, relations}: WorkloadSubject, other: WorkloadSubject['set']): readonly string[] {
  return mayHave(namespaceOf(set), set.spec?.selector?.matchLabels, relations)
    .filter(
      (pod) =>
        namespaceOf(pod) === namespaceOf(set) &&
        !controllerOf(pod) &&
        [set, other].every(({spec}) => selects(spec?.selector, pod.metadata?.labels)),
    )
    .map(nameOf)
}
