import {attachmentName} from '../../model/attachment-name.ts'
import {nameOf, type PersistentVolume, type PersistentVolumeClaim, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import {isExclusive} from '../../model/volume.ts'
import {all, named} from './lists.ts'

/** A volume, and who mounts its claim. */
interface Mounted {
  readonly volume: PersistentVolume
  readonly users: readonly Pod[]
}

/**
 * Attachments of these claims' volumes, by the names that they have on the nodes of those who use them; all of them where one
 * may be elsewhere. And the nodes of what was found.
 */
export function attachmentNeeds(
  claims: readonly PersistentVolumeClaim[],
  relations: Relations,
): readonly Need[] {
  const mounted = claims.flatMap((claim) => {
    const volume = relations.volume(claim.spec?.volumeName ?? '')
    // only a driver's volumes are attached
    return volume?.spec?.csi ? [{volume, users: relations.podsMounting(claim)}] : []
  })
  const nodes = mounted
    .flatMap(({volume}) => relations.attachmentsOf(nameOf(volume)))
    .flatMap(({spec}) => spec?.nodeName || [])
  const isElsewhere = mounted.some((each) => mayBeElsewhere(each, relations))
  return [
    ...(isElsewhere ? [all('volumeAttachments')] : named('volumeAttachments', mounted.flatMap(ownNames))),
    ...named(
      'nodes',
      nodes.map((name) => ({name})),
    ),
  ]
}

function ownNames({volume, users}: Mounted): readonly {readonly name: string}[] {
  return users.flatMap(({spec}) => {
    const name = spec?.nodeName && attachmentName(volume, spec.nodeName)
    return name ? [{name}] : []
  })
}

/** Nobody is at work with it, its attachment has a name that is not known, or there may be several. */
function mayBeElsewhere({volume, users}: Mounted, relations: Relations): boolean {
  const found = relations.attachmentsOf(nameOf(volume))
  return (
    attachmentName(volume, '') === undefined ||
    users.length === 0 ||
    !users.every(isAtWork) ||
    found.some(({metadata}) => metadata?.deletionTimestamp) ||
    (found.length > 0 && !isExclusive(volume))
  )
}

function isAtWork(pod: Pod): boolean {
  return Boolean(pod.spec?.nodeName) && pod.status?.phase === 'Running' && !isTerminating(pod)
}
