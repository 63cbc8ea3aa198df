import {isGrowing, requestOf} from '../../model/claim.ts'
import {lastSeen, latestOf} from '../../model/events.ts'
import {nameOf} from '../../model/objects.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {CauseId} from '../order.ts'
import {OFTEN, RETRIED_SECONDS, secondsBetween} from '../patience.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimEvents, claimFinding, claimText, textOf} from './claim-finding.ts'

/** Reasons of events that tell how an expansion went on. */
const ENDED = ['VolumeResizeSuccessful', 'FileSystemResizeRequired', 'FileSystemResizeSuccessful']

/** No condition, only an event, again and again: the resizer sets one only where a feature lets it (before 1.33 mostly not). */
export const growthRefused =
  (id: CauseId): Rule<ClaimSubject> =>
  (subject) => {
    const {claim, name, relations} = subject
    const events = claimEvents(subject)
    const event = latestOf(events, 'VolumeResizeFailed')
    if (!claim || !event || !isGrowing(claim)) return undefined
    const ended = latestOf(events, ...ENDED)
    if (ended && lastSeen(ended) >= lastSeen(event)) return undefined
    const since = event.firstTimestamp ?? event.metadata?.creationTimestamp
    const count = event.series?.count ?? event.count ?? 1
    const isRepeated = count >= OFTEN
    const isLong = secondsBetween(since, relations.snapshot.observedAt) > RETRIED_SECONDS
    return claimFinding(subject, {
      id,
      severity: isRepeated || isLong ? 'error' : 'warning',
      message: `The storage system could not expand the volume (${claimText(subject)})`,
      ...(since && {since}),
      evidence: [
        `event VolumeResizeFailed ×${count} on pvc/${name}, last seen ${lastSeen(event)}${textOf(event.message)}`,
        `pvc/${name} requests ${requestOf(claim) ?? '<none>'}, status.capacity.storage=${claim.status?.capacity?.storage ?? '<none>'}`,
      ],
      selfHealing: 'maybe',
      remedy: afterRefusal(subject, event.message ?? ''),
    })
  }

/** The driver's words for a volume that must not be in use meanwhile. */
const OFFLINE = /attached|detach|in[- ]use|offline|online|unmounted|not (in )?available/i

function afterRefusal(subject: ClaimSubject, text: string): Finding['remedy'] {
  const {namespace, name, of} = subject
  const pod = of?.ordinal.pod
  const look = kubectl('describe', 'pvc', '-n', namespace, name)
  if (!pod || !OFFLINE.test(text)) {
    return {look: [look], act: [{text: LOWER, commands: []}], risk: '', avoid: '', rung: 0}
  }
  const policy = of.set.spec?.persistentVolumeClaimRetentionPolicy?.whenScaled
  return {
    look: [look, kubectl('get', 'volumeattachments')],
    act: [
      {
        text: `while the set can do without that member, delete its Pod, so that the volume is detached: the driver does not grow one that is attached; ${policy === 'Delete' ? CORDON : SCALE}`,
        commands: [kubectl('delete', 'pod', '-n', namespace, nameOf(pod))],
      },
    ],
    risk: GROWTH_RISK,
    avoid: '',
    rung: 2,
  }
}

const CORDON =
  'if the next one comes too soon, cordon its nodes for that time, and do not scale down: whenScaled=Delete would delete the claim'
const SCALE =
  'if the next one comes too soon, scale the set down until the Pod stays away, and up again once the volume has grown'
export const GROWTH_RISK = 'the member is down until its volume has grown'

export const LOWER =
  'if it need not be larger, lower the request again, not below status.capacity (1.34 and newer)'
