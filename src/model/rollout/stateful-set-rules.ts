import type {StatefulSet} from '../objects.ts'
import {hasSince, type ServerVersion} from '../server-version.ts'

/** What differs between versions of the StatefulSet controller. */
export interface StatefulSetRules {
  /** `ignored`: one Pod at a time. `counted`: as in alpha. `two-phases`: Parallel replaces broken old Pods first (kubernetes#137666). */
  readonly maxUnavailable: 'ignored' | 'counted' | 'two-phases'
  /** A rolling update waits for minReadySeconds, not only for Ready (kubernetes#130909). */
  readonly needsAvailable: boolean
  /** A Pod that has succeeded is replaced like one that failed. */
  readonly replacesSucceeded: boolean
  /** A Pod that has failed or succeeded is deleted and recreated in one pass (until kubernetes#120398). */
  readonly recreatesAtOnce: boolean
  /** A parallel set visits its ordinals in batches, not one by one. */
  readonly createsInBatches: boolean
  /** A parallel set deletes what is too many before it creates what is missing (kubernetes#141057). */
  readonly deletesBeforeCreating: boolean
  /** Claims that a pending Pod lacks are created (kubernetes#113270). */
  readonly createsMissingClaims: boolean
}

/** Rules of a server with default feature gates; of one that did not tell its version those of 1.37. */
export function statefulSetRules(set: StatefulSet, version: ServerVersion | undefined): StatefulSetRules {
  const minor = version?.minor ?? 37
  return {
    maxUnavailable: honorsMaxUnavailable(set, version) ? (minor >= 37 ? 'two-phases' : 'counted') : 'ignored',
    needsAvailable: minor >= 34,
    replacesSucceeded: replacesSucceeded(version),
    recreatesAtOnce: !hasSince(version, {28: 11, 29: 6, 30: 2, 31: 0}),
    createsInBatches: hasSince(version, {26: 7, 27: 4, 28: 0}),
    deletesBeforeCreating: minor >= 38,
    createsMissingClaims: minor >= 27,
  }
}

/** Whether a Pod that has succeeded is replaced like one that failed (from 1.27.9, 1.28.5 and 1.29). */
export function replacesSucceeded(version: ServerVersion | undefined): boolean {
  return hasSince(version, {27: 9, 28: 5, 29: 0})
}

/**
 * Whether the controller heeds `maxUnavailable`, which nobody but its gate MaxUnavailableStatefulSet decides: the API
 * server fills the field in where the gate is on and drops it where it is off. Off by default up to 1.34, so that a
 * field there says it was turned on; 1.35.4 to 1.36 turned it off again and kept fields that 1.35.0 to 1.35.3 filled in.
 */
export function honorsMaxUnavailable({spec}: StatefulSet, version: ServerVersion | undefined): boolean {
  const {rollingUpdate} = spec?.updateStrategy ?? {}
  const {minor, patch} = version ?? {minor: 37, patch: 0}
  const isOnByDefault = minor >= 37 || (minor === 35 && patch <= 3)
  // nothing is filled into a rollingUpdate that is not there: then only the gate counts, and maxUnavailable is 1
  if (!rollingUpdate) return isOnByDefault
  return rollingUpdate.maxUnavailable !== undefined && (isOnByDefault || minor <= 34)
}
