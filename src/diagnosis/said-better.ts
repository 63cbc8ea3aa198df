import type {ObjectReference} from '../model/objects.ts'
import type {Relations} from '../model/relations.ts'
import {groundOf, referenceKey} from '../model/stands-on.ts'
import {covers, rankOf} from './causes.ts'
import type {Finding} from './finding.ts'
import {explains, type IsOnTrail, isBeneath, SEVERITY} from './nearness.ts'
import type {CauseId} from './order.ts'

/** What is needed of all findings again and again, worked out once. */
interface Known {
  readonly isOnTrail: IsOnTrail
  readonly about: (object: ObjectReference) => Told
  /** What has been found of anything but Pods: keys of objects, by the id of the finding. */
  readonly ofOthers: ReadonlyMap<string, ReadonlySet<string>>
  readonly relations: Relations
  /** What Pods stand on, and is in trouble on the trail: by their keys. */
  readonly beneath: ReadonlySet<string>
}

/** All that was found of one object: of a DaemonSet that may be a finding for each node. */
interface Told {
  /** How often each cause was found. */
  readonly counts: ReadonlyMap<CauseId, number>
  /** Causes that were found at a node or ordinal, which is named. */
  readonly exact: ReadonlySet<CauseId>
  /** The severity of the worst finding that says why; more than any where none does. */
  readonly explained: number
}

export function knownOf(all: readonly Finding[], isOnTrail: IsOnTrail, relations: Relations): Known {
  const groups = Map.groupBy(all, ({object}) => referenceKey(object))
  const told = new Map([...groups].map(([key, findings]) => [key, toldBy(findings)]))
  const others = Map.groupBy(
    all.filter(({object}) => object.kind !== 'Pod'),
    ({id}) => id,
  )
  return {
    isOnTrail,
    about: (object) => told.get(referenceKey(object)) ?? toldBy([]),
    ofOthers: new Map([...others].map(([id, findings]) => [id, keysOf(findings)])),
    relations,
    beneath: keysOf(all.filter((each) => isBeneath(each, isOnTrail))),
  }
}

function keysOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.map(({object}) => referenceKey(object)))
}

function toldBy(findings: readonly Finding[]): Told {
  const counts = new Map<CauseId, number>()
  for (const {id} of findings) counts.set(id, (counts.get(id) ?? 0) + 1)
  const exact = findings.filter(({blames = []}) => blames.length > 0)
  const severities = findings.filter(explains).map(({severity}) => SEVERITY[severity])
  return {
    counts,
    exact: new Set(exact.map(({id}) => id)),
    explained: severities.reduce((worst, each) => Math.min(worst, each), Number.POSITIVE_INFINITY),
  }
}

/** Why a finding is left out: another one says more of the same trouble. */
export function isSaidBetter(finding: Finding, known: Known): boolean {
  const told = known.about(finding.object)
  return (
    isCovered(finding, told) ||
    isInexact(finding, told) ||
    isRepeated(finding, known) ||
    isFollowed(finding, told) ||
    isExplained(finding, told, known)
  )
}

/** By another one, and not by itself. */
function isCovered({id}: Finding, {counts}: Told): boolean {
  return [...counts].some(([other, count]) => covers(other, id) && (other !== id || count > 1))
}

/** The same cause of the same set was found where it names the very node or ordinal. */
function isInexact({id, blames = []}: Finding, {exact}: Told): boolean {
  return blames.length === 0 && exact.has(id)
}

/** The same cause, found at the Pod and at what it stands on. */
function isRepeated({id, object}: Finding, {ofOthers, relations}: Known): boolean {
  const others = object.kind === 'Pod' ? ofOthers.get(id) : undefined
  return others !== undefined && standsOnOne(object, others, relations)
}

function standsOnOne(pod: ObjectReference, keys: ReadonlySet<string>, relations: Relations): boolean {
  return keys.size > 0 && [...groundOf([pod], relations)].some((key) => keys.has(key))
}

/** It points at an object that has a finding as bad. */
function isFollowed({id, severity}: Finding, {explained}: Told): boolean {
  return rankOf(id) === 'pointer' && explained <= SEVERITY[severity]
}

/** It says only that a Pod is not ready, and something of that Pod, or of what it stands on, says why. */
function isExplained(finding: Finding, {explained}: Told, {isOnTrail, beneath, relations}: Known): boolean {
  const {id, object} = finding
  if (rankOf(id) !== 'summary' || object.kind !== 'Pod') return false
  return explained < SEVERITY.info || (isOnTrail(finding) && standsOnOne(object, beneath, relations))
}
