import {type Need, needKey, type Scope} from '../model/scope.ts'
import {withRequested} from '../model/seen.ts'
import type {ClusterSnapshot} from '../model/snapshot.ts'
import type {Question} from '../reports/report.ts'

/**
 * Each answer may tell of further needs, such as a set of its Pods, these of their claims, these of their volumes, and any of
 * them of a trouble; but not without end.
 */
const ROUNDS = 8

type More = Question<never>['more']

/** What of all that a question still wants has not been requested yet. */
export function unrequested(
  more: More,
  snapshot: ClusterSnapshot,
  scope: Scope,
  requested: readonly Need[],
): readonly Need[] {
  const known = new Set(requested.map(needKey))
  const wanted = new Map(more(snapshot, scope).map((need) => [needKey(need), need]))
  const isAnswered = (need: Need) => need.name !== undefined && isListed(need, requested, snapshot)
  return [...wanted].filter(([key, need]) => !known.has(key) && !isAnswered(need)).map(([, need]) => need)
}

/** A list holds it already, or would if it could be read. */
function isListed(
  {resource, namespace}: Need,
  requested: readonly Need[],
  {omissions}: ClusterSnapshot,
): boolean {
  const isRefused = omissions.some(
    (omission) => omission.reason === 'Forbidden' && omission.resource === resource.toLowerCase(),
  )
  return (
    (namespace === undefined && isRefused) ||
    requested.some((each) => each.resource === resource && isWhole(each, namespace))
  )
}

function isWhole({name, namespace, labelSelector, fieldSelector}: Need, within: string | undefined): boolean {
  const isSelected = name !== undefined || labelSelector !== undefined || fieldSelector !== undefined
  return !isSelected && (namespace === undefined || namespace === within)
}

/** Asks for more, round by round, as long as there is anything new to ask for. */
export async function inRounds(
  {more}: {readonly more: More},
  scope: Scope,
  first: {readonly snapshot: ClusterSnapshot; readonly requested: readonly Need[]},
  read: (snapshot: ClusterSnapshot, needs: readonly Need[]) => Promise<ClusterSnapshot> | ClusterSnapshot,
): Promise<{readonly snapshot: ClusterSnapshot; readonly requested: readonly Need[]}> {
  let {requested} = first
  let snapshot = withRequested(first.snapshot, requested)
  for (let round = 0; round < ROUNDS; round++) {
    const needs = unrequested(more, snapshot, scope, requested)
    if (needs.length === 0) break
    requested = [...requested, ...needs]
    snapshot = withRequested(await read(snapshot, needs), requested)
  }
  return {snapshot, requested}
}
