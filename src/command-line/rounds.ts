import {type Need, needKey, type Scope} from '../model/scope.ts'
import {type ClusterSnapshot, withRequestedKinds} from '../model/snapshot.ts'
import type {Question} from '../reports/report.ts'

/** Each answer may tell of further needs, such as a Pod of its claims, and these of their volumes; but not without end. */
const ROUNDS = 4

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
  return [...wanted].filter(([key]) => !known.has(key)).map(([, need]) => need)
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

/** Rules must not take what nobody has asked for yet for what is not there. */
export function withRequested(snapshot: ClusterSnapshot, requested: readonly Need[]): ClusterSnapshot {
  return withRequestedKinds(
    snapshot,
    requested.map(({resource}) => resource),
  )
}

/** The same need is the same text, in whatever order its fields were written down. */
