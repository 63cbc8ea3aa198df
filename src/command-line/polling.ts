import {type Reading, readMore, withMore} from '../cluster/collect.ts'
import {resourceKeys} from '../cluster/resources.ts'
import {asRequested} from '../model/as-requested.ts'
import type {KubernetesObject} from '../model/objects.ts'
import type {Need, Scope} from '../model/scope.ts'
import {type ClusterSnapshot, snapshotOf, withRequested} from '../model/snapshot.ts'
import type {Question} from '../reports/report.ts'
import {inRounds, unrequested} from './rounds.ts'

/** Nobody watches these: they are read again after so many milliseconds, if they are still wanted. */
const FRESH = 2000

/** What was read besides, when, and everything that was requested. */
interface Answered {
  readonly requested: readonly Need[]
  readonly at: number
  readonly answers: ClusterSnapshot
}

/** What a server says no with; any other omission is a broken connection, and passes. */
const REFUSALS: ReadonlySet<string> = new Set(['Forbidden', 'NotFound', 'MethodNotAllowed', 'Unauthorized'])

/**
 * What is watched is told by the watch alone: what was read of it besides is of another moment, and would bring back a Pod that
 * is gone; and what could not be read once more must not hide it.
 */
function withoutWatched(answers: ClusterSnapshot, watched: readonly Need[]): ClusterSnapshot {
  const kinds = new Set(watched.map(({resource}) => resource.toLowerCase()))
  const told = asRequested(answers, watched)
  const rest = resourceKeys.map((key) => [key, withoutThose<KubernetesObject>(answers[key], told[key])])
  return {
    ...answers,
    ...Object.fromEntries(rest),
    omissions: answers.omissions.filter(({resource}) => !kinds.has(resource)),
  }
}

function withoutThose<T>(objects: readonly T[], those: readonly T[]): readonly T[] {
  const known = new Set(those)
  return objects.filter((object) => !known.has(object))
}

function isBroken({answers}: Answered): boolean {
  return answers.omissions.some(({reason}) => !REFUSALS.has(reason))
}

/** Adds to what is watched what only that tells to be needed, such as events where a Pod is missing. */
export function createPolling(
  reading: Reading,
  scope: Scope,
  {needs, more}: Pick<Question<never>, 'needs' | 'more'>,
) {
  const watched = needs(scope)
  let latest: Answered | undefined

  const isEnough = (snapshot: ClusterSnapshot) => {
    if (!latest || performance.now() - latest.at >= FRESH) return false
    if (unrequested(more, withRequested(snapshot, watched), scope, watched).length === 0) return false
    return unrequested(more, withMore(snapshot, latest.answers), scope, latest.requested).length === 0
  }

  const readAgain = async (snapshot: ClusterSnapshot): Promise<Answered | undefined> => {
    let answers = snapshotOf(snapshot.observedAt)
    const readRound = async (known: ClusterSnapshot, needs: readonly Need[]) => {
      const found = await readMore(reading, snapshot.observedAt, needs)
      answers = withMore(answers, found)
      return withMore(known, found)
    }
    const {requested} = await inRounds({more}, scope, {snapshot, requested: watched}, readRound)
    if (requested.length === watched.length) return undefined
    const read = {requested, at: performance.now(), answers: withoutWatched(answers, watched)}
    return isBroken(read) && latest ? {...latest, at: read.at} : read
  }

  const known = (snapshot: ClusterSnapshot) =>
    latest
      ? withRequested(withMore(snapshot, latest.answers), latest.requested)
      : withRequested(snapshot, watched)

  return {
    isWanted: () => latest !== undefined,
    /** With what was read last. */
    known,
    async add(snapshot: ClusterSnapshot): Promise<ClusterSnapshot> {
      if (!isEnough(snapshot)) latest = await readAgain(snapshot)
      return known(snapshot)
    },
  }
}
