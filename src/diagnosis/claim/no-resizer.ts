import {isGrowing, requestOf, trueConditions} from '../../model/claim.ts'
import type {PersistentVolumeClaim} from '../../model/objects.ts'
import {volumeSource} from '../../model/volume.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {RESIZER_SECONDS, secondsBetween} from '../patience.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimEvents, claimFinding, claimText, textOf} from './claim-finding.ts'

export const causes = {
  'resize-no-resizer': {
    title: 'nobody grows the volume',
    applies: ['PersistentVolumeClaim'],
    sign: 'The event `ExternalExpanding` says `waiting for an external controller`, and no event `Resizing` follows.',
    remedy: 'See whether the controller of the storage driver runs, and has the resizer in it.',
    rank: 'aside',
  },
  'resize-not-allowed': {
    title: 'storage class forbids growing',
    applies: ['PersistentVolumeClaim'],
    sign: 'The edit of the claim is refused with `only dynamically provisioned pvc can be resized`.',
    remedy:
      'If the driver can grow volumes, set `allowVolumeExpansion: true` on the StorageClass, then edit the claim again.',
    rank: 'aside',
    unseen: 'The API server refuses the edit, and nothing of it is left to be read.',
  },
} satisfies Causes

/** The claim asks for more than it has, and nobody has begun to expand it: the driver has no resizer, or it is down. */
export const noResizer: Rule<ClaimSubject> = (subject) => {
  const {claim, volume, namespace, name} = subject
  if (!claim || !isGrowing(claim) || hasBegun(subject, claim)) return undefined
  const event = claimEvents(subject).find(({reason}) => reason === 'ExternalExpanding')
  const since = event && (event.firstTimestamp ?? event.metadata?.creationTimestamp)
  if (event && !(secondsBetween(since, subject.relations.snapshot.observedAt) > RESIZER_SECONDS))
    return undefined
  const driver = volume ? ` of ${volumeSource(volume)}` : ''
  return claimFinding(subject, {
    id: 'resize-no-resizer',
    // the event expires after an hour: without it nobody can tell whether the request is a moment or a month old
    severity: event ? 'error' : 'warning',
    message: `The resizer${driver} has not begun to expand the volume to ${requestOf(claim)} (${claimText(subject)})`,
    ...(since && {since}),
    evidence: [
      `pvc/${name} status.capacity.storage=${claim.status?.capacity?.storage}, no condition Resizing`,
      ...(event
        ? [`event ExternalExpanding ×${event.count ?? 1} on pvc/${name}${textOf(event.message)}`]
        : []),
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('describe', 'pvc', '-n', namespace, name)],
      act: [
        {
          text: "see whether the driver's controller runs, and has the external-resizer beside it",
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
}

const BEGUN = ['Resizing', 'VolumeResizeFailed', 'VolumeResizeSuccessful', 'FileSystemResizeRequired']

/** Some stage of the expansion has been reached, or somebody has said something of it. */
function hasBegun(subject: ClaimSubject, claim: PersistentVolumeClaim): boolean {
  const types = [...trueConditions(claim).keys()]
  return (
    types.some((type) => /Resiz/.test(type)) ||
    Boolean(claim.status?.allocatedResourceStatuses?.storage) ||
    claimEvents(subject).some(({reason}) => BEGUN.includes(reason ?? ''))
  )
}
