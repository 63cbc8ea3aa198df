import {isGrowing} from '../../model/claim.ts'
import {POD_NAME} from '../../model/known-labels.ts'
import {type KubernetesObject, nameOf, type PersistentVolumeClaim} from '../../model/objects.ts'
import {type Relations, relate as relateOnce} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {CLUSTER_WIDE, type ClusterSnapshot, type ResourceKey} from '../../model/snapshot.ts'
import {beyond, isNarrow} from '../needs/lists.ts'
import {publishedNeeds} from '../needs/one-set.ts'
import {byFewNames, statefulSetNeeds} from '../needs/stateful-sets.ts'
import {undeletedNeeds} from '../needs/storage.ts'
import {inOrder} from '../order.ts'
import {headerOf, type Question} from '../report.ts'
import {mapNeeds, namedSubjects} from './narrow.ts'
import {mapDeployment, mapReplicaSet} from './pods.ts'
import type {MappedWorkload, MapReport} from './report.ts'
import {mapStatefulSet} from './stateful-set.ts'
import {usageNeeds} from './usage.ts'

/** Every Pod of a StatefulSet carries this label, and hardly any other Pod does. */
/** Which ordinal runs in which Pod, on which claim, volume and node? */
export const mapQuestion: Question<MapReport> = {
  needs,
  more,
  narrow: (scope) => (isNarrow(scope) ? {needs: narrowNeeds, more: narrowMore} : {needs, more: moreOnce}),
  build: (snapshot, scope, relate = relateOnce) => ({
    ...headerOf('MapReport', snapshot),
    workloads: workloads(snapshot, scope, relate(snapshot)),
  }),
  findings: (report) => report.workloads.flatMap(({findings}) => findings),
  namespaces: (report) => report.workloads.map(({namespace}) => namespace),
  names: (report) => report.workloads.map(({kind, name}) => `${kind.toLowerCase()}.apps/${name}`),
}

/** The same, with what is on the disks. */
export const mapWithUsageQuestion: Question<MapReport> = {
  ...mapQuestion,
  usage: (snapshot, scope) => usageNeeds(workloads(snapshot, scope, relateOnce(snapshot))),
}

/** The same question, with what the governing Services publish: one list more, which nothing else needs. */
export function withNames(question: Question<MapReport>): Question<MapReport> {
  return {
    ...question,
    needs: (scope) => [...needs(scope), ...nameNeeds(scope)],
    narrow: (scope) => {
      const reads = mapQuestion.narrow?.(scope)
      if (!reads) return undefined
      const isNamed = isNarrow(scope) && scope.names.length > 0
      return {
        needs: (of) => [...reads.needs(of), ...(isNamed ? [] : nameNeeds(of))],
        more: (snapshot, of) => [
          ...reads.more(snapshot, of),
          ...(isNamed ? publishedNeeds(snapshot.statefulSets) : []),
        ],
      }
    },
  }
}

export const mapWithNamesQuestion = withNames(mapQuestion)

function nameNeeds(scope: Scope): readonly Need[] {
  return asksFor(scope, 'statefulSets') || scope.names.length === 0
    ? [{resource: 'endpointSlices', ...within(scope)}]
    : []
}

function needs(scope: Scope): readonly Need[] {
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
function narrowNeeds(scope: Scope): readonly Need[] {
  if (scope.names.length > 0) return namedSubjects(scope, KINDS)
  const kinds = new Set<ResourceKey>(CLUSTER_WIDE)
  return needs(scope).filter(({resource}) => !kinds.has(resource))
}

function narrowMore(snapshot: ClusterSnapshot, scope: Scope): readonly Need[] {
  const relations = relateOnce(snapshot)
  const others = scope.names.length > 0 ? undefined : OTHERS
  return [...mapNeeds({snapshot, relations}, scope), ...troubles(relations, scope, others)]
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
function more(snapshot: ClusterSnapshot, scope: Scope, relate = relateOnce): readonly Need[] {
  const isAllRead = asksFor(scope, 'deployments') || asksFor(scope, 'replicaSets')
  const further = troubles(relate(snapshot), scope, OTHERS)
  // of claims and what they stand on a map reads whole lists
  return beyond(
    needs(scope),
    further.filter((need) => !(isAllRead && 'labelSelector' in need)),
  )
}

function moreOnce(snapshot: ClusterSnapshot, scope: Scope): readonly Need[] {
  const further = more(snapshot, scope)
  const isHeldUp = snapshot.persistentVolumeClaims.some(({metadata}) => metadata?.deletionTimestamp)
  return isHeldUp ? further : byFewNames(further, OTHERS, snapshot.statefulSets, relateOnce(snapshot))
}

/** All Pods but those of StatefulSets. */
const OTHERS = `!${POD_NAME}`

/** What only trouble calls for; `others` selects the Pods that were not read, all but the sets' own where it is undefined. */
function troubles(relations: Relations, scope: Scope, others: string | undefined): readonly Need[] {
  const {statefulSets, persistentVolumeClaims: claims} = relations.snapshot
  const inScope = within(scope)
  const {isWaiting, isTerminating} = relations.once('troubled claims', claims, () => troubleOf(claims))
  return [
    ...(isTerminating && relations.sees('pods')
      ? [{resource: 'pods', ...inScope, ...(others !== undefined && {labelSelector: others})} as const]
      : []),
    ...statefulSetNeeds(statefulSets, others, scope, relations),
    ...undeletedNeeds(statefulSets, relations),
    ...(isWaiting
      ? [
          {
            resource: 'events',
            ...inScope,
            fieldSelector: 'involvedObject.kind=PersistentVolumeClaim',
          } as const,
        ]
      : []),
  ]
}

function troubleOf(claims: readonly PersistentVolumeClaim[]) {
  return {
    isWaiting: claims.some(
      (claim) => isGrowing(claim) || (claim.status?.phase !== 'Bound' && !claim.metadata?.deletionTimestamp),
    ),
    isTerminating: claims.some(({metadata}) => metadata?.deletionTimestamp),
  }
}

function workloads(snapshot: ClusterSnapshot, scope: Scope, relations: Relations): readonly MappedWorkload[] {
  return [
    ...inOrder(chosen(snapshot.statefulSets, 'statefulSets', scope)).map((set) =>
      mapStatefulSet(set, relations),
    ),
    ...inOrder(chosen(snapshot.deployments, 'deployments', scope)).map((each) =>
      mapDeployment(each, relations),
    ),
    ...inOrder(chosen(snapshot.replicaSets, 'replicaSets', scope)).map((set) =>
      mapReplicaSet(set, relations),
    ),
  ]
}

function chosen<T extends KubernetesObject>(
  objects: readonly T[],
  resource: ResourceKey,
  scope: Scope,
): readonly T[] {
  if (scope.names.length === 0) return resource === 'statefulSets' ? objects : []
  const names = new Set(scope.names.filter((each) => each.resource === resource).map(({name}) => name))
  return objects.filter((object) => names.has(nameOf(object)))
}
