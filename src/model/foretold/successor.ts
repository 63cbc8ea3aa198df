import type {Pod} from '../objects.ts'

/** The Pod that comes in the place of one that is gone, from the same template and under a name that nobody knows yet. */
export function successorOf(pod: Pod, now: string): Pod {
  const {uid, deletionTimestamp: _, ...metadata} = pod.metadata ?? {}
  const {nodeName: __, ...spec} = pod.spec ?? {containers: []}
  return {
    metadata: {...metadata, uid: `${uid}/successor`, creationTimestamp: now},
    spec,
    status: {phase: 'Pending'},
  }
}
