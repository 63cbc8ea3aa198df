import {selects} from '../../model/labels.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import {fewText} from '../few.ts'
import type {Rule} from '../finding.ts'
import {
  readWorkload,
  type WorkloadSubject,
  workloadEvidence,
  workloadReference,
  workloadText,
} from './workload.ts'

/**
 * Another set of the kind selects the same Pods. Who controls a Pod is written down in it, so that none is taken away;
 * but Pods and revisions without a controller go to whoever comes first. The controller says so in its log alone.
 */
export const selectorOverlap: Rule<WorkloadSubject> = (subject) => {
  const {kind, set, relations} = subject
  const {statefulSets, daemonSets} = relations.snapshot
  const labels = set.spec?.template?.metadata?.labels
  const others = (kind === 'StatefulSet' ? statefulSets : daemonSets).filter(
    (other) =>
      namespaceOf(other) === namespaceOf(set) &&
      nameOf(other) !== nameOf(set) &&
      selects(other.spec?.selector, labels),
  )
  const [first] = others
  if (!first) return undefined
  return {
    id: 'sts-selector-overlap',
    severity: 'warning',
    message: `${workloadText(subject)} has Pods that ${fewText(others.map(nameOf))} ${others.length === 1 ? 'selects' : 'select'}, too: one without a controller may be adopted by the wrong set`,
    object: workloadReference(subject),
    evidence: others
      .slice(0, 1)
      .map(
        (other) =>
          `${kind.toLowerCase()}/${nameOf(other)} spec.selector matches the template labels of ${workloadEvidence(subject)}`,
      ),
    selfHealing: 'no',
    remedy: {
      commands: [readWorkload(subject), readWorkload({...subject, set: first})],
      advice:
        "a selector can't be changed: make one of the two anew with labels of its own (delete it with --cascade=orphan, apply it again)",
      danger:
        'Pods that the new selector does not match are left without a controller, and keep the names that the new ones need',
      rung: 3,
    },
  }
}
