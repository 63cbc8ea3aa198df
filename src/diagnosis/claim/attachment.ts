import {nameOf, type VolumeAttachment} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {CauseId} from '../order.ts'
import {ATTACH_FAILED, DETACH_DANGER, DETACH_STUCK} from '../pod/volumes/attach-messages.ts'
import {type DriverMissing, driverMissing} from '../pod/volumes/driver-missing.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText, textOf} from './claim-finding.ts'

export const causes = {
  'va-orphan': {
    title: 'attachment to a deleted node',
    applies: ['PersistentVolumeClaim'],
    sign: 'A VolumeAttachment names a node or a volume that does not exist any more.',
    remedy: 'Look at the controller of the driver: it detaches from a node that is gone.',
    avoid: DETACH_DANGER,
  },
} satisfies Causes

export const ORPHAN = 'va-orphan' satisfies keyof typeof causes

function attachmentsOf({volume, relations}: ClaimSubject): readonly VolumeAttachment[] {
  return volume ? relations.attachmentsOf(nameOf(volume)) : []
}

function nodeOf({spec}: VolumeAttachment): string {
  return spec?.nodeName ?? '<none>'
}

/** Detaching fails; it never creates an event on a Pod. Looked at first: a deleted attachment still says `attached`. */
const detachStuck: Rule<ClaimSubject> = (subject) => {
  const failing = attachmentsOf(subject).find(
    ({metadata, status}) => metadata?.deletionTimestamp && status?.detachError,
  )
  if (!failing) return undefined
  return attachmentFinding(subject, failing, {
    id: DETACH_STUCK,
    what: `The volume can't be detached from node ${nodeOf(failing)}`,
    text: failing.status?.detachError?.message,
    since: failing.metadata?.deletionTimestamp,
  })
}

const attachFailed: Rule<ClaimSubject> = (subject) => {
  const failing = attachmentsOf(subject).find(
    ({metadata, status}) => !metadata?.deletionTimestamp && !status?.attached && status?.attachError,
  )
  if (!failing) return undefined
  const text = failing.status?.attachError?.message
  const missing = driverMissing(text, failing.spec?.nodeName ?? '', subject.relations)
  return attachmentFinding(subject, failing, {
    id: missing?.id ?? ATTACH_FAILED,
    what: `The volume can't be attached to node ${nodeOf(failing)}${missing?.why ?? ''}`,
    text,
    // the time of the error is that of the last try
    since: failing.metadata?.creationTimestamp ?? failing.status?.attachError?.time,
    missing,
  })
}

/** The attachment outlived its node, and keeps the volume from being attached elsewhere. */
const orphan: Rule<ClaimSubject> = (subject) => {
  const {relations} = subject
  const isGone = (name: string) => relations.sees('nodes', name) && !relations.node(name)
  const left = attachmentsOf(subject).find(({spec}) => spec?.nodeName && isGone(spec.nodeName))
  if (!left) return undefined
  return attachmentFinding(subject, left, {
    id: ORPHAN,
    what: `The volume is still attached to node ${nodeOf(left)}, which no longer exists`,
    text: undefined,
    since: undefined,
  })
}

interface Trouble {
  readonly id: CauseId
  readonly what: string
  readonly text: string | undefined
  readonly since: string | undefined
  readonly missing?: DriverMissing | undefined
}

function attachmentFinding(subject: ClaimSubject, attachment: VolumeAttachment, trouble: Trouble): Finding {
  const name = nameOf(attachment)
  const node = nodeOf(attachment)
  const {missing, text} = trouble
  return claimFinding(subject, {
    id: trouble.id,
    severity: trouble.id === ORPHAN ? 'warning' : 'error',
    message: `${trouble.what} (${claimText(subject)})`,
    ...(missing?.blames && {blames: missing.blames}),
    ...(trouble.since && {since: trouble.since}),
    evidence: [`volumeattachment/${name} on node ${node}${textOf(text)}`, ...(missing?.evidence ?? [])],
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('describe', 'volumeattachment', name), ...(missing?.commands ?? [])],
      act: [{text: missing?.advice ?? helpOf(trouble), commands: []}],
      risk: '',
      avoid: missing ? '' : DETACH_DANGER,
      rung: 0,
    },
  })
}

function helpOf({id}: Trouble): string {
  return id === ORPHAN
    ? "see whether the storage driver's controller runs: it detaches volumes from nodes that no longer exist"
    : "see why the storage driver's controller or the node fails"
}

/** What is wrong with where the volume is attached. */
export const attachment: Rule<ClaimSubject> = firstCause([detachStuck, attachFailed, orphan])
