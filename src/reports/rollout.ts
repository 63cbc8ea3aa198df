import {type DaemonSet, type KubernetesObject, nameOf, type StatefulSet} from '../model/objects.ts'
import {ordinalsOf} from '../model/ordinals.ts'
import {type Relations, relate} from '../model/relations.ts'
import {type Need, type Scope, within} from '../model/scope.ts'
import type {ClusterSnapshot} from '../model/snapshot.ts'
import {lacksPods} from './coverage-daemon-set.ts'
import {inOrder} from './order.ts'
import {headerOf, type Question} from './report.ts'
import {needsOfTroubled} from './rollout-causes.ts'
import {rollDaemonSet} from './rollout-daemon-set.ts'
import type {RolledWorkload, RolloutReport} from './rollout-report.ts'
import {rollStatefulSet} from './rollout-stateful-set.ts'

const KINDS = ['statefulSets', 'daemonSets'] as const
type Kind = (typeof KINDS)[number]

/** Which of their labels all Pods of a kind have, and hardly any others. */
const POD_LABELS: Readonly<Record<string, string>> = {
  statefulSets: 'statefulset.kubernetes.io/pod-name',
  daemonSets: 'controller-revision-hash,!statefulset.kubernetes.io/pod-name',
  both: 'controller-revision-hash',
}

/** How far is each rollout, what comes next, and who holds it up? */
export const rolloutQuestion: Question<RolloutReport> = {
  needs,
  more,
  build: (snapshot, scope) => ({
    ...headerOf('RolloutReport', snapshot),
    workloads: rolled(snapshot, scope),
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

/** Those that are named; a name without type may be of both kinds. */
function kindsOf({names, kind: only}: Scope): readonly Kind[] {
  if (names.length === 0) return only ? KINDS.filter((kind) => kind === only) : KINDS
  return KINDS.filter((kind) => names.some(({resource, or}) => resource === kind || or === kind))
}

/** Of two kinds one may be forbidden: the other is answered for. */
function subject(resource: Kind, scope: Scope, isSubject: true | 'one-of'): Need {
  const {names, selector} = scope
  const wanted = names.filter((each) => each.resource === resource || each.or === resource)
  return {
    resource,
    isSubject,
    ...within(scope),
    ...(selector !== undefined && {labelSelector: selector}),
    ...(wanted.length === 1 && {name: wanted[0]?.name ?? ''}),
  }
}

/** Where a Pod is missing: who holds its name, what becomes of its claims, and what the API server has said. */
function more(snapshot: ClusterSnapshot, scope: Scope): readonly Need[] {
  const relations = relate(snapshot)
  if (!relations.sees('pods')) return []
  const sets = chosen(snapshot.statefulSets, 'statefulSets', scope)
  const lacking = sets.filter((set) => isLacking(set, relations))
  const daemonSets = chosen(snapshot.daemonSets, 'daemonSets', scope)
  return [
    ...(lacking.length > 0 ? [...namesAndClaims(scope), eventsOf('StatefulSet', lacking, scope)] : []),
    ...revisionNeeds(sets, scope),
    ...([...sets, ...daemonSets].some(isBehind) ? [CONTROLLER_LEASE] : []),
    ...needsOfTroubled(
      sets.flatMap((set) => relations.podsOf(set.metadata?.uid)),
      relations,
    ),
    ...(daemonSets.some((set) => lacksPods(set, relations))
      ? [eventsOf('DaemonSet', daemonSets, scope)]
      : []),
  ]
}

/** Whether its controller runs at all is asked only of one that has not done its work. */
const CONTROLLER_LEASE: Need = {resource: 'leases', namespace: 'kube-system', name: 'kube-controller-manager'}

/** Of DaemonSets they are always read: nothing else tells their current revision. */
function revisionNeeds(sets: readonly StatefulSet[], scope: Scope): readonly Need[] {
  const isRead = kindsOf(scope).includes('daemonSets')
  return !isRead && sets.some(isUnderWay) ? [{resource: 'controllerRevisions', ...within(scope)}] : []
}

function isUnderWay(set: StatefulSet): boolean {
  return isBehind(set) || set.status?.currentRevision !== set.status?.updateRevision
}

function isBehind({metadata, status}: StatefulSet | DaemonSet): boolean {
  return (status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)
}

function eventsOf(kind: string, sets: readonly KubernetesObject[], scope: Scope): Need {
  const only = sets.length === 1 ? `,involvedObject.name=${nameOf(sets[0] ?? {})}` : ''
  return {resource: 'events', ...within(scope), fieldSelector: `involvedObject.kind=${kind}${only}`}
}

function isLacking(set: ClusterSnapshot['statefulSets'][number], relations: Relations): boolean {
  return ordinalsOf(set, relations).some(
    ({state, pod}) => state === 'desired' && (!pod || pod.status?.phase === 'Pending'),
  )
}

function namesAndClaims(scope: Scope): readonly Need[] {
  const kinds = kindsOf(scope)
  const read = POD_LABELS[kinds.length > 1 ? 'both' : 'statefulSets']
  return [
    {resource: 'pods', ...within(scope), labelSelector: `!${read}`},
    {resource: 'persistentVolumeClaims', ...within(scope)},
  ]
}

function rolled(snapshot: ClusterSnapshot, scope: Scope): readonly RolledWorkload[] {
  const relations = relate(snapshot)
  const kinds = kindsOf(scope)
  const sets = kinds.includes('statefulSets') ? chosen(snapshot.statefulSets, 'statefulSets', scope) : []
  const daemonSets = kinds.includes('daemonSets') ? chosen(snapshot.daemonSets, 'daemonSets', scope) : []
  return [
    ...inOrder(sets).map((set) => rollStatefulSet(set, relations)),
    ...inOrder(daemonSets).map((set) => rollDaemonSet(set, relations)),
  ]
}

function chosen<T extends KubernetesObject>(objects: readonly T[], kind: Kind, {names}: Scope): readonly T[] {
  if (names.length === 0) return objects
  const wanted = new Set(
    names.filter(({resource, or}) => resource === kind || or === kind).map(({name}) => name),
  )
  return objects.filter((object) => wanted.has(nameOf(object)))
}
