import type {PersistentVolume} from './objects.ts'

/** Name that the attach-detach controller gives to the attachment of a CSI volume to a node (getAttachmentName, 1.10 to 1.37). */
export function attachmentName({spec}: PersistentVolume, node: string): string | undefined {
  const {driver, volumeHandle} = spec?.csi ?? {}
  if (!driver || !volumeHandle) return undefined
  // loading it takes longer than most answers from files
  const {hash} = process.getBuiltinModule('node:crypto')
  return `csi-${hash('sha256', `${volumeHandle}${driver}${node}`)}`
}
