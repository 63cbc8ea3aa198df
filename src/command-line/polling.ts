import {withMore} from '../cluster/assemble.ts'
import {type Reading, readMore} from '../cluster/collect.ts'
import type {Listed} from '../cluster/list.ts'
import {resourceKeys} from '../cluster/resources.ts'
import {asRequested} from '../model/as-requested.ts'
import type {KubernetesObject} from '../model/objects.ts'
import type {Need, Scope} from '../model/scope.ts'
import {withRequested} from '../model/seen.ts'
import {type ClusterSnapshot, isBroken, snapshotOf} from '../model/snapshot.ts'
import type {Question} from '../reports/report.ts'
import {createFollowedLists} from './followed-lists.ts'
import {inRounds, unrequested} from './rounds.ts'

/** Nobody watches these: they are read again after so many milliseconds, if they are still wanted. */
const FRESH = 2000

/** What was read besides, when, and everything that was requested. */
interface Answered {
  readonly requested: readonly Need[]
  readonly at: number
  readonly answers: ClusterSnapshot
}

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

function hasBroken({answers}: Answered): boolean {
  return answers.omissions.some(isBroken)
}

/** Adds to what is watched what only that tells to be needed, such as events where a Pod is missing. */
export function createPolling(
  reading: Reading,
  scope: Scope,
  {needs, more}: Pick<Question<never>, 'needs' | 'more'>,
  stop: AbortSignal = new AbortController().signal,
) {
  const followed = createFollowedLists(reading, stop)
  const watched = needs(scope)
  let latest: Answered | undefined

  const known = (snapshot: ClusterSnapshot) =>
    latest
      ? withRequested(withMore(snapshot, latest.answers), latest.requested)
      : withRequested(snapshot, watched)

  /** All that is wanted now, as far as what is known tells. */
  const wantedBy = (snapshot: ClusterSnapshot) => unrequested(more, known(snapshot), scope, watched)

  const isEnough = (snapshot: ClusterSnapshot, wanted: readonly Need[]) => {
    if (!latest || performance.now() - latest.at >= FRESH) return false
    return unrequested(() => wanted, known(snapshot), scope, latest.requested).length === 0
  }

  const readOne = async (need: Need, snapshot: ClusterSnapshot): Promise<ClusterSnapshot> => {
    const latest = followed.latest(need)
    if (latest) return latest
    let list: Listed | undefined
    const onListed = (asked: Need, listed: Listed) => {
      if (asked === need) list = listed
    }
    const answer = await readMore({...reading, onListed}, snapshot, [need])
    followed.found(need, answer, list)
    return answer
  }

  const readAll = async (needs: readonly Need[], snapshot: ClusterSnapshot): Promise<ClusterSnapshot> => {
    const answers = await Promise.all(needs.map((need) => readOne(need, snapshot)))
    return answers.reduce(withMore, snapshotOf(snapshot.observedAt))
  }

  const readAgain = async (snapshot: ClusterSnapshot, wanted: readonly Need[]): Promise<Answered> => {
    let answers = await readAll(wanted, snapshot)
    const readRound = async (before: ClusterSnapshot, needs: readonly Need[]) => {
      const found = await readAll(needs, snapshot)
      answers = withMore(answers, found)
      return withMore(before, found)
    }
    const first = {snapshot: withMore(snapshot, answers), requested: [...watched, ...wanted]}
    const {requested} = await inRounds({more}, scope, first, readRound)
    const read = {requested, at: performance.now(), answers: withoutWatched(answers, watched)}
    return hasBroken(read) && latest ? {...latest, at: read.at} : read
  }

  return {
    isWanted: () => latest !== undefined,
    /** With what was read last. */
    known,
    async add(snapshot: ClusterSnapshot): Promise<ClusterSnapshot> {
      const wanted = wantedBy(snapshot)
      followed.want(wanted)
      if (wanted.length === 0) latest = undefined
      else if (!isEnough(snapshot, wanted)) latest = await readAgain(snapshot, wanted)
      return known(snapshot)
    },
  }
}
