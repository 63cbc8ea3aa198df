import type {Event} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Finding, Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

/** One thing that the volume binder or a provisioner says of a claim in an event. */
interface Saying {
  readonly id: string
  readonly reason: string
  readonly pattern: RegExp
  readonly selfHealing: Finding['selfHealing']
  readonly advice: string
}

/** Most specific first. Wordings of 1.20 to 1.37, from the catalog. */
const SAYINGS: readonly Saying[] = [
  {
    id: 'pvc-misbound',
    reason: 'ClaimMisbound',
    pattern: /two claims are bound to the same volume/i,
    selfHealing: 'no',
    advice: 'two claims point at one volume: find out whose data it is before you delete either',
  },
  {
    id: 'pvc-pv-mismatch',
    reason: 'VolumeMismatch',
    pattern: /cannot bind to requested volume/i,
    selfHealing: 'no',
    advice: 'make the volume and the claim agree (size, class, access modes, volume mode)',
  },
  {
    id: 'pvc-pv-claimed-by-other',
    reason: 'FailedBinding',
    pattern: /already bound to a different claim/i,
    selfHealing: 'no',
    advice: 'make sure that nobody else needs the volume',
  },
  {
    id: 'pvc-provisioning-infeasible',
    reason: 'ProvisioningFailed',
    pattern: /infeasible error/i,
    selfHealing: 'no',
    advice:
      "the storage system can never satisfy this request: change the StorageClass's parameters or the claim",
  },
  {
    id: 'pvc-provisioning-failed',
    reason: 'ProvisioningFailed',
    pattern: /^/,
    selfHealing: 'maybe',
    advice:
      "look at the storage system's quota, permissions and parameters; the provisioner retries by itself",
  },
  {
    id: 'pvc-external-wait',
    reason: 'ExternalProvisioning',
    pattern: /waiting for a volume to be created/i,
    selfHealing: 'maybe',
    advice: 'nobody provisions: is the provisioner running, and is its name spelt right in the StorageClass?',
  },
]

/** A provisioner that has had less than this is not yet late. */
const PATIENCE_MS = 60_000

/** What the claim's own events name as the cause. Needs no event to be there: they expire after an hour. */
export const binderSays: Rule<ClaimSubject> = (subject) => {
  const events = subject.relations
    .eventsOf('PersistentVolumeClaim', subject.namespace, subject.name)
    .filter((event) => isOfThisLife(event, subject))
  for (const saying of SAYINGS) {
    const event = events.find(
      (each) => each.reason === saying.reason && saying.pattern.test(each.message ?? ''),
    )
    if (event && !isTooEarly(saying, event, events, subject)) return said(subject, saying, event)
  }
  return undefined
}

/** A claim that was deleted and made again has its name from before, and events of before for an hour. */
function isOfThisLife({involvedObject}: Event, {claim}: ClaimSubject): boolean {
  const [spokenOf, uid] = [involvedObject?.uid, claim?.metadata?.uid]
  return !spokenOf || !uid || spokenOf === uid
}

/** `ExternalProvisioning` also comes while all is well: only silence of the driver for a while is a sign. */
function isTooEarly(
  {id}: Saying,
  event: Event,
  events: readonly Event[],
  {relations}: ClaimSubject,
): boolean {
  if (id !== 'pvc-external-wait') return false
  if (events.some(({reason}) => reason === 'Provisioning')) return true
  const since = Date.parse(event.firstTimestamp ?? event.metadata?.creationTimestamp ?? '')
  return !(Date.parse(relations.snapshot.observedAt) - since > PATIENCE_MS)
}

function said(subject: ClaimSubject, saying: Saying, event: Event): Finding {
  const {namespace, name} = subject
  const since = event.firstTimestamp ?? event.metadata?.creationTimestamp
  return claimFinding(subject, {
    id: saying.id,
    severity: 'error',
    message: `${claimText(subject)} is not bound: ${event.message ?? event.reason}`,
    ...(since && {since}),
    evidence: [`event ${event.reason} ×${event.count ?? 1} on pvc/${name}`],
    selfHealing: saying.selfHealing,
    remedy: {
      commands: [kubectl('describe', 'pvc', '-n', namespace, name)],
      advice: saying.advice,
      danger: '',
      rung: 0,
    },
  })
}
