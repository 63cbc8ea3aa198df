import {nameOf} from '../../../model/objects.ts'
import {isExclusive} from '../../../model/volume.ts'
import {withoutUids} from '../../../model/without-uids.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {ATTACH_SECONDS, secondsBetween} from '../../patience.ts'
import {quotedInProof} from '../../words.ts'
import type {PodSubject} from '../subject.ts'
import {ATTACH_FAILED, ATTACH_TIMEOUT, ATTACHER, DETACH_STUCK, STORAGE_SYSTEM} from './attach-messages.ts'
import {attachFinding, nodeOf, unattached} from './attached.ts'
import {attachedElsewhere} from './attached-elsewhere.ts'
import {driverMissing} from './driver-missing.ts'

/** Detaching fails, on this node or on the one before; it never creates an event on a Pod. */
const detachStuck: Rule<PodSubject> = (subject) => {
  const found = unattached(subject).flatMap(({volume, here, elsewhere}) =>
    [...(here ? [here] : []), ...(isExclusive(volume) ? elsewhere : [])]
      .filter(({metadata, status}) => metadata?.deletionTimestamp && status?.detachError)
      .map((attachment) => ({volume, attachment})),
  )[0]
  if (!found) return undefined
  const {volume, attachment} = found
  const text = attachment.status?.detachError?.message
  return attachFinding(subject, attachment, {
    id: DETACH_STUCK,
    severity: 'error',
    cause: `volume ${nameOf(volume)} can't be detached from node ${nodeOf(attachment)}`,
    evidence: `status.detachError${errorText(text)}`,
    way: "look at the storage driver's controller, and at that node",
  })
}

const attachFailed: Rule<PodSubject> = (subject) => {
  const found = unattached(subject).find(
    ({here}) => !here?.metadata?.deletionTimestamp && here?.status?.attachError,
  )
  if (!found?.here) return undefined
  const text = found.here.status?.attachError?.message
  const missing = driverMissing(text, nodeOf(found.here), subject.relations)
  return attachFinding(subject, found.here, {
    id: missing?.id ?? ATTACH_FAILED,
    missing,
    severity: 'error',
    cause: missing
      ? `storage driver ${missing.driver} is not registered on node ${nodeOf(found.here)}`
      : `volume ${nameOf(found.volume)} can't be attached to node ${nodeOf(found.here)}`,
    evidence: `status.attachError${errorText(text)}`,
    way: STORAGE_SYSTEM,
  })
}

const attachTimeout: Rule<PodSubject> = (subject) => {
  const found = unattached(subject).find(
    ({here}) =>
      here &&
      !here.metadata?.deletionTimestamp &&
      secondsBetween(here.metadata?.creationTimestamp, subject.now) > ATTACH_SECONDS,
  )
  if (!found?.here) return undefined
  return attachFinding(subject, found.here, {
    id: ATTACH_TIMEOUT,
    severity: 'error',
    cause: `storage driver ${found.here.spec?.attacher ?? '<none>'} has neither attached volume ${nameOf(found.volume)} nor said why not`,
    evidence: `status.attached=false since ${found.here.metadata?.creationTimestamp}`,
    way: ATTACHER,
  })
}

/** `: <what the driver says>`, or nothing. */
function errorText(text: string | undefined): string {
  return text ? `: ${quotedInProof(withoutUids(text))}` : ''
}

/** What the attachments of the Pod's volumes prove. */
export const byAttachment: Rule<PodSubject> = firstCause([
  detachStuck,
  attachFailed,
  attachTimeout,
  attachedElsewhere,
])
