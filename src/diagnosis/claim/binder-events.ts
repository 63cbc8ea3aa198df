import {SELECTED_NODE} from '../../model/claim.ts'
import {lastSeen, latestFirst} from '../../model/events.ts'
import type {Event} from '../../model/objects.ts'
import {type Cause, rowsOf} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {CauseId} from '../order.ts'
import {LAST_TOLD_SECONDS, PROVISIONER_SECONDS, secondsBetween} from '../patience.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimEvents, claimFinding, claimText, textOf} from './claim-finding.ts'

/** One thing that the volume binder or a provisioner says of a claim in an event. */
interface BinderMessage extends Cause {
  readonly reason: string
  readonly pattern: RegExp
  readonly selfHealing: Finding['selfHealing']
  /** What is so, before the claim that it befalls. */
  readonly says: string
  /** What to do about it. */
  readonly act: string
  /** It is said while all is well, too: only silence of the driver for a while is a sign. */
  readonly isEarly?: boolean
}

/** Most specific first. Wordings of 1.20 to 1.37. */
export const causes = {
  'pvc-misbound': {
    title: 'two claims share one volume',
    applies: ['PersistentVolumeClaim'],
    sign: '`ClaimMisbound` says `Two claims are bound to the same volume`; the phase of this one becomes `Lost`.',
    remedy: 'Find out which of the two owns the data before you touch either.',
    avoid: 'delete either claim before that: the volume may be deleted under the other one',
    reason: 'ClaimMisbound',
    pattern: /two claims are bound to the same volume/i,
    selfHealing: 'no',
    says: 'Two claims are bound to the same volume',
    act: 'find out whose data the volume holds',
  },
  'pvc-pv-mismatch': {
    title: 'named volume does not fit',
    applies: ['PersistentVolumeClaim'],
    sign: '`VolumeMismatch` says `Cannot bind to requested volume` and what differs: size, class, access modes, volume mode.',
    remedy: 'Make the volume and the claim agree.',
    reason: 'VolumeMismatch',
    pattern: /cannot bind to requested volume/i,
    selfHealing: 'no',
    says: 'The volume that the claim names does not fit it',
    act: 'make the volume and the claim agree: size, class, access modes, volume mode',
  },
  'pvc-pv-claimed-by-other': {
    title: 'volume belongs to another claim',
    applies: ['PersistentVolumeClaim'],
    sign: '`FailedBinding` says `already bound to a different claim`. It may be the same name with the UID of a former claim: then the phase of the volume is `Released`.',
    remedy:
      'Read `spec.claimRef` of the volume. If it is the former life of this claim, remove `spec.claimRef.uid` with `kubectl patch pv`, and it is bound again.',
    risk: 'the claim gets the volume with the data of its former owner, and whoever else needs it loses it',
    reason: 'FailedBinding',
    pattern: /already bound to a different claim/i,
    selfHealing: 'no',
    says: 'The volume that the claim names belongs to another claim',
    act: 'find out whose the data is: if nobody else needs it, take that claim out of the claimRef of the volume',
  },
  'pvc-provisioning-infeasible': {
    title: 'storage can never satisfy this',
    applies: ['PersistentVolumeClaim'],
    sign: '`ProvisioningFailed` says `infeasible error`: the driver will not succeed however often it tries.',
    remedy: 'Correct the parameters of the StorageClass, or recreate the claim.',
    risk: 'a recreated claim has a new, empty volume; this one has none yet',
    reason: 'ProvisioningFailed',
    pattern: /infeasible error/i,
    selfHealing: 'no',
    says: 'The storage system can never provide this volume',
    act: 'correct the parameters of the StorageClass, or recreate the claim with another request',
  },
  'pvc-provisioning-failed': {
    title: 'provisioning the volume failed',
    applies: ['PersistentVolumeClaim'],
    sign: '`ProvisioningFailed` says `failed to provision volume with StorageClass`; the rest is the text of the driver.',
    remedy: 'Look at quota, rights and parameters of the storage system. The provisioner tries again.',
    reason: 'ProvisioningFailed',
    pattern: /^/,
    selfHealing: 'maybe',
    says: 'The volume could not be provisioned',
    act: 'check the quota, permissions and parameters of the storage system; the provisioner tries again',
  },
  'pvc-external-wait': {
    title: 'nobody provisions the volume',
    applies: ['PersistentVolumeClaim'],
    sign: '`ExternalProvisioning` says `Waiting for a volume to be created`, and no event `Provisioning` comes from the driver.',
    remedy: 'See whether the provisioner runs, and whether `provisioner` of the StorageClass is spelt right.',
    reason: 'ExternalProvisioning',
    isEarly: true,
    pattern: /waiting for a volume to be created/i,
    selfHealing: 'maybe',
    says: 'Nobody provisions the volume',
    act: 'see whether the provisioner runs, and whether its name is spelt right in the StorageClass',
  },
} satisfies Partial<Record<CauseId, BinderMessage>>

