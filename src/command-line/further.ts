import {type Reading, readMore, withMore} from '../cluster/collect.ts'
import type {Need, Scope} from '../model/scope.ts'
import {type ClusterSnapshot, snapshotOf} from '../model/snapshot.ts'
import type {Question} from '../reports/report.ts'
import {inRounds, unasked} from './rounds.ts'

/** Nobody watches these: they are read again after so many milliseconds, if they are still wanted. */
const FRESH = 2000

/** What was read besides, when, and everything that it was asked for. */
interface Answered {
  readonly asked: readonly Need[]
  readonly at: number
  readonly answers: ClusterSnapshot
}

/** What a server says no with; any other omission is a broken connection, and passes. */
const REFUSALS: ReadonlySet<string> = new Set(['Forbidden', 'NotFound', 'MethodNotAllowed', 'Unauthorized'])

/** What could not be read once more must not hide what is watched, of which this is only the rest. */
function withoutWatched(answers: ClusterSnapshot, watched: readonly Need[]): ClusterSnapshot {
  const kinds = new Set(watched.map(({resource}) => resource.toLowerCase()))
  return {...answers, omissions: answers.omissions.filter(({resource}) => !kinds.has(resource))}
}

function isBroken({answers}: Answered): boolean {
  return answers.omissions.some(({reason}) => !REFUSALS.has(reason))
}

/** Adds to what is watched what only that tells to be needed, such as events where a Pod is missing. */
export function createFurther(
  reading: Reading,
  scope: Scope,
  {needs, more}: Pick<Question<never>, 'needs' | 'more'>,
) {
  const watched = needs(scope)
  let latest: Answered | undefined

  const isEnough = (snapshot: ClusterSnapshot) => {
    if (!latest || performance.now() - latest.at >= FRESH) return false
    if (more(snapshot, scope).length === 0) return false
    return unasked(more, withMore(snapshot, latest.answers), scope, latest.asked).length === 0
  }

  const readAgain = async (snapshot: ClusterSnapshot): Promise<Answered | undefined> => {
    let answers = snapshotOf(snapshot.observedAt)
    const readRound = async (known: ClusterSnapshot, needs: readonly Need[]) => {
      const found = await readMore(reading, snapshot.observedAt, needs)
      answers = withMore(answers, found)
      return withMore(known, found)
    }
    const {asked} = await inRounds({more}, scope, {snapshot, asked: []}, readRound)
    if (asked.length === 0) return undefined
    const read = {asked, at: performance.now(), answers: withoutWatched(answers, watched)}
    return isBroken(read) && latest ? {...latest, at: read.at} : read
  }

  return {
    isWanted: () => latest !== undefined,
    /** With what was read last. */
    known: (snapshot: ClusterSnapshot) => (latest ? withMore(snapshot, latest.answers) : snapshot),
    async add(snapshot: ClusterSnapshot): Promise<ClusterSnapshot> {
      if (!isEnough(snapshot)) latest = await readAgain(snapshot)
      return latest ? withMore(snapshot, latest.answers) : snapshot
    },
  }
}
