import {attachmentWays} from '../../../diagnosis/leftover/attachment-ways.ts'
import {deletingAttachment} from '../../../diagnosis/leftover/deleting.ts'
import {attachmentVerdict} from '../../../model/leftover/attachment.ts'
import type {Left, Reasons} from '../../../model/leftover/verdict.ts'
import type {VolumeAttachment} from '../../../model/objects.ts'
import type {Kind, Told} from './kind.ts'

export const ATTACHMENT: Kind<'VolumeAttachment', VolumeAttachment> = {
  kind: 'VolumeAttachment',
  verdictOf: attachmentVerdict,
  deletingOf: () => deletingAttachment,
  told,
  ways: attachmentWays,
}

function told({spec}: VolumeAttachment, {reason}: Left<'VolumeAttachment'>): Told {
  const {nodeName = '', source} = spec ?? {}
  const volumeName = source?.persistentVolumeName ?? null
  return {
    severity: reason === 'Unused' ? 'info' : 'warning',
    message: MESSAGES[reason](nodeName, volumeName ?? 'a volume'),
    volumeName,
    nodeName,
  }
}

const MESSAGES: Readonly<Record<Reasons['VolumeAttachment'], (node: string, volume: string) => string>> = {
  NodeGone: (node, volume) => `attaches ${volume} to node ${node}, which is gone`,
  VolumeGone: (node, volume) => `attaches volume ${volume}, which is gone, to node ${node}`,
  Unused: (node, volume) => `attaches ${volume} to node ${node}, where no Pod mounts it`,
}
