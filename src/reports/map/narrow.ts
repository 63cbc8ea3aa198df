import {mountedClaims} from '../../model/mounted-claims.ts'
import {
  controllerUid,
  type Deployment,
  nameOf,
  namespaceOf,
  type Pod,
  type ReplicaSet,
} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import type {ClusterSnapshot, ResourceKey} from '../../model/snapshot.ts'
import {oneSetNeeds, standingNeeds} from '../needs/one-set.ts'
import {owned} from '../needs/owned.ts'
import {placeNeeds} from '../needs/places.ts'

/** Those that are named, each by its name. */
export function namedSubjects(scope: Scope, kinds: readonly ResourceKey[]): readonly Need[] {
  return scope.names
    .filter(({resource}) => kinds.includes(resource))
    .map(({resource, name}) => ({resource, isSubject: true, ...within(scope), name}))
}

/** What the workloads of one namespace stand on, or only those that are named. */
export function mapNeeds({snapshot, relations}: Known, {names}: Scope): readonly Need[] {
  const {statefulSets, deployments, replicaSets} = snapshot
  if (names.length === 0) return standingNeeds(statefulSets, relations)
  const wanted = new Set(names.filter(({resource}) => resource === 'replicaSets').map(({name}) => name))
  const sets = replicaSets.filter((set) => wanted.has(nameOf(set)))
  return [
    ...(statefulSets.length > 0 ? oneSetNeeds(statefulSets, relations) : []),
    ...owned('replicaSets', deployments),
    ...owned('pods', [...deployments, ...sets]),
    ...statelessNeeds(deployments, sets, relations),
  ]
}

interface Known {
  readonly snapshot: ClusterSnapshot
  readonly relations: Relations
}

/** What the Pods of Deployments and ReplicaSets stand on. */
function statelessNeeds(
  deployments: readonly Deployment[],
  sets: readonly ReplicaSet[],
  relations: Relations,
): readonly Need[] {
  const uids = new Set(deployments.map(({metadata}) => metadata?.uid))
  const own = relations.snapshot.replicaSets.filter((set) => uids.has(controllerUid(set) ?? ''))
  const pods = [...new Set([...own, ...sets])].flatMap((set) => relations.podsOf(set.metadata?.uid))
  const claims = pods.flatMap(claimsOf)
  const isMissing = pods.some(({spec}) => !spec?.nodeName)
  return pods.length > 0 ? placeNeeds({pods, claims, isSearching: isMissing}, relations) : []
}

function claimsOf(pod: Pod) {
  return mountedClaims(pod).map((name) => ({namespace: namespaceOf(pod), name}))
}
