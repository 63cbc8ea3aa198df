import {projected} from '../../../src/cluster/collect.ts'
import {type KubernetesObject, nameOf, type Pod} from '../../../src/model/objects.ts'
import type {ClusterSnapshot} from '../../../src/model/snapshot.ts'
import type {ControllerWrite, StatusWrite} from './writes.ts'

const ENDED: readonly (string | undefined)[] = ['Failed', 'Succeeded']

/** The cluster as the API server has it after those writes. */
export function applied(snapshot: ClusterSnapshot, writes: readonly ControllerWrite[]): ClusterSnapshot {
  return writes.reduce(afterWrite, {...snapshot, observedAt: new Date().toISOString()})
}

function afterWrite(snapshot: ClusterSnapshot, write: ControllerWrite): ClusterSnapshot {
  if (write.what === 'Status') return afterStatus(snapshot, write)
  if (write.code >= 300) return snapshot
  const {pods} = snapshot
  if (write.what === 'Create') {
    const made = write.object ? [projected('pods')(write.object) as Pod] : []
    return {...snapshot, pods: [...pods, ...made]}
  }
  const after = pods.flatMap((pod) => (nameOf(pod) === write.pod ? deleted(pod, snapshot.observedAt) : [pod]))
  return {...snapshot, pods: after}
}

/** A Pod that no kubelet has, or that has finished, is gone at once. */
function deleted(pod: Pod, now: string): readonly Pod[] {
  const isForKubelet = pod.spec?.nodeName !== undefined && !ENDED.includes(pod.status?.phase)
  if (!isForKubelet && !pod.metadata?.finalizers?.length) return []
  return [{...pod, metadata: {...pod.metadata, deletionTimestamp: now}}]
}

function afterStatus(snapshot: ClusterSnapshot, {object}: StatusWrite): ClusterSnapshot {
  const isIt = (set: KubernetesObject) => set.metadata?.uid === object.metadata?.uid
  const renew = <T extends KubernetesObject>(key: 'statefulSets' | 'daemonSets', sets: readonly T[]) =>
    sets.map((set) => (isIt(set) ? (projected(key)(object) as T) : set))
  return {
    ...snapshot,
    statefulSets: renew('statefulSets', snapshot.statefulSets),
    daemonSets: renew('daemonSets', snapshot.daemonSets),
  }
}
