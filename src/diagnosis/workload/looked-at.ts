import {type ControllerRevision, isObserved, nameOf, namespaceOf} from '../../model/objects.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {type CreateRefusal, createRefusal} from '../creation/create-refusal.ts'
import {secondsBetween} from '../patience.ts'
import {lagOf} from './lag.ts'
import type {WorkloadSubject} from './subject.ts'

/**
 * The controller has looked at the newest generation: its status says so, or it has tried since then to create Pods that
 * the API server refuses, which up to 1.26 ends a sync before the status is written.
 */
export function isLookedAt(subject: WorkloadSubject): boolean {
  return isObserved(subject.set) || refusedSince(subject) !== undefined
}

/** What the API server has answered since the change that the status does not tell of. */
export function refusedSince(subject: WorkloadSubject): CreateRefusal | undefined {
  const refused = refusalOf(subject)
  return isAfter(lagOf(subject)?.since, refused?.lastAt) ? refused : undefined
}

/** What the API server has just answered when a Pod of the set was to be created; not before the change that the status lacks. */
export function refusalOf(subject: WorkloadSubject): CreateRefusal | undefined {
  const {kind, set, relations} = subject
  const events = relations.eventsOf(kind, namespaceOf(set), nameOf(set))
  const refused = createRefusal(events, relations.snapshot.observedAt)
  const isOld = isAfter(refused?.lastAt, lagOf(subject)?.since)
  const isUnwritten = (serverVersionOf(relations.snapshot)?.minor ?? 37) <= 26
  return isOld && !isUnwritten ? undefined : refused
}

function isAfter(since: string | undefined, time: string | undefined): boolean {
  return secondsBetween(since, time) > 0
}

/** The revision that the controller has written since then: it was not kept from that. */
export function revisionSince(subject: WorkloadSubject): ControllerRevision | undefined {
  const {set, relations} = subject
  const since = lagOf(subject)?.since
  return relations
    .revisionsOf(set.metadata?.uid)
    .find(({metadata}) => secondsBetween(since, metadata?.creationTimestamp) >= 0)
}
