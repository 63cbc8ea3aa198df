import type {PersistentVolume, VolumeAttachment} from '../objects.ts'
import {isTerminal} from '../pod.ts'
import type {Relations} from '../relations.ts'
import {leftover, settled, type Verdict} from './verdict.ts'

type AttachmentVerdict = Verdict<'VolumeAttachment'>

/** Whether a volume is attached to a node for nobody. */
export function attachmentVerdict(
  attachment: VolumeAttachment,
  relations: Relations,
): AttachmentVerdict | undefined {
  const verdict = unsettled(attachment, relations)
  return settled(attachment, verdict, relations.snapshot, attachment.metadata?.creationTimestamp)
}

function unsettled({spec}: VolumeAttachment, relations: Relations): AttachmentVerdict | undefined {
  const {nodeName = '', source} = spec ?? {}
  const name = source?.persistentVolumeName
  if (!relations.node(nodeName) && relations.sees('nodes', nodeName)) return leftover('NodeGone')
  // a volume that stands in a Pod itself has no name
  if (!name) return undefined
  const volume = relations.volume(name)
  if (!volume) return relations.sees('persistentVolumes', name) ? leftover('VolumeGone') : undefined
  const isUnused = relations.sees('pods') && !isMountedOn(volume, nodeName, relations)
  return isUnused ? leftover('Unused') : undefined
}

function isMountedOn({spec}: PersistentVolume, nodeName: string, relations: Relations): boolean {
  const {namespace = '', name = ''} = spec?.claimRef ?? {}
  const pods = relations.podsMounting({metadata: {namespace, name}})
  return pods.some((pod) => pod.spec?.nodeName === nodeName && !isTerminal(pod))
}
