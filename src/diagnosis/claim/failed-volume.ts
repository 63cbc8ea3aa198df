import {claimRefText} from '../../model/claim.ts'
import {
  type Event,
  nameOf,
  namespaceOf,
  type PersistentVolume,
  type StatefulSet,
} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {ordinalIn, templateNames} from '../../model/stateful-set.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {SetSubject} from '../subjects.ts'
import {textOf} from './claim-finding.ts'

export const causes = {
  'pv-failed-delete': {
    title: "volume can't be deleted",
    applies: ['PersistentVolume'],
    sign: 'The phase of the volume is `Failed`, with the event `VolumeFailedDelete`: its claim is gone, and the storage behind it could not be removed.',
    remedy: 'Act on the text of the event; the storage still costs money.',
    avoid:
      'delete the PersistentVolume by hand: its data may stay behind in the storage system, unseen and paid for',
    rank: 'aside',
  },
} satisfies Causes

/**
 * A volume of a claim that the set once had should have been deleted with it, and could not be. Volumes of external
 * provisioners stay Released, and only an event says so; the binder's own ones become Failed.
 */
export const failedVolume: Rule<SetSubject> = (subject) => {
  const found = formerVolumes(subject.set, {what: 'unused', isOne: isUnused}, subject.relations)
    .map((volume) => ({volume, event: failureOf(volume, subject)}))
    .find(({volume, event}) => volume.status?.phase === 'Failed' || event)
  if (!found) return undefined
  const {volume, event} = found
  const {message} = volume.status ?? {}
  const isSaidTwice = message === event?.message
  return {
    id: 'pv-failed-delete',
    severity: 'warning',
    message: `PersistentVolume ${nameOf(volume)} of the deleted claim ${claimRefText(volume)} could not be deleted`,
    object: {kind: 'PersistentVolume', name: nameOf(volume)},
    ...(event?.firstTimestamp && {since: event.firstTimestamp}),
    evidence: [
      `pv/${nameOf(volume)} status.phase=${volume.status?.phase}${isSaidTwice ? '' : textOf(message)}`,
      ...(event
        ? [`event VolumeFailedDelete ×${event.count ?? 1} on pv/${nameOf(volume)}${textOf(event.message)}`]
        : []),
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('describe', 'pv', nameOf(volume))],
      act: [
        {
          text: 'act on what the storage system says: it refuses, not the cluster, and is asked again',
          commands: [],
        },
      ],
      risk: '',
      avoid: causes['pv-failed-delete'].avoid,
      rung: 0,
    },
  }
}

/** What volumes of claims are looked for that bear a name of the set, and are gone or others by now. */
interface Former {
  readonly what: 'unused' | 'to be deleted'
  readonly isOne: (volume: PersistentVolume) => boolean
}

function formerVolumes(set: StatefulSet, former: Former, relations: Relations): readonly PersistentVolume[] {
  return relations.once(`formerVolumes ${former.what}`, set, () => findFormerVolumes(set, former, relations))
}

function findFormerVolumes(
  set: StatefulSet,
  {isOne}: Former,
  relations: Relations,
): readonly PersistentVolume[] {
  const prefixes = templateNames(set).map((each) => `${each}-${nameOf(set)}`)
  return relations.volumesNamedFor(namespaceOf(set), nameOf(set)).filter((volume) => {
    if (!isOne(volume)) return false
    const {namespace = '', name = '', uid} = volume.spec?.claimRef ?? {}
    if (!prefixes.some((prefix) => ordinalIn(name, prefix) !== undefined)) return false
    const claim = relations.claim(namespace, name)
    return claim ? claim.metadata?.uid !== uid : relations.sees('persistentVolumeClaims')
  })
}

/** Volumes of claims that the set once had, which are to be deleted, and are still there. */
export function volumesToDelete(set: StatefulSet, relations: Relations): readonly PersistentVolume[] {
  return formerVolumes(set, {what: 'to be deleted', isOne: isToBeDeleted}, relations)
}

function isUnused({status}: PersistentVolume): boolean {
  return status?.phase === 'Failed' || status?.phase === 'Released'
}

function isToBeDeleted({spec, status}: PersistentVolume): boolean {
  return status?.phase === 'Released' && spec?.persistentVolumeReclaimPolicy === 'Delete'
}

function failureOf(volume: PersistentVolume, {relations}: SetSubject): Event | undefined {
  if (!isToBeDeleted(volume)) return undefined
  const events = relations.eventsOf('PersistentVolume', '', nameOf(volume))
  return events.find(({reason}) => reason === 'VolumeFailedDelete')
}
