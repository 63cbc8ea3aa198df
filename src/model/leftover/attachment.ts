import type {PersistentVolume, VolumeAttachment} from '../objects.ts'
import {isTerminal} from '../pod.ts'
import type {Relations} from '../relations.ts'
import {isRecent, leftover, spared, type Verdict} from './verdict.ts'

/** Whether a volume is attached to a node for nobody. */
export function attachmentVerdict(
  attachment: VolumeAttachment,
  relations: Relations,
): Verdict<'VolumeAttachment'> | undefined {
  const {nodeName = '', source} = attachment.spec ?? {}
  const name = source?.persistentVolumeName
  const {creationTimestamp} = attachment.metadata ?? {}
  const isNew = isRecent(relations.snapshot.observedAt, creationTimestamp)
  if (!relations.node(nodeName) && relations.sees('nodes', nodeName)) return leftover('NodeGone')
  // a volume that stands in a Pod itself has no name
  if (!name) return undefined
  const volume = relations.volume(name)
  if (!volume) return relations.sees('persistentVolumes', name) ? leftover('VolumeGone') : undefined
  if (!relations.sees('pods') || isMountedOn(volume, nodeName, relations)) return undefined
  return isNew ? spared('Recent') : leftover('Unused')
}

function isMountedOn({spec}: PersistentVolume, nodeName: string, relations: Relations): boolean {
  const {namespace = '', name = ''} = spec?.claimRef ?? {}
  const pods = relations.podsMounting({metadata: {namespace, name}})
  return pods.some((pod) => pod.spec?.nodeName === nodeName && !isTerminal(pod))
}
