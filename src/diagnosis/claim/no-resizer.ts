import {requestOf, trueConditions} from '../../model/claim.ts'
import type {Event, PersistentVolumeClaim} from '../../model/objects.ts'
import {quantity} from '../../model/quantity.ts'
import {volumeSource} from '../../model/volume.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import type {Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

/** A resizer that works begins within seconds. */
const PATIENCE_SECONDS = 60

/** The claim asks for more than it has, and nobody has begun to expand it: the driver has no resizer, or it is down. */
export const noResizer: Rule<ClaimSubject> = (subject) => {
  const {claim, volume, namespace, name} = subject
  if (!claim || !wantsMore(claim) || hasBegun(subject, claim)) return undefined
  const event = eventsOf(subject).find(({reason}) => reason === 'ExternalExpanding')
  const since = event && (event.firstTimestamp ?? event.metadata?.creationTimestamp)
  if (event && !(secondsBetween(since, subject.relations.snapshot.observedAt) > PATIENCE_SECONDS))
    return undefined
  const driver = volume ? ` of ${volumeSource(volume)}` : ''
  return claimFinding(subject, {
    id: 'resize-no-resizer',
    // the event expires after an hour: without it nobody can tell whether the request is a moment or a month old
    severity: event ? 'error' : 'warning',
    message: `${claimText(subject)} asks for ${requestOf(claim)} and has ${claim.status?.capacity?.storage}, and the resizer${driver} has not begun to expand it`,
    ...(since && {since}),
    evidence: [
      `pvc/${name} status.capacity.storage=${claim.status?.capacity?.storage}, no condition Resizing`,
      ...(event ? [`event ExternalExpanding ×${event.count ?? 1} on pvc/${name}`] : []),
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('describe', 'pvc', '-n', namespace, name)],
      advice: "does the driver's controller have the external-resizer beside it, and does that run?",
      danger: '',
      rung: 0,
    },
  })
}

function wantsMore(claim: PersistentVolumeClaim): boolean {
  if (claim.status?.phase !== 'Bound' || claim.metadata?.deletionTimestamp) return false
  const [wanted, has] = [quantity(requestOf(claim)), quantity(claim.status.capacity?.storage)]
  return wanted !== undefined && has !== undefined && wanted > has
}

const BEGUN = ['Resizing', 'VolumeResizeFailed', 'VolumeResizeSuccessful', 'FileSystemResizeRequired']

/** Some stage of the expansion has been reached, or somebody has said something of it. */
function hasBegun(subject: ClaimSubject, claim: PersistentVolumeClaim): boolean {
  const types = [...trueConditions(claim).keys()]
  return (
    types.some((type) => /Resiz/.test(type)) ||
    Boolean(claim.status?.allocatedResourceStatuses?.storage) ||
    eventsOf(subject).some(({reason}) => BEGUN.includes(reason ?? ''))
  )
}

/** Of this claim, and not of an earlier one of its name. */
function eventsOf({claim, namespace, name, relations}: ClaimSubject): readonly Event[] {
  const uid = claim?.metadata?.uid
  return relations
    .eventsOf('PersistentVolumeClaim', namespace, name)
    .filter(({involvedObject}) => !uid || !involvedObject?.uid || involvedObject.uid === uid)
}
