import {customSet, knownKind} from '../../model/custom/known-kinds.ts'
import type {CustomMember, CustomSet} from '../../model/custom/members.ts'
import type {CustomStrategy} from '../../model/custom/strategy.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isAvailable, isReady, readiness} from '../../model/pod.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import {type Relations, relate} from '../../model/relations.ts'
import {IDLE} from '../../model/rollout/next-step.ts'
import {headerOf, type Question} from '../report.ts'
import type {RolledWorkload, RolloutReport, RolloutStep, StepState} from '../rollout/report.ts'
import {paceOf, sinceOf} from '../rollout/times.ts'
import {mapCustom} from './map.ts'
import {customNeeds} from './needs.ts'
import {customState} from './state.ts'

/** How far is an update that an operator runs, as far as that can be seen. What comes next is not foretold. */
export const customRolloutQuestion: Question<RolloutReport> = {
  needs: () => [],
  more: customNeeds,
  build: (snapshot) => ({...headerOf('RolloutReport', snapshot), workloads: rolledIn(relate(snapshot))}),
  findings: (report) => report.workloads.flatMap(({findings}) => findings),
  namespaces: (report) => report.workloads.map(({namespace}) => namespace),
  names: (report) => report.workloads.map(({kind, group, name}) => `${kind.toLowerCase()}.${group}/${name}`),
}

export function rolledIn(relations: Relations): readonly RolledWorkload[] {
  return (relations.snapshot.custom ?? []).map((object) =>
    rollCustom(customSet(object, relations), relations),
  )
}

/** What is seen of it: who is up to date, and who is ready. */
export function rollCustom(set: CustomSet, relations: Relations): RolledWorkload {
  const {object, members, minReadySeconds} = set
  const strategy = knownKind(object.of).strategyOf(object)
  const pods = members.flatMap(({pod}) => pod ?? [])
  const {state, reason} = customState(set, strategy, relations.snapshot.observedAt)
  const updated = members.filter(({isUpdated}) => isUpdated).flatMap(({pod}) => pod ?? [])
  const pace = paceOf(pods, updated)
  return {
    kind: object.of.kind,
    group: object.of.group,
    namespace: namespaceOf(object),
    name: nameOf(object),
    uid: object.metadata?.uid ?? '',
    state,
    status: state,
    reason,
    since: pace?.lastStepAt ?? null,
    updateStrategy: {...fieldsOf(strategy), podManagementPolicy: set.podManagementPolicy, minReadySeconds},
    currentRevision: null,
    updateRevision: members.find(({isUpdated}) => isUpdated)?.revision ?? null,
    revisions: revisionsOf(members),
    counts: countsOf(set, relations),
    budget: null,
    steps: members.map((member) => stepOf(member, set, strategy, relations)),
    next: IDLE,
    decidedBy: strategy.decidedBy,
    pace,
    blockedBy: null,
    findings: mapCustom(set, relations).findings,
  }
}

function fieldsOf({type, partition, maxUnavailable, maxSurge, podUpdatePolicy, isPaused}: CustomStrategy) {
  return {
    type,
    partition,
    maxUnavailable,
    maxSurge,
    honorsMaxUnavailable: null,
    ...(podUpdatePolicy !== undefined && {podUpdatePolicy}),
    ...(isPaused && {paused: true as const}),
  }
}

function revisionsOf(members: readonly CustomMember[]): RolledWorkload['revisions'] {
  const groups = Map.groupBy(
    members.flatMap(({pod, revision}) => (pod && revision !== undefined ? [revision] : [])),
    (revision) => revision,
  )
  return [...groups]
    .map(([name, those]) => ({name, pods: those.length}))
    .toSorted((one, other) => other.pods - one.pods)
}

/** Where nothing tells of any Pod whether it is up to date, nothing is counted. */
function countsOf(
  {members, desired, minReadySeconds}: CustomSet,
  {snapshot}: Relations,
): RolledWorkload['counts'] {
  const wanted = members.filter(({state}) => state === 'desired').flatMap(({pod}) => pod ?? [])
  const count = (is: (pod: Pod) => boolean) => wanted.filter(is).length
  const isTold = members.some(({isUpdated}) => isUpdated !== undefined)
  return {
    desired,
    updated: isTold
      ? members.filter(({state, isUpdated}) => state === 'desired' && isUpdated === true).length
      : null,
    ready: count(isReady),
    available: count((pod) => isAvailable(pod, minReadySeconds, snapshot.observedAt)),
  }
}

function stepOf(
  member: CustomMember,
  {minReadySeconds}: CustomSet,
  strategy: CustomStrategy,
  {snapshot}: Relations,
): RolloutStep {
  const {ordinal, pod, revision, role} = member
  const isUp = pod !== undefined && isAvailable(pod, minReadySeconds, snapshot.observedAt)
  return {
    ordinal,
    ...(role && {role}),
    nodeName: pod?.spec?.nodeName ?? null,
    pod: member.name,
    revision: revision ?? null,
    state: stepState(member, isUp, strategy),
    status: pod ? statusWord(pod) : null,
    containers: pod ? readiness(pod) : null,
    since: pod ? sinceOf(pod) : null,
  }
}

function stepState({state, pod, isUpdated}: CustomMember, isUp: boolean, {type}: CustomStrategy): StepState {
  if (state === 'condemned') return 'condemned'
  if (!pod) return 'missing'
  if (isUpdated === undefined) return 'unknown'
  if (isUpdated) return isUp ? 'updated' : 'updating'
  return type === 'OnDelete' ? 'held' : 'waiting'
}
