import {nameOf} from '../../model/objects.ts'
import {secondsBetween} from '../elapsed.ts'
import {firstCause, type Rule} from '../finding.ts'
import {quoted} from '../quoted.ts'
import type {PodSubject} from './subject.ts'
import {attachFinding, isExclusive, nodeOf, unattached} from './volumes-attached.ts'
import {heldElsewhere} from './volumes-held.ts'

/** Detaching fails, on this node or on the one before; it never makes an event on a Pod. */
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
    id: 'detach-stuck',
    severity: 'error',
    what: `volume ${nameOf(volume)} can't be detached from node ${nodeOf(attachment)}${text ? `: ${quoted(text)}` : ''}`,
    evidence: 'status.detachError',
    advice: "look at the storage driver's controller, and at that node",
  })
}

const attachFailed: Rule<PodSubject> = (subject) => {
  const found = unattached(subject).find(
    ({here}) => !here?.metadata?.deletionTimestamp && here?.status?.attachError,
  )
  if (!found?.here) return undefined
  const text = found.here.status?.attachError?.message
  return attachFinding(subject, found.here, {
    id: 'attach-failed-driver',
    severity: 'error',
    what: `volume ${nameOf(found.volume)} can't be attached${text ? `: ${quoted(text)}` : ''}`,
    evidence: 'status.attachError',
    advice: "look at the storage system's permissions, quota and limits; the driver tries again",
  })
}

/** How long the attach-detach controller waits for the driver before it says so. */
const ATTACH_SECONDS = 120

const attachTimeout: Rule<PodSubject> = (subject) => {
  const found = unattached(subject).find(
    ({here}) =>
      here &&
      !here.metadata?.deletionTimestamp &&
      secondsBetween(here.metadata?.creationTimestamp, subject.now) > ATTACH_SECONDS,
  )
  if (!found?.here) return undefined
  return attachFinding(subject, found.here, {
    id: 'attach-timeout',
    severity: 'error',
    what: `driver ${found.here.spec?.attacher ?? '<none>'} has neither attached volume ${nameOf(found.volume)} nor said why not`,
    evidence: `status.attached=false since ${found.here.metadata?.creationTimestamp}`,
    advice: "does the driver's controller, with its external-attacher, run?",
  })
}

/** What the attachments of the Pod's volumes prove. */
export const byAttachment: Rule<PodSubject> = firstCause([
  detachStuck,
  attachFailed,
  attachTimeout,
  heldElsewhere,
])
