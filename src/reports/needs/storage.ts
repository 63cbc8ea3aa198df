import {volumesToDelete} from '../../diagnosis/claim/failed-volume.ts'
import {isGrowing, storageClassOf} from '../../model/claim.ts'
import {nameOf, namespaceOf, type PersistentVolumeClaim, type StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {attachmentNeeds} from './attachments.ts'
import {all, eventsAbout, named} from './lists.ts'

/** What claims stand on: of those that wait all that they might get, of others only their own. */
export function storageNeeds(
  claims: readonly PersistentVolumeClaim[],
  relations: Relations,
): readonly Need[] {
  const namespace = claims[0] && namespaceOf(claims[0])
  const waiting = claims.filter((claim) => claim.status?.phase !== 'Bound')
  const troubled = claims.filter(
    (claim) => waiting.includes(claim) || claim.metadata?.deletionTimestamp || isGrowing(claim),
  )
  const hasTerminatingClaim = claims.some(({metadata}) => metadata?.deletionTimestamp)
  return [
    ...(waiting.length > 0 ? [all('persistentVolumes'), all('storageClasses')] : ownNeeds(claims)),
    ...eventsAbout('PersistentVolumeClaim', namespace, troubled.map(nameOf)),
    // one of those that mount it may keep it
    ...(hasTerminatingClaim ? [all('pods', namespace)] : []),
    ...attachmentNeeds(claims, relations),
  ]
}

/** What was said of the volumes that these sets have left behind and that are still there: why they can't be deleted. */
export function undeletedNeeds(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  const volumes = sets.flatMap((set) => volumesToDelete(set, relations))
  // events about what has no namespace are kept in this one
  return eventsAbout('PersistentVolume', 'default', volumes.map(nameOf))
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

/**
 * That a volume can't grow, or change, shows in nothing but its claim, whose Pod is well: whether a warning was given of
 * any, and then that claim.
 */
export function changeNeeds(
  sets: readonly StatefulSet[],
  scope: Scope,
  {snapshot, sees}: Relations,
): readonly Need[] {
  if (!sees('pods') || !sets.some(({spec}) => spec?.volumeClaimTemplates?.length)) return []
  const told = snapshot.events.filter(
    ({reason = '', involvedObject}) =>
      NOT_CHANGED.has(reason) && involvedObject?.kind === 'PersistentVolumeClaim',
  )
  return [
    ...['type=Warning', 'reason=ExternalExpanding'].map(
      (which) =>
        ({
          resource: 'events',
          ...within(scope),
          fieldSelector: `involvedObject.kind=PersistentVolumeClaim,${which}`,
          isExtra: true,
        }) as const,
    ),
    ...named(
      'persistentVolumeClaims',
      told.map(({involvedObject}) => ({
        namespace: involvedObject?.namespace ?? '',
        name: involvedObject?.name ?? '',
      })),
    ),
  ]
}

const NOT_CHANGED: ReadonlySet<string> = new Set([
  // that it waits for a resizer is no warning
  'ExternalExpanding',
  'VolumeResizeFailed',
  'FileSystemResizeFailed',
  'VolumeModifyFailed',
])
