import {controllerUid, type DaemonSet, isObserved, type StatefulSet} from '../../model/objects.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'

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
