import {diagnoseStatefulSet, type SetDiagnosis} from '../../diagnosis/stateful-set/diagnosis.ts'
import {refusedSince} from '../../diagnosis/workload/looked-at.ts'
import {isObserved, nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import {isAvailable, isReady, isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {partitionOf, revisionOf} from '../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../model/rollout/stateful-set-next.ts'
import {honorsMaxUnavailable} from '../../model/rollout/stateful-set-rules.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {
  desiredReplicas,
  isDesired,
  isMember,
  ordinalIn,
  podManagementPolicy,
} from '../../model/stateful-set.ts'
import {revisionsOf} from './counts.ts'
import {type Judgement, othersOf, unknownTo, unobserved} from './judgement.ts'
import type {RolledWorkload} from './report.ts'
import {judge} from './stateful-set-judge.ts'

/** How far the rollout of a StatefulSet is, what comes next and who blocks it. */
export function rollStatefulSet(set: StatefulSet, relations: Relations): RolledWorkload {
  return relations.once('rollStatefulSet', set, () => rolled(set, relations))
}

function rolled(set: StatefulSet, relations: Relations): RolledWorkload {
  const pods = relations.podsOf(set.metadata?.uid).filter((pod) => isMember(set, pod))
  const diagnosis = diagnoseStatefulSet(set, relations)
  const judged = judgement(set, diagnosis, pods, relations)
  return {
    kind: 'StatefulSet',
    namespace: namespaceOf(set),
    name: nameOf(set),
    uid: set.metadata?.uid ?? '',
    updateStrategy: strategyFields(set, relations),
    currentRevision: set.status?.currentRevision ?? null,
    updateRevision: isObserved(set) ? (set.status?.updateRevision ?? null) : null,
    revisions: revisionsOf(pods),
    counts: countsOf(set, pods, relations),
    budget: null,
    ...judged,
    status: judged.state,
  }
}

function judgement(
  set: StatefulSet,
  diagnosis: SetDiagnosis,
  pods: readonly Pod[],
  relations: Relations,
): Judgement {
  if (diagnosis.rollout) return judge(diagnosis.rollout, diagnosis, pods)
  const findings = othersOf(diagnosis, null)
  if (!relations.seesPodsOf(set)) return {...unknownTo(unseenText(set, relations)), findings}
  const refused = refusedSince({kind: 'StatefulSet', set, relations})
  if (refused?.isStalled) {
    const unknown = unknownTo('the API server refuses its Pods', 'Observation')
    return {...unknown, state: 'Stalled', since: refused.since ?? null, findings}
  }
  return unobserved(set, findings)
}

function unseenText(set: StatefulSet, relations: Relations): string {
  const pods =
    relations.podsOf(set.metadata?.uid).length > 0
      ? 'not all of its Pods could be read'
      : 'Pods could not be read'
  return isObserved(set) && set.status ? `${pods}; the counts are those of its own status` : pods
}

function strategyFields(set: StatefulSet, relations: Relations): RolledWorkload['updateStrategy'] {
  const type = strategyOf(set)
  return {
    type,
    podManagementPolicy: podManagementPolicy(set),
    partition: type === 'RollingUpdate' ? partitionOf(set) : null,
    maxUnavailable: set.spec?.updateStrategy?.rollingUpdate?.maxUnavailable ?? null,
    maxSurge: null,
    honorsMaxUnavailable: honorsMaxUnavailable(set, serverVersionOf(relations.snapshot)),
    minReadySeconds: set.spec?.minReadySeconds ?? 0,
  }
}

/** What its controller wrote; null, too, while that is behind. */
function ownCounts(set: StatefulSet): Omit<RolledWorkload['counts'], 'desired'> {
  const {updatedReplicas, readyReplicas, availableReplicas} = (isObserved(set) && set.status) || {}
  return {
    updated: updatedReplicas ?? null,
    ready: readyReplicas ?? null,
    available: availableReplicas ?? null,
  }
}

/** Of the ordinals that should exist; what is not known is null. */
function countsOf(set: StatefulSet, pods: readonly Pod[], relations: Relations): RolledWorkload['counts'] {
  const desired = desiredReplicas(set)
  if (!relations.seesPodsOf(set)) return {desired, ...ownCounts(set)}
  const wanted = pods.filter((pod) => isDesired(set, ordinalIn(nameOf(pod), nameOf(set)) ?? -1))
  const live = wanted.filter((pod) => !isTerminating(pod))
  const {observedAt} = relations.snapshot
  return {
    desired,
    updated: isObserved(set)
      ? live.filter((pod) => revisionOf(pod) === set.status?.updateRevision).length
      : null,
    ready: wanted.filter(isReady).length,
    available: live.filter((pod) => isAvailable(pod, set.spec?.minReadySeconds ?? 0, observedAt)).length,
  }
}
