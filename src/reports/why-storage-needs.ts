import {storageClassOf} from '../model/claim.ts'
import {nameOf, namespaceOf, type PersistentVolumeClaim} from '../model/objects.ts'
import type {Relations} from '../model/relations.ts'
import type {Need} from '../model/scope.ts'
import {all, eventsAbout, named} from './why-needs.ts'

/** What claims stand on: of those that wait all that they might get, of others only their own. */
export function storageNeeds(
  claims: readonly PersistentVolumeClaim[],
  relations: Relations,
): readonly Need[] {
  const namespace = claims[0] && namespaceOf(claims[0])
  const waiting = claims.filter((claim) => claim.status?.phase !== 'Bound')
  const troubled = claims.filter((claim) => waiting.includes(claim) || claim.metadata?.deletionTimestamp)
  const isLeaving = claims.some(({metadata}) => metadata?.deletionTimestamp)
  return [
    ...(waiting.length > 0 ? [all('persistentVolumes'), all('storageClasses')] : ownNeeds(claims)),
    ...eventsAbout('PersistentVolumeClaim', namespace, troubled.map(nameOf)),
    // one of those that mount it may keep it
    ...(isLeaving ? [all('pods', namespace)] : []),
    ...attachmentNeeds(claims, relations),
  ]
}

function ownNeeds(claims: readonly PersistentVolumeClaim[]): readonly Need[] {
  const volumes = claims.map(({spec}) => spec?.volumeName ?? '').filter(Boolean)
  const classes = claims.map((claim) => storageClassOf(claim) ?? '').filter(Boolean)
  return [
    ...named(
      'persistentVolumes',
      volumes.map((name) => ({name})),
    ),
    ...named(
      'storageClasses',
      classes.map((name) => ({name})),
    ),
  ]
}

/** Only a driver's volumes are attached, and nothing selects attachments by their volume; then where they are attached. */
function attachmentNeeds(
  claims: readonly PersistentVolumeClaim[],
  {volume, attachmentsOf}: Relations,
): readonly Need[] {
  const volumes = claims.map(({spec}) => spec?.volumeName ?? '').filter((name) => volume(name)?.spec?.csi)
  if (volumes.length === 0) return []
  const nodes = volumes.flatMap(attachmentsOf).map(({spec}) => spec?.nodeName ?? '')
  return [
    all('volumeAttachments'),
    ...named(
      'nodes',
      nodes.filter(Boolean).map((name) => ({name})),
    ),
  ]
}
