import {daemonSetRules} from '../diagnosis/daemon-set/index.ts'
import {bySeverity, diagnose} from '../diagnosis/finding.ts'
import {daemonWorkloadRules} from '../diagnosis/rollout/index.ts'
import type {DaemonSetSubject} from '../diagnosis/subjects.ts'
import {countersOf} from '../model/daemon-counters.ts'
import {type DaemonSet, nameOf, namespaceOf} from '../model/objects.ts'
import {isReady} from '../model/pod.ts'
import type {Relations} from '../model/relations.ts'
import {type DaemonFacts, daemonNodes, isUp} from '../model/rollout/daemon-facts.ts'
import {serverVersionOf} from '../model/server-version.ts'
import {daemonSetSubject} from './coverage-daemon-set.ts'
import {revisionsOf} from './rollout-counts.ts'
import {judgeDaemonSet} from './rollout-daemon-set-judge.ts'
import {type Judgement, unknownTo, workloadFindings} from './rollout-judgement.ts'
import type {RolledWorkload} from './rollout-report.ts'

/** How far the rollout of a DaemonSet is, what comes next and who holds it up. */
export function rollDaemonSet(daemonSet: DaemonSet, relations: Relations): RolledWorkload {
  const subject = daemonSetSubject(daemonSet, relations)
  const judged = judgement(subject)
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
    counts: countsOf(subject),
    budget: budgetOf(subject),
    ...judged,
    findings: bySeverity([
      ...judged.findings,
      ...workloadFindings(daemonWorkloadRules, {kind: 'DaemonSet', set: daemonSet, relations}, judged),
    ]),
  }
}

function judgement(subject: DaemonSetSubject): Judgement {
  const {daemonSet, hash, relations} = subject
  const unseen = (['pods', 'nodes', 'controllerRevisions'] as const).filter((key) => !relations.sees(key))
  if (unseen.length > 0)
    return unknownTo(`${unseen.map((key) => key.toLowerCase()).join(', ')} could not be read`)
  const {observedGeneration = 0} = daemonSet.status ?? {}
  if (observedGeneration < (daemonSet.metadata?.generation ?? 0)) {
    return unknownTo('the controller has not looked at the newest generation yet', 'Observation')
  }
  if (hash === undefined)
    return unknownTo(
      'the set has no ControllerRevision yet',
      'Observation',
      "the controller's ControllerRevision",
    )
  const findings = bySeverity(diagnose(daemonSetRules, subject))
  return judgeDaemonSet(factsOf(subject, hash), subject, findings)
}

function factsOf(subject: DaemonSetSubject, hash: string): DaemonFacts {
  const {daemonSet, nodes, strays, budget, relations} = subject
  const {snapshot} = relations
  return {
    daemonSet,
    nodes,
    strays,
    hash,
    budget,
    version: serverVersionOf(snapshot),
    now: snapshot.observedAt,
  }
}

function strategyFields({spec}: DaemonSet): RolledWorkload['updateStrategy'] {
  const {type = 'RollingUpdate', rollingUpdate} = spec?.updateStrategy ?? {}
  return {
    type,
    podManagementPolicy: null,
    partition: null,
    maxUnavailable: rollingUpdate?.maxUnavailable ?? null,
    maxSurge: rollingUpdate?.maxSurge ?? null,
    honorsMaxUnavailable: null,
    minReadySeconds: spec?.minReadySeconds ?? 0,
  }
}

/** Of the nodes that should run a Pod, as their rows say; what is not known is null. */
function countsOf(subject: DaemonSetSubject): RolledWorkload['counts'] {
  const {daemonSet, nodes, hash, relations} = subject
  if (!relations.sees('nodes') || !relations.sees('pods')) {
    return {desired: null, updated: null, ready: null, available: null}
  }
  const counters = countersOf(daemonSet, nodes, hash, relations.snapshot.observedAt)
  const {desiredNumberScheduled: desired, numberReady, numberAvailable} = counters
  if (hash === undefined) return {desired, updated: null, ready: numberReady, available: numberAvailable}
  const facts = factsOf(subject, hash)
  const wanted = daemonNodes(facts).filter(({shouldRun}) => shouldRun === true)
  const updated = wanted.filter((node) => node.old.length === 0 && node.updated.length > 0).length
  const available = wanted.filter((node) =>
    [...node.old, ...node.updated].some((pod) => isUp(pod, facts)),
  ).length
  const ready = wanted.filter((node) => [...node.old, ...node.updated].some(isReady)).length
  return {desired, updated, ready, available}
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
