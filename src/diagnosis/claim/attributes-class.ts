import type {Event, PersistentVolumeClaim} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {quoted} from '../quoted.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

type Condition = NonNullable<NonNullable<PersistentVolumeClaim['status']>['conditions']>[number]

/** The VolumeAttributesClass that a bound claim wants and does not have yet; undefined for any other claim. */
function wantedClass({claim}: ClaimSubject): string | undefined {
  const wanted = claim?.spec?.volumeAttributesClassName
  if (!wanted || claim.status?.phase !== 'Bound' || claim.metadata?.deletionTimestamp) return undefined
  return wanted === claim.status.currentVolumeAttributesClassName ? undefined : wanted
}

function conditionOf({claim}: ClaimSubject, wanted: string): Condition | undefined {
  return claim?.status?.conditions?.find(({type, status}) => type === wanted && status === 'True')
}

function failureEvent({claim, namespace, name, relations}: ClaimSubject, text: RegExp): Event | undefined {
  const uid = claim?.metadata?.uid
  return relations
    .eventsOf('PersistentVolumeClaim', namespace, name)
    .filter(({involvedObject}) => !uid || !involvedObject?.uid || involvedObject.uid === uid)
    .find(({reason, message}) => reason === 'VolumeModifyFailed' && text.test(message ?? ''))
}

/** The resizer sets `Pending` where it does not find the class, and says so in an event. */
const missing: Rule<ClaimSubject> = (subject) => {
  const wanted = wantedClass(subject)
  if (wanted === undefined) return undefined
  const status = subject.claim?.status?.modifyVolumeStatus?.status
  const event = failureEvent(subject, /does not exist/i)
  if (status !== 'Pending' && !(event?.message?.includes(wanted) && status === undefined)) return undefined
  return modifyFinding(subject, {
    id: 'vac-missing',
    severity: 'error',
    message: `wants VolumeAttributesClass ${wanted}, which does not exist`,
    since: event?.firstTimestamp,
    evidence: [
      `pvc/${subject.name} status.modifyVolumeStatus.status=${status ?? '<none>'}`,
      ...(event ? [`event VolumeModifyFailed ×${event.count ?? 1} on pvc/${subject.name}`] : []),
    ],
    selfHealing: 'no',
    command: ['get', 'volumeattributesclass'],
    advice: `create VolumeAttributesClass ${wanted}, or name one that exists in the claim`,
  })
}

const failed: Rule<ClaimSubject> = (subject) => {
  const wanted = wantedClass(subject)
  const condition = conditionOf(subject, 'ModifyVolumeError')
  const isInfeasible = subject.claim?.status?.modifyVolumeStatus?.status === 'Infeasible'
  const event = failureEvent(subject, /^(?!.*does not exist)/i)
  if (wanted === undefined || !(condition ?? event ?? isInfeasible)) return undefined
  const text = condition?.message ?? event?.message
  return modifyFinding(subject, {
    id: 'vac-failed',
    severity: 'error',
    message: `can't be given VolumeAttributesClass ${wanted}${text ? `: ${quoted(text)}` : ''}`,
    since: condition?.lastTransitionTime ?? event?.firstTimestamp,
    evidence: [
      ...(condition ? [`pvc/${subject.name} condition ModifyVolumeError=True`] : []),
      ...(isInfeasible ? [`pvc/${subject.name} status.modifyVolumeStatus.status=Infeasible`] : []),
      ...(event ? [`event VolumeModifyFailed ×${event.count ?? 1} on pvc/${subject.name}`] : []),
    ],
    selfHealing: isInfeasible ? 'no' : 'maybe',
    command: ['describe', 'volumeattributesclass', wanted],
    advice: isInfeasible
      ? 'the driver can never do that: name another class in the claim, or the one that it has'
      : "look at the class's parameters and at the storage system's quota; it is tried again",
  })
}

/** A driver may need minutes to change a volume. */
const PATIENCE_SECONDS = 300

const pending: Rule<ClaimSubject> = (subject) => {
  const wanted = wantedClass(subject)
  if (wanted === undefined) return undefined
  const condition = conditionOf(subject, 'ModifyingVolume')
  const status = subject.claim?.status?.modifyVolumeStatus?.status
  const hasBegun = condition !== undefined || Boolean(status)
  const seconds = secondsBetween(condition?.lastTransitionTime, subject.relations.snapshot.observedAt)
  return modifyFinding(subject, {
    id: 'vac-modify-pending',
    severity: hasBegun && !(seconds > PATIENCE_SECONDS) ? 'info' : 'warning',
    message: hasBegun
      ? `is being given VolumeAttributesClass ${wanted}`
      : `wants VolumeAttributesClass ${wanted}, and nobody has begun to change its volume`,
    since: condition?.lastTransitionTime,
    evidence: [
      `pvc/${subject.name} spec.volumeAttributesClassName=${wanted}, status.currentVolumeAttributesClassName=${subject.claim?.status?.currentVolumeAttributesClassName ?? '<none>'}`,
      ...(condition ? [`pvc/${subject.name} condition ModifyingVolume=True`] : []),
    ],
    selfHealing: hasBegun ? 'yes' : 'maybe',
    command: ['describe', 'pvc', '-n', subject.namespace, subject.name],
    advice: hasBegun
      ? 'wait'
      : "does the driver's controller have an external-resizer that modifies volumes?",
  })
}

type Words = Pick<Finding, 'id' | 'severity' | 'message' | 'evidence' | 'selfHealing'> & {
  readonly since: string | undefined
  readonly command: readonly string[]
  readonly advice: string
}

function modifyFinding(subject: ClaimSubject, {since, command, advice, message, ...words}: Words): Finding {
  return claimFinding(subject, {
    ...words,
    message: `${claimText(subject)} ${message}`,
    ...(since !== undefined && {since}),
    remedy: {commands: [kubectl(...command)], advice, danger: '', rung: 0},
  })
}

/** Where a change of the claim's VolumeAttributesClass stands (1.31 beta, GA 1.34), or why it does not end. */
export const attributesClass: Rule<ClaimSubject> = firstCause([missing, failed, pending])
