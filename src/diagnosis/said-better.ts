import type {ObjectReference} from '../model/objects.ts'
import type {Relations} from '../model/relations.ts'
import {groundOf, referenceKey} from '../model/stands-on.ts'
import {covers, rankOf} from './causes.ts'
import type {Finding} from './finding.ts'
import {explains, type IsOnTrail, isBeneath, SEVERITY} from './nearness.ts'

/** What is needed of all findings again and again, worked out once. */
interface Known {
  readonly isOnTrail: IsOnTrail
  readonly about: (object: ObjectReference) => readonly Finding[]
  /** What has been found of anything but Pods, by its id. */
  readonly ofOthers: ReadonlyMap<string, readonly Finding[]>
  readonly relations: Relations
  /** Trouble on the trail with what Pods stand on. */
  readonly beneath: readonly Finding[]
}

export function knownOf(all: readonly Finding[], isOnTrail: IsOnTrail, relations: Relations): Known {
  const groups = Map.groupBy(all, ({object}) => referenceKey(object))
  return {
    isOnTrail,
    about: (object) => groups.get(referenceKey(object)) ?? [],
    ofOthers: Map.groupBy(
      all.filter(({object}) => object.kind !== 'Pod'),
      ({id}) => id,
    ),
    relations,
    beneath: all.filter((each) => isBeneath(each, isOnTrail)),
  }
}

/** Why a finding is left out: another one says more of the same trouble. */
export function isSaidBetter(finding: Finding, known: Known): boolean {
  const same = known.about(finding.object).filter((other) => other !== finding)
  return (
    same.some(({id}) => covers(id, finding.id)) ||
    same.some((other) => isMoreExact(other, finding)) ||
    isRepeated(finding, known) ||
    isFollowed(finding, same) ||
    isExplained(finding, same, known)
  )
}

/** The same cause of the same set, which names the very node or ordinal. */
function isMoreExact(other: Finding, {id, blames = []}: Finding): boolean {
  return other.id === id && blames.length === 0 && (other.blames ?? []).length > 0
}

/** The same cause, found at the Pod and at what it stands on. */
function isRepeated({id, object}: Finding, {ofOthers, relations}: Known): boolean {
  const others = object.kind === 'Pod' ? ofOthers.get(id) : undefined
  return others !== undefined && standsOnOne(object, others, relations)
}

function standsOnOne(pod: ObjectReference, findings: readonly Finding[], relations: Relations): boolean {
  if (findings.length === 0) return false
  const ground = groundOf([pod], relations)
  return findings.some(({object}) => ground.has(referenceKey(object)))
}

/** It points at an object that has a finding as bad. */
function isFollowed({id, severity}: Finding, same: readonly Finding[]): boolean {
  return (
    rankOf(id) === 'pointer' &&
    same.some((other) => explains(other) && SEVERITY[other.severity] <= SEVERITY[severity])
  )
}

/** It says only that a Pod is not ready, and something of that Pod, or of what it stands on, says why. */
function isExplained(
  finding: Finding,
  same: readonly Finding[],
  {isOnTrail, beneath, relations}: Known,
): boolean {
  const {id, object} = finding
  if (rankOf(id) !== 'summary' || object.kind !== 'Pod') return false
  return (
    same.some((other) => explains(other) && other.severity !== 'info') ||
    (isOnTrail(finding) && standsOnOne(object, beneath, relations))
  )
}
