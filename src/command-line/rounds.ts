import type {Need, Scope} from '../model/scope.ts'
import type {ClusterSnapshot} from '../model/snapshot.ts'
import type {Question} from '../reports/report.ts'

/** Each answer may tell of further needs, such as a Pod of its claims, and these of their volumes; but not for ever. */
const ROUNDS = 4

type More = Question<never>['more']

/** What of all that a question still wants has not been asked yet. */
export function unasked(
  more: More,
  snapshot: ClusterSnapshot,
  scope: Scope,
  asked: readonly Need[],
): readonly Need[] {
  const known = new Set(asked.map(keyOf))
  const wanted = new Map(more(snapshot, scope).map((need) => [keyOf(need), need]))
  return [...wanted].filter(([key]) => !known.has(key)).map(([, need]) => need)
}

/** Asks for more, round by round, as long as there is anything new to ask for. */
export async function inRounds(
  {more}: {readonly more: More},
  scope: Scope,
  first: {readonly snapshot: ClusterSnapshot; readonly asked: readonly Need[]},
  read: (snapshot: ClusterSnapshot, needs: readonly Need[]) => Promise<ClusterSnapshot> | ClusterSnapshot,
): Promise<{readonly snapshot: ClusterSnapshot; readonly asked: readonly Need[]}> {
  let {snapshot, asked} = first
  for (let round = 0; round < ROUNDS; round++) {
    const needs = unasked(more, snapshot, scope, asked)
    if (needs.length === 0) break
    asked = [...asked, ...needs]
    snapshot = await read(snapshot, needs)
  }
  return {snapshot, asked}
}

/** The same need is the same text, in whatever order its fields were written down. */
function keyOf(need: Need): string {
  return JSON.stringify(Object.entries(need).toSorted(([left], [right]) => (left < right ? -1 : 1)))
}
