import {kept, now} from '../cluster/collect.ts'
import {AnswerError} from '../cluster/errors.ts'
import {createMemory} from '../model/memory/memory.ts'
import type {Relate} from '../model/relations.ts'
import type {Scope} from '../model/scope.ts'
import type {ClusterSnapshot} from '../model/snapshot.ts'
import type {Question} from '../reports/report.ts'
import {type Display, type Frame, onPipe, onTerminal, SILENT} from './display.ts'
import {notFound, refuseWithoutAny} from './not-found.ts'
import {canMove} from './output.ts'
import {createPolling} from './polling.ts'
import type {Facts} from './reading.ts'
import type {Request} from './request.ts'
import {onKeys} from './screen.ts'
import {type ConnectedCluster, type Opening, withCluster} from './session.ts'
import {createTicker} from './ticker.ts'
import {UsageError} from './usage-error.ts'

/** How somebody watches. */
export interface Watching {
  /** The cluster, where it is being connected to already. */
  readonly opening?: Opening
  readonly frameOf: (facts: Facts) => Frame
  /** Relations of one snapshot after the other. */
  readonly relate?: Relate
  /** Nothing is shown before the end. */
  readonly isSilent?: boolean
  /** Milliseconds; 0: without limit. */
  readonly timeout?: number
}

/** What was seen last, and why it ended. */
export interface Watched {
  readonly end: 'verdict' | 'timeout' | 'quit' | 'interrupt'
  readonly facts?: Facts
  readonly first?: Frame
  readonly frame?: Frame
  /** Why something could not be read, the last time that it was so. */
  readonly trouble?: string
}

type Asking = Pick<Question<never>, 'needs' | 'more'>

/**
 * Answers again whenever the cluster changes and as time goes by, until a frame's verdict, the timeout, `q` or Ctrl-C; on
 * a terminal in place, elsewhere the whole answer once and then one line per change.
 * @throws AnswerError when what the question is about can't be read, or no longer can.
 */
export async function watch(request: Request, question: Asking, watching: Watching): Promise<Watched> {
  if (request.files.length > 0) {
    throw new UsageError('--watch and --wait need a cluster: saved objects do not change')
  }
  const isPatient = watching.timeout !== undefined
  const read = async (cluster: ConnectedCluster, scope: Scope) => {
    const display = displayOf(watching)
    const show = createShow(display, watching)
    const leave = onKeys(process.stdin, {
      quit: (isInterrupt) => show.finish(isInterrupt ? 'interrupt' : 'quit'),
      scroll: display.scroll,
    })
    const patience = watching.timeout ? setTimeout(show.finish, watching.timeout, 'timeout') : undefined
    try {
      const {relate = createMemory()} = watching
      await followed(request, question, {cluster, scope, display, show, relate, isPatient})
    } finally {
      clearTimeout(patience)
      leave()
      display.close()
    }
    return show.watched()
  }
  return await withCluster(request, read, watching.opening)
}

function displayOf({isSilent}: Watching): Display {
  if (isSilent) return SILENT
  return canMove(process.stdout, process)
    ? onTerminal(process.stdout)
    : onPipe(process.stdout, process.stderr)
}

interface Show {
  readonly ending: AbortController
  readonly facts: (facts: Facts) => void
  readonly finish: (end: Watched['end']) => void
  readonly trouble: (trouble: string) => void
  readonly watched: () => Watched
}

function createShow(display: Display, {frameOf}: Watching): Show {
  const ending = new AbortController()
  let watched: Watched = {end: 'quit'}
  const finish = (end: Watched['end']) => {
    if (!ending.signal.aborted) watched = {...watched, end}
    ending.abort()
  }
  return {
    ending,
    finish,
    trouble: (trouble) => {
      watched = {...watched, trouble}
    },
    watched: () => watched,
    facts: (facts) => {
      if (ending.signal.aborted) return
      const frame = frameOf(facts)
      // lists of several kinds are never of the same moment: what depends on that has to be seen twice
      const isSure = frame.verdict?.isSure || watched.frame?.verdict?.isOver
      watched = {...watched, facts, first: watched.first ?? frame, frame}
      display.show(frame)
      if (frame.verdict?.isOver && isSure) finish('verdict')
    },
  }
}

interface Session {
  readonly cluster: ConnectedCluster
  readonly scope: Scope
  readonly display: Display
  readonly show: Show
  readonly relate: Relate
  readonly isPatient: boolean
}

const SECOND = 1000
/** Who has just been shown a change knows what time it is. */
const JUST = SECOND / 2
/** How often it is looked at what nobody watches, in seconds. */
const AGAIN = 5

async function followed(
  request: Request,
  question: Asking,
  {cluster, scope, display, show, relate, isPatient}: Session,
): Promise<void> {
  const {follow} = await import('../cluster/watch/follow.ts')
  const reading = {...cluster, keep: kept}
  const asked = {
    needs: question.needs,
    more: (snapshot: ClusterSnapshot) => question.more(snapshot, scope, relate),
  }
  const further = createPolling(reading, scope, asked, show.ending.signal)
  let latest: ClusterSnapshot | undefined
  let failure: unknown
  let ticks = 0
  let shownAt = 0
  const turn = async () => {
    if (!latest || performance.now() - shownAt < JUST) return
    const isDue = ++ticks % AGAIN === 0 && further.isWanted()
    const [shown, snapshot] = [latest, {...latest, observedAt: now()}]
    const known = isDue ? await further.add(snapshot) : further.known(snapshot)
    // what has come meanwhile has been shown: nobody may see the past once more
    if (latest === shown) show.facts({snapshot: known, scope, relate})
  }
  const ticker = createTicker(SECOND, turn, (error) => {
    failure = error
    show.finish('quit')
  })
  try {
    await follow(reading, question.needs(scope), {
      signal: show.ending.signal,
      isPatient,
      onTrouble: show.trouble,
      onNote: (line, isBehind) => {
        // what is not kept up to date does not get older either: that would tell of things that nobody has seen
        ticker.pause(isBehind)
        display.note(line)
      },
      onSnapshot: async (first) => {
        cluster.onSettled()
        const facts = {snapshot: await further.add(first), scope, relate}
        if (!latest) refuseWithoutAny(question.needs(scope), first)
        const missing = latest ? [] : notFound(facts, request)
        if (missing.length > 0) throw new AnswerError(missing.join('\n'))
        latest = first
        show.facts(facts)
        shownAt = performance.now()
      },
    })
  } finally {
    ticker.stop()
  }
  if (failure) throw failure
}
