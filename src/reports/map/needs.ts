import {POD_NAME} from '../../model/known-labels.ts'
import {relate as relateOnce} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {CLUSTER_WIDE, type ClusterSnapshot, type ResourceKey} from '../../model/snapshot.ts'
import {leftoverUsers} from '../needs/leftover-users.ts'
import {beyond} from '../needs/lists.ts'
import {byFewNames} from '../needs/stateful-sets.ts'
import {mapNeeds, namedSubjects} from './narrow.ts'
import {OTHERS, troubles} from './trouble-needs.ts'

/** What the governing Services publish, as one list. */
export function nameNeeds(scope: Scope): readonly Need[] {
  return asksFor(scope, 'statefulSets') || scope.names.length === 0
    ? [{resource: 'endpointSlices', ...within(scope)}]
    : []
}

/** What a map is made of, as whole lists. */
export function needs(scope: Scope): readonly Need[] {
  const inScope = within(scope)
  const isWithStateless = asksFor(scope, 'deployments') || asksFor(scope, 'replicaSets')
  return [
    ...subjects(scope),
    ...(asksFor(scope, 'deployments') && !asksFor(scope, 'replicaSets')
      ? [{resource: 'replicaSets', ...inScope} as const]
      : []),
    {resource: 'pods', ...inScope, ...(!isWithStateless && {labelSelector: POD_NAME})},
    {resource: 'persistentVolumeClaims', ...inScope},
    {resource: 'services', ...inScope},
    {resource: 'persistentVolumes'},
    {resource: 'storageClasses'},
    {resource: 'volumeAttachments'},
    {resource: 'nodes'},
  ]
}

/** Of named workloads only they themselves: what is theirs is known when they are. */
export function narrowNeeds(scope: Scope): readonly Need[] {
  if (scope.names.length > 0) return namedSubjects(scope, KINDS)
  const kinds = new Set<ResourceKey>(CLUSTER_WIDE)
  return needs(scope).filter(({resource}) => !kinds.has(resource))
}

/** What is theirs, and what only trouble calls for. */
export function narrowMore(snapshot: ClusterSnapshot, scope: Scope): readonly Need[] {
  const relations = relateOnce(snapshot)
  const others = scope.names.length > 0 ? undefined : OTHERS
  return [
    ...mapNeeds({snapshot, relations}, scope),
    ...troubles(relations, scope, others),
    ...leftoverUsers(snapshot.statefulSets, others, relations),
  ]
}

const KINDS = ['statefulSets', 'deployments', 'replicaSets'] as const

function asksFor(scope: Scope, resource: ResourceKey): boolean {
  return scope.names.some((each) => each.resource === resource)
}

/** The workloads themselves: one by name where there is one name, so that a right on that name is enough. */
function subjects(scope: Scope): readonly Need[] {
  const {names, selector} = scope
  const kinds =
    names.length === 0 ? [KINDS[0]] : KINDS.filter((kind) => names.some((each) => each.resource === kind))
  return kinds.map((resource) => {
    const wanted = names.filter((each) => each.resource === resource)
    const isAll = resource === 'replicaSets' && names.some((each) => each.resource === 'deployments')
    return {
      resource,
      isSubject: true,
      ...within(scope),
      ...(selector !== undefined && {labelSelector: selector}),
      ...(wanted.length === 1 && !isAll && {name: wanted[0]?.name ?? ''}),
    }
  })
}

/**
 * Pods without the label of StatefulSet Pods matter when an ordinal has no Pod (one may hold its name) or a
 * claim is being deleted (one may use it); events, when a claim waits for something.
 */
export function more(snapshot: ClusterSnapshot, scope: Scope, relate = relateOnce): readonly Need[] {
  const isAllRead = asksFor(scope, 'deployments') || asksFor(scope, 'replicaSets')
  const relations = relate(snapshot)
  const users = leftoverUsers(snapshot.statefulSets, OTHERS, relations)
  const further = [...troubles(relations, scope, OTHERS), ...users]
  // of claims and what they stand on a map reads whole lists
  return beyond(
    needs(scope),
    further.filter((need) => !(isAllRead && 'labelSelector' in need)),
  )
}

/** The same for one answer: a few things by their names. */
export function moreOnce(snapshot: ClusterSnapshot, scope: Scope): readonly Need[] {
  const further = more(snapshot, scope)
  const isHeldUp = snapshot.persistentVolumeClaims.some(({metadata}) => metadata?.deletionTimestamp)
  const relations = relateOnce(snapshot)
  const areUsersAsked = leftoverUsers(snapshot.statefulSets, OTHERS, relations).length > 0
  return isHeldUp || areUsersAsked ? further : byFewNames(further, OTHERS, snapshot.statefulSets, relations)
}
