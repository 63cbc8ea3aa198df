import type {ObjectReference} from '../model/objects.ts'
import type {Relations} from '../model/relations.ts'
import {groundOf, referenceKey} from '../model/stands-on.ts'
import {rankOf} from './causes.ts'
import type {Finding, Role} from './finding.ts'
import {inheriting} from './inherited-severity.ts'
import {type IsOnTrail, nearnessOf, SEVERITY} from './nearness.ts'
import {pasteable} from './pasteable.ts'
import {isSaidBetter, knownOf} from './said-better.ts'

/** A finding of one subject, told apart. */
export interface Blamed extends Finding {
  readonly role: Role
}

/** The subject of the question, and where the trail begins. */
export interface Trail {
  /** The subject; what is wrong with it itself is always on the trail. */
  readonly subject: ObjectReference
  /** Who is in the way; empty: nobody is known to be, and everything found counts. */
  readonly blockers: readonly ObjectReference[]
}

/**
 * All that was found about one subject, each thing once, the cause first: from who is in the way, along what stands on what,
 * to what a person must fix. What says less than another finding about the same trouble is left out. Severity says
 * how bad a thing is; it decides only between findings that could each be the cause.
 */
export function blame(found: readonly Finding[], trail: Trail, relations: Relations): readonly Blamed[] {
  // as of nearly all ordinals
  if (found.length === 0) return []
  const isOnTrail = trailOf(trail, relations)
  const all = inheriting(distinct(found), isOnTrail, relations)
  const known = knownOf(all, isOnTrail, relations)
  const told = all.filter((finding) => !isSaidBetter(finding, known))
  const sorted = told.toSorted((left, right) => compare(keysOf(left, isOnTrail), keysOf(right, isOnTrail)))
  const [cause] = sorted
  return sorted.map((finding) => ({...pasteable(finding), role: roleOf(finding, cause, relations)}))
}

/** Of what was found: what is wrong with who is in the way, or with what that stands on, and blocks something. */
export function onTrail(findings: readonly Blamed[], trail: Trail, relations: Relations): readonly Blamed[] {
  const isOnTrail = trailOf(trail, relations)
  return findings.filter((finding) => rankOf(finding.id) !== 'aside' && isOnTrail(finding))
}

function trailOf({subject, blockers}: Trail, relations: Relations): IsOnTrail {
  if (blockers.length === 0) return () => true
  const ground = groundOf([subject, ...blockers], relations)
  return ({object}) => ground.has(referenceKey(object))
}

/** Each cause of an object once; of a set it may be said of several nodes. */
function distinct(found: readonly Finding[]): readonly Finding[] {
  const keyOf = ({id, object, blames = []}: Finding) =>
    [id, ...[object, ...blames].map(referenceKey)].join(' ')
  return [...Map.groupBy(found, keyOf).values()].flatMap(([first]) => first ?? [])
}

function keysOf(finding: Finding, isOnTrail: IsOnTrail): readonly number[] {
  return [placeOf(finding, isOnTrail), SEVERITY[finding.severity], nearnessOf(finding)]
}

/** Trouble on the trail, other trouble, what settles on the trail, what blocks nothing, and what is only worth knowing. */
function placeOf(finding: Finding, isOnTrail: IsOnTrail): number {
  const isMild = finding.severity === 'info'
  if (rankOf(finding.id) === 'aside') return isMild ? 5 : 3
  if (isOnTrail(finding)) return isMild ? 2 : 0
  return isMild ? 4 : 1
}

/** It is about the object, or the object has a part in it. */
export function concerns(finding: Finding, reference: ObjectReference): boolean {
  return concernedBy(finding).includes(referenceKey(reference))
}

/** Keys of the object that it is about, and of those that have a part in it. */
export function concernedBy({object, blames = []}: Finding): readonly string[] {
  return [...new Set([object, ...blames].map(referenceKey))]
}

function roleOf(finding: Finding, cause: Finding | undefined, relations: Relations): Role {
  if (finding === cause) return 'cause'
  if (rankOf(finding.id) === 'aside') return 'besides'
  const isBelow = cause && groundOf([finding.object], relations).has(referenceKey(cause.object))
  if (isBelow) return 'consequence'
  return finding.severity === 'info' ? 'settling' : 'besides'
}

function compare(left: readonly number[], right: readonly number[]): number {
  const place = left.findIndex((each, index) => each !== right[index])
  return place < 0 ? 0 : (left[place] ?? 0) - (right[place] ?? 0)
}
