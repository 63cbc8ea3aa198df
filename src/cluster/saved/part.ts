import {
  controllerUid,
  type DaemonSet,
  isObserved,
  type KubernetesObject,
  type StatefulSet,
} from '../../model/objects.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import {isRecord} from '../shape/types.ts'

type Lists = Pick<ClusterSnapshot, 'statefulSets' | 'daemonSets' | 'pods' | 'events'>

/**
 * Uids of sets of which a file does not hold all Pods: their own status counts more. Where a Pod was refused since, or the
 * set is being deleted, or has changed, it is the status that is old.
 */
export function setsInPart({statefulSets, daemonSets, pods, events}: Lists): readonly string[] {
  const held = Map.groupBy(pods, controllerUid)
  const refused = new Set(
    events.filter(({reason}) => reason === 'FailedCreate').map(({involvedObject}) => involvedObject?.uid),
  )
  const isShort = (set: StatefulSet | DaemonSet, counted = 0) => {
    const {uid, deletionTimestamp} = set.metadata ?? {}
    if (!uid || deletionTimestamp || !isObserved(set) || refused.has(uid)) return false
    return (held.get(uid) ?? []).length < counted
  }
  return [
    ...statefulSets.filter((set) => isShort(set, set.status?.replicas)),
    ...daemonSets.filter((set) => isShort(set, set.status?.currentNumberScheduled)),
  ].map(({metadata}) => metadata?.uid ?? '')
}

/** Uids of the sets whose Pods may be among these, of which not even the owner can be trusted. */
export function setsOf(
  wrong: readonly KubernetesObject[],
  {statefulSets, daemonSets}: Pick<Lists, 'statefulSets' | 'daemonSets'>,
): readonly string[] {
  const pods = wrong.filter(({kind}) => kind === 'Pod')
  return [...statefulSets, ...daemonSets]
    .filter(({metadata}) => pods.some((pod) => mayOwn(metadata, pod)))
    .flatMap(({metadata}) => metadata?.uid ?? [])
}

function mayOwn(set: KubernetesObject['metadata'], pod: KubernetesObject): boolean {
  const {namespace, ownerReferences} = (pod.metadata ?? {}) as Readonly<Record<string, unknown>>
  const owners = Array.isArray(ownerReferences) ? (ownerReferences as readonly unknown[]) : []
  const uids = owners.flatMap((owner) => (isRecord(owner) && typeof owner.uid === 'string' ? owner.uid : []))
  if (uids.length > 0) return uids.includes(set?.uid ?? '')
  return typeof namespace !== 'string' || namespace === set?.namespace
}
