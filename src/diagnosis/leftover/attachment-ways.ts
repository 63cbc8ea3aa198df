import {nameOf, type VolumeAttachment} from '../../model/objects.ts'
import type {Remedy} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {Subject, Ways} from './way.ts'

/** What to do about attachments: mostly to wait for the controller. */
export const attachmentWays: Ways<'VolumeAttachment', VolumeAttachment> = {
  NodeGone: way('only if it stays, and the machine is certainly off'),
  VolumeGone: way('only if it stays, and the disk is not mounted on that node'),
  Unused: way('only if it stays, and the disk is not mounted on that node'),
}

function way(condition: string): (attachment: Subject<'VolumeAttachment', VolumeAttachment>) => Remedy {
  return ({object}) => {
    const {nodeName, source} = object.spec ?? {}
    const volume = source?.persistentVolumeName
    const name = nameOf(object)
    return {
      look: [
        kubectl('get', 'volumeattachments', name, '-o', 'yaml'),
        ...(nodeName ? [kubectl('get', 'nodes', nodeName)] : []),
        ...(volume ? [kubectl('get', 'pv', volume)] : []),
      ],
      act: [
        {text: 'wait some minutes first: the attach-detach controller detaches by itself', commands: []},
        {text: condition, commands: [kubectl('delete', 'volumeattachments', name)]},
      ],
      risk: 'a machine that still writes to the disk corrupts it once another node gets it',
      avoid: 'remove its finalizer: the driver then never detaches the disk',
      rung: 4,
    }
  }
}
