import {attachmentName} from '../attachment-name.ts'
import {nameOf, namespaceOf, type PersistentVolume, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {isExclusive} from '../volume.ts'

/**
 * Whether a Pod that nobody ends keeps a volume attached to its node that the one in its place needs, and that only one node may
 * have at a time (reconciler of the attach-detach controller, 1.20 to 1.37: Multi-Attach); `Unseen`: attachments were not read.
 */
export function leftAttached(pod: Pod, relations: Relations): 'Attached' | 'Unseen' | undefined {
  if (!isRunning(pod)) return undefined
  const node = pod.spec?.nodeName ?? ''
  const found = exclusiveVolumes(pod, relations).map((volume) => attachedTo(node, volume, relations))
  return found.includes('Attached') ? 'Attached' : found.find((each) => each !== undefined)
}

/** Of those that go on to the next Pod: what was made for this one alone goes with it. */
export function exclusiveVolumes(pod: Pod, relations: Relations): readonly PersistentVolume[] {
  return (pod.spec?.volumes ?? []).flatMap(({persistentVolumeClaim}) => {
    const claim = relations.claim(namespaceOf(pod), persistentVolumeClaim?.claimName ?? '')
    const volume = relations.volume(claim?.spec?.volumeName ?? '')
    return volume && isExclusive(volume) ? [volume] : []
  })
}

function attachedTo(node: string, volume: PersistentVolume, relations: Relations) {
  if (relations.attachmentsOf(nameOf(volume)).some(({spec}) => spec?.nodeName === node)) return 'Attached'
  const name = attachmentName(volume, node)
  return name === undefined || relations.sees('volumeAttachments', name) ? undefined : 'Unseen'
}

/** Its volumes are let go of once none of its containers runs (IsPodTerminated of pkg/volume/util, 1.20 to 1.37). */
function isRunning({status}: Pod): boolean {
  const {initContainerStatuses = [], containerStatuses = []} = status ?? {}
  return [...initContainerStatuses, ...containerStatuses].some(
    ({state}) => !state?.terminated && !state?.waiting,
  )
}
