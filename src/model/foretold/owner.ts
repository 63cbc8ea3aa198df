import {controllerOf, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'

/** Who answers for a Pod when it is gone, as far as we know what he would do. */
export type OwnerKind =
  /** It comes back under its own name. */
  | 'StatefulSet'
  /** It belongs to its node. */
  | 'DaemonSet'
  /** Another one comes in its place, under another name. */
  | 'ReplicaSet'
  /** The kubelet runs it from a file of its own. */
  | 'Node'
  /** Nobody: it does not come back. */
  | 'None'
  /** A controller that nobody here knows; or a Job: whether it may try once more (backoffLimit, podFailurePolicy) was not read. */
  | 'Other'

const REPLACING: readonly string[] = ['ReplicaSet', 'ReplicationController']

export function ownerKindOf(pod: Pod, relations: Relations): OwnerKind {
  const {kind, apiVersion, uid} = controllerOf(pod) ?? {}
  if (kind === undefined) return 'None'
  if (kind === 'Node') return 'Node'
  const isApps = apiVersion?.startsWith('apps/') === true
  if (kind === 'StatefulSet' && isApps && relations.statefulSetWith(uid)) return 'StatefulSet'
  if (kind === 'DaemonSet' && isApps) return 'DaemonSet'
  return REPLACING.includes(kind) ? 'ReplicaSet' : 'Other'
}
