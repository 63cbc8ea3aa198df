import {POD_NAME, REVISION_HASH} from '../../model/known-labels.ts'
import {type KubernetesObject, nameOf} from '../../model/objects.ts'
import {type Relations, relate as relateOnce} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import {daemonSetNeeds} from '../needs/daemon-sets.ts'
import {all, isNarrow} from '../needs/lists.ts'
import {hostNeeds} from '../needs/one-set.ts'
import {owned} from '../needs/owned.ts'
import {byFewNames, statefulSetNeeds} from '../needs/stateful-sets.ts'
import {changeNeeds} from '../needs/storage.ts'
import {inOrder} from '../order.ts'
import {headerOf, type Question} from '../report.ts'
import {rollDaemonSet} from './daemon-set.ts'
import type {RolledWorkload, RolloutReport} from './report.ts'
import {rollStatefulSet} from './stateful-set.ts'

const KINDS = ['statefulSets', 'daemonSets'] as const
type Kind = (typeof KINDS)[number]

/** Which of their labels all Pods of a kind have, and hardly any others. */
const POD_LABELS: Readonly<Record<string, string>> = {
  statefulSets: POD_NAME,
  daemonSets: `${REVISION_HASH},!${POD_NAME}`,
  both: REVISION_HASH,
}

/** How far is each rollout, what comes next, and who blocks it? */
export const rolloutQuestion: Question<RolloutReport> = {
  needs,
  more,
  narrow: narrowRollout,
  build: (snapshot, scope, relate = relateOnce) => ({
    ...headerOf('RolloutReport', snapshot),
    workloads: rolled(snapshot, scope, relate(snapshot)),
  }),
  findings: (report) =>
    report.workloads.flatMap(({findings, blockedBy}) => [...findings, ...(blockedBy?.findings ?? [])]),
  namespaces: (report) => report.workloads.map(({namespace}) => namespace),
  names: (report) => report.workloads.map(({kind, name}) => `${kind.toLowerCase()}.apps/${name}`),
}

function needs(scope: Scope): readonly Need[] {
  const kinds = kindsOf(scope)
  const inScope = within(scope)
  const labelSelector = POD_LABELS[kinds.length > 1 ? 'both' : (kinds[0] ?? 'both')] ?? ''
  return [
    ...kinds.map((kind) => subject(kind, scope, kinds.length === 1 || 'one-of')),
    {resource: 'pods', ...inScope, labelSelector},
    {resource: 'nodes'},
    ...(kinds.includes('daemonSets') ? [{resource: 'controllerRevisions', ...inScope} as const] : []),
  ]
}

/** How to read for the rollouts of one namespace, or of named workloads. */
export function narrowRollout(scope: Scope) {
  return isNarrow(scope) ? {needs: narrowNeeds, more: narrowMore} : {needs, more: moreOnce}
}

/** Of named workloads only they themselves; nodes are read when it is known which. */
function narrowNeeds(scope: Scope): readonly Need[] {
  if (scope.names.length === 0) return needs(scope).filter(({resource}) => resource !== 'nodes')
  const kinds = kindsOf(scope)
  const isSubject = kinds.length === 1 || 'one-of'
  return kinds.flatMap((resource) =>
    namesOf(resource, scope).map((name) => ({resource, isSubject, ...within(scope), name})),
  )
}

/** A DaemonSet concerns all nodes; a StatefulSet those of its Pods. */
function narrowMore(snapshot: ClusterSnapshot, scope: Scope): readonly Need[] {
  const relations = relateOnce(snapshot)
  const {sets, daemonSets} = chosenOf(snapshot, scope)
  const isNamed = scope.names.length > 0
  return [
    ...(isNamed ? owned('pods', [...sets, ...daemonSets]) : []),
    ...(isNamed ? owned('controllerRevisions', daemonSets) : []),
    ...(daemonSets.length > 0 ? [all('nodes')] : hostNeeds(sets, relations)),
    ...troubles(relations, scope, isNamed ? undefined : othersOf(scope)),
  ]
}

/** Those that are named; a name without type may be of both kinds. */
function kindsOf({names, kind: only}: Scope): readonly Kind[] {
  if (names.length === 0) return only ? KINDS.filter((kind) => kind === only) : KINDS
  return KINDS.filter((kind) => names.some(({resource, or}) => resource === kind || or === kind))
}

/** Of two kinds one may be forbidden: the other is answered for. */
function subject(resource: Kind, scope: Scope, isSubject: true | 'one-of'): Need {
  const {selector} = scope
  const wanted = namesOf(resource, scope)
  return {
    resource,
    isSubject,
    ...within(scope),
    ...(selector !== undefined && {labelSelector: selector}),
    ...(wanted.length === 1 && {name: wanted[0] ?? ''}),
  }
}

/** Names that may be of that kind. */
function namesOf(kind: Kind, {names}: Scope): readonly string[] {
  return names.filter(({resource, or}) => resource === kind || or === kind).map(({name}) => name)
}

function more(snapshot: ClusterSnapshot, scope: Scope, relate = relateOnce): readonly Need[] {
  return troubles(relate(snapshot), scope, othersOf(scope))
}

function moreOnce(snapshot: ClusterSnapshot, scope: Scope): readonly Need[] {
  const {sets} = chosenOf(snapshot, scope)
  return byFewNames(more(snapshot, scope), othersOf(scope), sets, relateOnce(snapshot))
}

/** Pods that are not read yet. */
function othersOf(scope: Scope): string {
  return `!${POD_LABELS[kindsOf(scope).length > 1 ? 'both' : 'statefulSets']}`
}

function chosenOf(snapshot: ClusterSnapshot, scope: Scope) {
  return {
    sets: chosen(snapshot.statefulSets, 'statefulSets', scope),
    daemonSets: chosen(snapshot.daemonSets, 'daemonSets', scope),
  }
}

/** What only trouble calls for. */
function troubles(relations: Relations, scope: Scope, others: string | undefined): readonly Need[] {
  const {sets, daemonSets} = chosenOf(relations.snapshot, scope)
  return [
    ...statefulSetNeeds(sets, others, scope, relations),
    ...changeNeeds(sets, scope, relations),
    ...daemonSetNeeds(daemonSets, scope, relations),
  ]
}

function rolled(snapshot: ClusterSnapshot, scope: Scope, relations: Relations): readonly RolledWorkload[] {
  const kinds = kindsOf(scope)
  const sets = kinds.includes('statefulSets') ? chosen(snapshot.statefulSets, 'statefulSets', scope) : []
  const daemonSets = kinds.includes('daemonSets') ? chosen(snapshot.daemonSets, 'daemonSets', scope) : []
  return [
    ...inOrder(sets).map((set) => rollStatefulSet(set, relations)),
    ...inOrder(daemonSets).map((set) => rollDaemonSet(set, relations)),
  ]
}

function chosen<T extends KubernetesObject>(objects: readonly T[], kind: Kind, scope: Scope): readonly T[] {
  if (scope.names.length === 0) return objects
  const wanted = new Set(namesOf(kind, scope))
  return objects.filter((object) => wanted.has(nameOf(object)))
}
