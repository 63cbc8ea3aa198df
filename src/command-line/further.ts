import {type Reading, readMore, withMore} from '../cluster/collect.ts'
import type {Scope} from '../model/scope.ts'
import type {ClusterSnapshot} from '../model/snapshot.ts'
import type {Question} from '../reports/report.ts'

/** Nobody watches these: they are read again after so many milliseconds, if they are still wanted. */
const FRESH = 2000

/** Adds to what is watched what only that tells to be needed, such as events where a Pod is missing. */
export function createFurther(reading: Reading, scope: Scope, {more}: Pick<Question<never>, 'more'>) {
  let latest: {readonly key: string; readonly at: number; readonly answers: ClusterSnapshot} | undefined
  return {
    isWanted: () => latest !== undefined,
    /** With what was read last. */
    known: (snapshot: ClusterSnapshot) => (latest ? withMore(snapshot, latest.answers) : snapshot),
    async add(snapshot: ClusterSnapshot): Promise<ClusterSnapshot> {
      const needs = more(snapshot, scope)
      const key = JSON.stringify(needs)
      const isFresh = latest?.key === key && performance.now() - latest.at < FRESH
      if (needs.length === 0) latest = undefined
      else if (!isFresh) {
        const answers = await readMore(reading, snapshot.observedAt, needs)
        latest = {key, at: performance.now(), answers}
      }
      return latest ? withMore(snapshot, latest.answers) : snapshot
    },
  }
}
