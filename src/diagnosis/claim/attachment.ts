import {nameOf, type VolumeAttachment} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

function attachmentsOf({volume, relations}: ClaimSubject): readonly VolumeAttachment[] {
  return volume ? relations.attachmentsOf(nameOf(volume)) : []
}

/** Detaching fails; it never makes an event on a Pod. Looked at first: a deleted attachment still says `attached`. */
const detachStuck: Rule<ClaimSubject> = (subject) => {
  const stuck = attachmentsOf(subject).find(
    ({metadata, status}) => metadata?.deletionTimestamp && status?.detachError,
  )
  if (!stuck) return undefined
  return attachmentFinding(subject, stuck, {
    id: 'detach-stuck',
    verb: "can't be detached from",
    text: stuck.status?.detachError?.message,
    since: stuck.metadata?.deletionTimestamp,
  })
}

const attachFailed: Rule<ClaimSubject> = (subject) => {
  const failing = attachmentsOf(subject).find(
    ({metadata, status}) => !metadata?.deletionTimestamp && !status?.attached && status?.attachError,
  )
  if (!failing) return undefined
  return attachmentFinding(subject, failing, {
    id: 'attach-failed-driver',
    verb: "can't be attached to",
    text: failing.status?.attachError?.message,
    since: failing.status?.attachError?.time,
  })
}

/** The attachment outlived its node, and keeps the volume from being attached elsewhere. */
const orphan: Rule<ClaimSubject> = (subject) => {
  const {relations} = subject
  if (!relations.sees('nodes')) return undefined
  const left = attachmentsOf(subject).find(({spec}) => spec?.nodeName && !relations.node(spec.nodeName))
  if (!left) return undefined
  return attachmentFinding(subject, left, {
    id: 'va-orphan',
    verb: 'is still attached, for the API, to the deleted node',
    text: undefined,
    since: undefined,
  })
}

interface Trouble {
  readonly id: string
  readonly verb: string
  readonly text: string | undefined
  readonly since: string | undefined
}

function attachmentFinding(subject: ClaimSubject, attachment: VolumeAttachment, trouble: Trouble): Finding {
  const name = nameOf(attachment)
  const node = attachment.spec?.nodeName ?? '<none>'
  return claimFinding(subject, {
    id: trouble.id,
    severity: trouble.id === 'va-orphan' ? 'warning' : 'error',
    message: `The volume of ${claimText(subject)} ${trouble.verb} ${node}${trouble.text ? `: ${trouble.text}` : ''}`,
    ...(trouble.since && {since: trouble.since}),
    evidence: [`volumeattachment/${name} on node ${node}`],
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('describe', 'volumeattachment', name)],
      advice:
        trouble.id === 'va-orphan'
          ? "the storage driver's controller detaches from a node that is gone, if it runs: look there"
          : "look at the storage driver's controller and at the node",
      danger: 'deleting the attachment by hand while the node may still write corrupts data',
      rung: 0,
    },
  })
}

/** What is wrong with where the volume is attached. */
export const attachment: Rule<ClaimSubject> = firstCause([detachStuck, attachFailed, orphan])