export const CLAIMED_BY_OTHER = 'pvc-pv-claimed-by-other' satisfies keyof typeof causes

const MESSAGES = rowsOf<BinderMessage>(causes)

/** What the claim's own events name as the cause. Needs no event to be there: they expire after an hour. */
export const binderSays: Rule<ClaimSubject> = (subject) => sayingOf(subject, () => true)

/** A provisioner that still fails is the cause, also where the node that was chosen for it was given up again. */
export const binderFails: Rule<ClaimSubject> = (subject) => {
  const {claim, relations} = subject
  // of a node that was chosen, and may be gone, a rule of its own says more
  if (claim?.metadata?.annotations?.[SELECTED_NODE] !== undefined) return undefined
  return sayingOf(
    subject,
    (event) =>
      event.reason === 'ProvisioningFailed' &&
      secondsBetween(lastSeen(event), relations.snapshot.observedAt) <= LAST_TOLD_SECONDS,
  )
}

function sayingOf(subject: ClaimSubject, isMeant: (event: Event) => boolean): Finding | undefined {
  const events = latestFirst(claimEvents(subject)).filter(isMeant)
  for (const known of MESSAGES) {
    const event = events.find(
      (each) => each.reason === known.reason && known.pattern.test(each.message ?? ''),
    )
    if (event && !isTooEarly(known, event, events, subject)) return said(subject, known, event)
  }
  return undefined
}

/** `ExternalProvisioning` also comes while all is well: only silence of the driver for a while is a sign. */
function isTooEarly(
  {isEarly}: BinderMessage,
  event: Event,
  events: readonly Event[],
  {relations}: ClaimSubject,
): boolean {
  if (!isEarly) return false
  if (events.some(({reason}) => reason === 'Provisioning')) return true
  const since = Date.parse(event.firstTimestamp ?? event.metadata?.creationTimestamp ?? '')
  return !(Date.parse(relations.snapshot.observedAt) - since > PROVISIONER_SECONDS * 1000)
}

function said(subject: ClaimSubject, known: BinderMessage & {readonly id: CauseId}, event: Event): Finding {
  const {namespace, name} = subject
  const since = event.firstTimestamp ?? event.metadata?.creationTimestamp
  return claimFinding(subject, {
    id: known.id,
    severity: 'error',
    message: `${known.says} (${claimText(subject)})`,
    ...(since && {since}),
    evidence: [`event ${event.reason} ×${event.count ?? 1} on pvc/${name}${textOf(event.message)}`],
    selfHealing: known.selfHealing,
    remedy: {
      look: [kubectl('describe', 'pvc', '-n', namespace, name)],
      act: [{text: known.act, commands: []}],
      risk: known.risk ?? '',
      avoid: known.avoid ?? '',
      rung: 0,
    },
  })
}
