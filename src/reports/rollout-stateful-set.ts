import {bySeverity} from '../diagnosis/finding.ts'
import {workloadRules} from '../diagnosis/rollout/index.ts'
import {nameOf, namespaceOf, type Pod, type StatefulSet} from '../model/objects.ts'
import {isAvailable, isReady, isTerminating} from '../model/pod.ts'
import type {Relations} from '../model/relations.ts'
import {partitionOf, revisionOf, statefulSetFacts} from '../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../model/rollout/stateful-set-next.ts'
import {honorsMaxUnavailable} from '../model/rollout/stateful-set-rules.ts'
import {serverVersionOf} from '../model/server-version.ts'
import {desiredReplicas, isDesired, isMember, ordinalIn, podManagementPolicy} from '../model/stateful-set.ts'
import {revisionsOf} from './rollout-counts.ts'
import {type Judgement, unknownTo, workloadFindings} from './rollout-judgement.ts'
import type {RolledWorkload} from './rollout-report.ts'
import {judge} from './rollout-stateful-set-judge.ts'

/** How far the rollout of a StatefulSet is, what comes next and who holds it up. */
export function rollStatefulSet(set: StatefulSet, relations: Relations): RolledWorkload {
  const pods = relations.podsOf(set.metadata?.uid).filter((pod) => isMember(set, pod))
  const judged = judgement(set, pods, relations)
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
    findings: bySeverity([
      ...judged.findings,
      ...workloadFindings(workloadRules, {kind: 'StatefulSet', set, relations}, judged),
    ]),
  }
}

function judgement(set: StatefulSet, pods: readonly Pod[], relations: Relations): Judgement {
  if (!relations.sees('pods')) return unknownTo('Pods could not be read')
  const facts = statefulSetFacts(set, relations)
  if (facts) return judge(facts, pods, relations)
  return unknownTo('the controller has not looked at the newest generation yet', 'Observation')
}

function isObserved({metadata, status}: StatefulSet): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0)
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

/** Of the ordinals that should exist; what is not known is null. */
function countsOf(set: StatefulSet, pods: readonly Pod[], relations: Relations): RolledWorkload['counts'] {
  const desired = desiredReplicas(set)
  if (!relations.sees('pods')) return {desired, updated: null, ready: null, available: null}
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
