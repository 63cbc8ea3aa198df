import {type KubernetesObject, nameOf} from '../../model/objects.ts'
import {type Relations, relate as relateOnce} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import {daemonSetNeeds} from '../needs/daemon-sets.ts'
import {statefulSetNeeds} from '../needs/stateful-sets.ts'
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
  statefulSets: 'statefulset.kubernetes.io/pod-name',
  daemonSets: 'controller-revision-hash,!statefulset.kubernetes.io/pod-name',
  both: 'controller-revision-hash',
}

/** How far is each rollout, what comes next, and who blocks it? */
export const rolloutQuestion: Question<RolloutReport> = {
  needs,
  more,
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

function more(snapshot: ClusterSnapshot, scope: Scope, relate = relateOnce): readonly Need[] {
  const relations = relate(snapshot)
  const sets = chosen(snapshot.statefulSets, 'statefulSets', scope)
  const daemonSets = chosen(snapshot.daemonSets, 'daemonSets', scope)
  const others = `!${POD_LABELS[kindsOf(scope).length > 1 ? 'both' : 'statefulSets']}`
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

function chosen<T extends KubernetesObject>(objects: readonly T[], kind: Kind, {names}: Scope): readonly T[] {
  if (names.length === 0) return objects
  const wanted = new Set(
    names.filter(({resource, or}) => resource === kind || or === kind).map(({name}) => name),
  )
  return objects.filter((object) => wanted.has(nameOf(object)))
}
