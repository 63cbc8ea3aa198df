import type {Event, PersistentVolumeClaim} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {MODIFIED_SECONDS, secondsBetween} from '../patience.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimEvents, claimFinding, claimText, textOf} from './claim-finding.ts'

export const causes = {
  'vac-modify-pending': {
    title: "volume's attributes are being changed",
    applies: ['PersistentVolumeClaim'],
    sign: 'The condition `ModifyingVolume`, and `status.modifyVolumeStatus` names the VolumeAttributesClass.',
    remedy: 'Wait.',
    rank: 'aside',
  },
  'vac-missing': {
    title: 'volume attributes class is missing',
    applies: ['PersistentVolumeClaim'],
    sign: '`VolumeModifyFailed` says that the class `does not exist`.',
    remedy: 'Create the VolumeAttributesClass, or name one that exists in the claim.',
    rank: 'aside',
  },
  'vac-failed': {
    title: "volume's attributes can't be changed",
    applies: ['PersistentVolumeClaim'],
    sign: 'The condition `ModifyVolumeError`, or the event `VolumeModifyFailed` with the text of the driver.',
    remedy: 'Act on the text: parameters that the driver does not know, or a quota.',
    rank: 'aside',
  },
} satisfies Causes

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

function failureEvent(subject: ClaimSubject, text: RegExp): Event | undefined {
  return claimEvents(subject).find(
    ({reason, message}) => reason === 'VolumeModifyFailed' && text.test(message ?? ''),
  )
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
    message: `VolumeAttributesClass ${wanted} does not exist`,
    since: event?.firstTimestamp,
    evidence: [
      `pvc/${subject.name} status.modifyVolumeStatus.status=${status ?? '<none>'}`,
      ...(event ? [failureText(subject, event)] : []),
    ],
    selfHealing: 'no',
    look: ['get', 'volumeattributesclass'],
    ways: [`create VolumeAttributesClass ${wanted}`, 'name one that exists in the claim'],
  })
}

const failed: Rule<ClaimSubject> = (subject) => {
  const wanted = wantedClass(subject)
  const condition = conditionOf(subject, 'ModifyVolumeError')
  const isInfeasible = subject.claim?.status?.modifyVolumeStatus?.status === 'Infeasible'
  const event = failureEvent(subject, /^(?!.*does not exist)/i)
  if (wanted === undefined || !(condition ?? event ?? isInfeasible)) return undefined
  return modifyFinding(subject, {
    id: 'vac-failed',
    severity: 'error',
    message: `The volume can't get the attributes of VolumeAttributesClass ${wanted}`,
    since: condition?.lastTransitionTime ?? event?.firstTimestamp,
    evidence: [
      ...(condition ? [conditionText(subject, condition)] : []),
      ...(isInfeasible ? [`pvc/${subject.name} status.modifyVolumeStatus.status=Infeasible`] : []),
      ...(event ? [failureText(subject, event)] : []),
    ],
    selfHealing: isInfeasible ? 'no' : 'maybe',
    look: ['describe', 'volumeattributesclass', wanted],
    ways: isInfeasible
      ? ['name another class in the claim, or the one that it has: the driver can never do this one']
      : ["check the parameters of the class and the storage system's quota; it is tried again by itself"],
  })
}

const pending: Rule<ClaimSubject> = (subject) => {
  const wanted = wantedClass(subject)
  if (wanted === undefined) return undefined
  const condition = conditionOf(subject, 'ModifyingVolume')
  const status = subject.claim?.status?.modifyVolumeStatus?.status
  const hasBegun = condition !== undefined || Boolean(status)
  const seconds = secondsBetween(condition?.lastTransitionTime, subject.relations.snapshot.observedAt)
  return modifyFinding(subject, {
    id: 'vac-modify-pending',
    severity: hasBegun && !(seconds > MODIFIED_SECONDS) ? 'info' : 'warning',
    message: hasBegun
      ? `The volume is getting the attributes of VolumeAttributesClass ${wanted}`
      : `Nobody has begun to give the volume the attributes of VolumeAttributesClass ${wanted}`,
    since: condition?.lastTransitionTime,
    evidence: [
      `pvc/${subject.name} spec.volumeAttributesClassName=${wanted}, status.currentVolumeAttributesClassName=${subject.claim?.status?.currentVolumeAttributesClassName ?? '<none>'}`,
      ...(condition ? [conditionText(subject, condition)] : []),
    ],
    selfHealing: hasBegun ? 'yes' : 'maybe',
    look: ['describe', 'pvc', '-n', subject.namespace, subject.name],
    ways: hasBegun
      ? ['wait']
      : ["see whether the driver's controller has an external-resizer that modifies volumes"],
  })
}

function conditionText({name}: ClaimSubject, {type, message}: Condition): string {
  return `pvc/${name} condition ${type}=True${textOf(message)}`
}

function failureText({name}: ClaimSubject, {count, message}: Event): string {
  return `event VolumeModifyFailed ×${count ?? 1} on pvc/${name}${textOf(message)}`
}

type Words = Pick<Finding, 'id' | 'severity' | 'message' | 'evidence' | 'selfHealing'> & {
  readonly since: string | undefined
  readonly look: readonly string[]
  readonly ways: readonly string[]
}

function modifyFinding(subject: ClaimSubject, {since, look, ways, message, ...words}: Words): Finding {
  return claimFinding(subject, {
    ...words,
    message: `${message} (${claimText(subject)})`,
    ...(since !== undefined && {since}),
    remedy: {
      look: [kubectl(...look)],
      act: ways.map((text) => ({text, commands: []})),
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
}

/** Where a change of the claim's VolumeAttributesClass stands (1.31 beta, GA 1.34), or why it does not end. */
export const attributesClass: Rule<ClaimSubject> = firstCause([missing, failed, pending])
