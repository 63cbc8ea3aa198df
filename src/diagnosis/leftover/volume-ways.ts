import {nameOf, type PersistentVolume} from '../../model/objects.ts'
import type {Remedy} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {Subject, Ways} from './way.ts'

/** What to do about volumes: their disks outlive them where nobody looks. */
export const volumeWays: Ways<'PersistentVolume', PersistentVolume> = {
  Released: way('only if nobody wants the data of the claim that it belonged to'),
  Failed: way(
    'act on what its status and events say, such as a right or a snapshot that keeps the disk; only if that is done and it stays',
  ),
}

function way(condition: string): (volume: Subject<'PersistentVolume', PersistentVolume>) => Remedy {
  return ({object, deleting}) => {
    const name = nameOf(object)
    return {
      look: [kubectl('describe', 'pv', name), kubectl('get', 'pv', name, '-o', 'yaml')],
      act: [
        {
          text: `${condition}; find its disk in the storage system first, by the handle in its spec`,
          commands: [kubectl('delete', 'pv', name)],
        },
      ],
      risk: deleting.message,
      avoid: 'remove its finalizers: then nobody deletes the disk, or knows of it',
      rung: 6,
    }
  }
}
