import {OBSERVED_SECONDS, secondsBetween} from '../patience.ts'
import {changedAt} from './changed-at.ts'
import type {WorkloadSubject} from './subject.ts'

/** The newest generation is not observed: by how much, and since when, where that is written down. */
export function lagOf({set}: WorkloadSubject): {text: string; since: string | undefined} | undefined {
  const [seen, wanted] = [set.status?.observedGeneration ?? 0, set.metadata?.generation ?? 0]
  if (seen >= wanted) return undefined
  const since = changedAt(set, 'scale') ?? (seen === 0 ? set.metadata?.creationTimestamp : undefined)
  return {text: `metadata.generation=${wanted}, status.observedGeneration=${seen}`, since}
}

/** Its time is over; undefined where nothing tells since when. */
export function isOverdue({relations}: WorkloadSubject, since: string | undefined): boolean | undefined {
  return since === undefined
    ? undefined
    : secondsBetween(since, relations.snapshot.observedAt) > OBSERVED_SECONDS
}
