import type {Omission} from '../../model/snapshot.ts'
import {isRecord, isTime} from '../shape/types.ts'

/** What a file of ours says about itself beside its objects. */
export interface SnapshotNote {
  readonly observedAt: string
  readonly server?: {readonly version: string}
  /** Plurals of the kinds that were read, so that an empty kind is not taken for an unread one. */
  readonly resources: readonly string[]
  readonly omissions: readonly Omission[]
  /** Uids of sets of which not all Pods were saved. */
  readonly inPart?: readonly string[]
}

/** What is of use in a note that anybody may have written. */
export function noteOf(given: unknown): Partial<SnapshotNote> {
  if (!isRecord(given)) return {}
  const {observedAt, server, resources, omissions, inPart} = given
  const version = isRecord(server) ? server.version : undefined
  return {
    ...(isTime(observedAt) && {observedAt: observedAt as string}),
    ...(typeof version === 'string' && {server: {version}}),
    resources: listOf(resources, isText),
    omissions: listOf(omissions, isOmission),
    inPart: listOf(inPart, isText),
  }
}

function listOf<T>(value: unknown, isRight: (each: unknown) => each is T): readonly T[] {
  return Array.isArray(value) ? value.filter(isRight) : []
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isOmission(value: unknown): value is Omission {
  return isRecord(value) && [value.resource, value.reason, value.message].every(isText)
}
