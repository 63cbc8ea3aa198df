import {claimRefText} from '../../model/claim.ts'
import {type Event, nameOf, namespaceOf, type PersistentVolume} from '../../model/objects.ts'
import {ordinalIn, templateNames} from '../../model/stateful-set.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import {quoted} from '../quoted.ts'
import type {SetSubject} from '../subjects.ts'

/**
 * A volume of a claim that the set once had should have been deleted with it, and could not be. Volumes of external
 * provisioners stay Released, and only an event says so; the binder's own ones become Failed.
 */
export const failedVolume: Rule<SetSubject> = (subject) => {
  const found = subject.relations.snapshot.persistentVolumes
    .filter((volume) => isOfSet(volume, subject))
    .map((volume) => ({volume, event: failureOf(volume, subject)}))
    .find(({volume, event}) => volume.status?.phase === 'Failed' || event)
  if (!found) return undefined
  const {volume, event} = found
  const why = volume.status?.message ?? event?.message
  return {
    id: 'pv-failed-delete',
    severity: 'warning',
    message: `PersistentVolume ${nameOf(volume)} of the deleted claim ${claimRefText(volume)} could not be deleted${why ? `: ${quoted(why)}` : ''}`,
    object: {kind: 'PersistentVolume', name: nameOf(volume)},
    ...(event?.firstTimestamp && {since: event.firstTimestamp}),
    evidence: [
      `pv/${nameOf(volume)} status.phase=${volume.status?.phase}`,
      ...(event ? [`event VolumeFailedDelete ×${event.count ?? 1} on pv/${nameOf(volume)}`] : []),
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('describe', 'pv', nameOf(volume))],
      advice: 'look at the storage system: it, and not the cluster, refuses; it is tried again',
      danger:
        'a PersistentVolume that is deleted by hand may leave its data behind in the storage system, unseen and paid for',
      rung: 0,
    },
  }
}

/** Its claim bears a name of the set, and is gone or another one by now. */
function isOfSet(volume: PersistentVolume, {set, relations}: SetSubject): boolean {
  const {namespace, name, uid} = volume.spec?.claimRef ?? {}
  const isNamed = templateNames(set).some(
    (each) => ordinalIn(name ?? '', `${each}-${nameOf(set)}`) !== undefined,
  )
  if (!name || !isNamed || namespace !== namespaceOf(set)) return false
  const claim = relations.claim(namespace, name)
  return claim ? claim.metadata?.uid !== uid : relations.sees('persistentVolumeClaims')
}

function failureOf({metadata, spec, status}: PersistentVolume, {relations}: SetSubject): Event | undefined {
  if (status?.phase !== 'Released' || spec?.persistentVolumeReclaimPolicy !== 'Delete') return undefined
  const events = relations.eventsOf('PersistentVolume', '', metadata?.name ?? '')
  return events.find(({reason}) => reason === 'VolumeFailedDelete')
}
