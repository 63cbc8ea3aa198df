import type {Blamed} from '../../diagnosis/blame.ts'
import {type DaemonDiagnosis, diagnoseDaemonSet} from '../../diagnosis/daemon-set/diagnosis.ts'
import type {DaemonSetSubject} from '../../diagnosis/subjects.ts'
import {countersOf} from '../../model/daemon-counters.ts'
import {type DaemonSet, isObserved, nameOf, namespaceOf} from '../../model/objects.ts'
import {isReady} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {daemonNodes, isUp} from '../../model/rollout/daemon-facts.ts'
import {revisionsOf} from './counts.ts'
import {judgeDaemonSet} from './daemon-set-judge.ts'
import {type Judgement, othersOf, unknownTo, unobserved} from './judgement.ts'
import type {RolledWorkload} from './report.ts'

/** How far the rollout of a DaemonSet is, what comes next and who blocks it. */
export function rollDaemonSet(daemonSet: DaemonSet, relations: Relations): RolledWorkload {
  return relations.once('rollDaemonSet', daemonSet, () => rolled(daemonSet, relations))
}

function rolled(daemonSet: DaemonSet, relations: Relations): RolledWorkload {
  const diagnosis = diagnoseDaemonSet(daemonSet, relations)
  const {subject} = diagnosis
  const judged = judgement(diagnosis)
  const pods = [...subject.nodes.flatMap((node) => node.pods), ...[...subject.strays.values()].flat()]
  return {
    kind: 'DaemonSet',
    namespace: namespaceOf(daemonSet),
    name: nameOf(daemonSet),
    uid: daemonSet.metadata?.uid ?? '',
    updateStrategy: strategyFields(daemonSet),
    currentRevision: null,
    updateRevision: subject.hash ?? null,
    revisions: revisionsOf(pods),
    counts: countsOf(diagnosis),
    budget: budgetOf(subject),
    ...judged,
    status: judged.state,
  }
}

function judgement(diagnosis: DaemonDiagnosis): Judgement {
  const {rollout, subject} = diagnosis
  return rollout ? judgeDaemonSet(rollout, diagnosis) : unknownWhy(subject, othersOf(diagnosis, null))
}

function unknownWhy({daemonSet, relations}: DaemonSetSubject, findings: readonly Blamed[]): Judgement {
  const unseen = (['pods', 'nodes', 'controllerRevisions'] as const).filter((key) =>
    key === 'pods' ? !relations.seesPodsOf(daemonSet) : !relations.sees(key),
  )
  if (unseen.length > 0) {
    const what = `${unseen.map((key) => key.toLowerCase()).join(', ')} could not be read`
    const isByStatus = unseen[0] !== 'controllerRevisions' && isObserved(daemonSet) && daemonSet.status
    return {...unknownTo(isByStatus ? `${what}; the counts are those of its own status` : what), findings}
  }
  if (!isObserved(daemonSet)) return unobserved(daemonSet, findings)
  const missing = 'the controller to create its ControllerRevision'
  return {...unknownTo('the set has no ControllerRevision yet', 'Observation', missing), findings}
}

function strategyFields({spec}: DaemonSet): RolledWorkload['updateStrategy'] {
  const {type, rollingUpdate} = spec?.updateStrategy ?? {}
  return {
    type: type ?? 'RollingUpdate',
    podManagementPolicy: null,
    partition: null,
    maxUnavailable: rollingUpdate?.maxUnavailable ?? null,
    maxSurge: rollingUpdate?.maxSurge ?? null,
    honorsMaxUnavailable: null,
    minReadySeconds: spec?.minReadySeconds ?? 0,
  }
}

/** Of the nodes that should run a Pod, as their rows say; what is not known is null. */
function countsOf({subject, rollout}: DaemonDiagnosis): RolledWorkload['counts'] {
  const {daemonSet, nodes, hash, relations} = subject
  if (!relations.sees('nodes') || !relations.seesPodsOf(daemonSet)) return ownCounts(daemonSet)
  const counters = countersOf(daemonSet, nodes, hash, relations.snapshot.observedAt)
  const {desiredNumberScheduled: desired, numberReady, numberAvailable} = counters
  if (!rollout) return {desired, updated: null, ready: numberReady, available: numberAvailable}
  const {facts} = rollout
  const wanted = daemonNodes(facts).filter(({shouldRun}) => shouldRun === true)
  const updated = wanted.filter((node) => node.old.length === 0 && node.updated.length > 0).length
  const available = wanted.filter((node) =>
    [...node.old, ...node.updated].some((pod) => isUp(pod, facts)),
  ).length
  const ready = wanted.filter((node) => [...node.old, ...node.updated].some(isReady)).length
  return {desired, updated, ready, available}
}

/** What its controller wrote; null while that is behind. */
function ownCounts(daemonSet: DaemonSet): RolledWorkload['counts'] {
  const status = isObserved(daemonSet) ? daemonSet.status : undefined
  return {
    desired: status?.desiredNumberScheduled ?? null,
    updated: status?.updatedNumberScheduled ?? null,
    ready: status?.numberReady ?? null,
    available: status?.numberAvailable ?? null,
  }
}

function budgetOf({budget}: DaemonSetSubject): RolledWorkload['budget'] {
  if (!budget) return null
  const {mode, limit, used, ledger} = budget
  const usedBy = ledger.filter(({counts}) => counts).map(({node, why}) => ({nodeName: node, why}))
  return {
    mode,
    limit,
    used,
    usedBy: usedBy.toSorted((left, right) => (left.nodeName < right.nodeName ? -1 : 1)),
  }
}
