import type {Need} from '../../model/scope.ts'
import type {AnswerError} from '../errors.ts'
import {qualifiedPlural} from '../resources.ts'
import type {Timing} from './timing.ts'
import {createWakeUp, type WakeUp} from './wake-up.ts'

/** What is shown may be old by so much before it is said. */
const TOLERATED = 10_000
/** A connection counts once it has held so long. */
const HELD = 1000

/** One line for the person, and whether anything is behind now. */
export type OnNote = (line: string, isBehind: boolean) => void

/** Tells when something can't be kept up to date, and when it can again. */
export interface Lag {
  /** `isAwaited`: nothing of what somebody waits for has been there, so it is said at once. */
  failed(need: Need, error: AnswerError, isAwaited?: boolean): void
  /** It is listed at intervals, because it can't be watched. */
  unwatched(need: Need, error: AnswerError): void
  /** Something of it has been read. */
  recovered(need: Need): void
  /** It is not read any more. */
  dropped(need: Need): void
  /** Watches over all that, until the signal. */
  run(stop: AbortSignal): Promise<void>
}

interface Episode {
  readonly since: number
  message: string
  isTold: boolean
  heldSince: number | undefined
}

export function createLag(timing: Timing, onNote: OnNote, onTrouble: (message: string) => void): Lag {
  const episodes = new Map<Need, Episode>()
  const unwatched = new Map<Need, Unwatched>()
  const bell = createWakeUp()
  return {
    failed(need, {message}, isAwaited = false) {
      const begun = timing.now() - (isAwaited ? TOLERATED : 0)
      const {since = begun, isTold = false} = episodes.get(need) ?? {}
      episodes.set(need, {since, message, isTold, heldSince: undefined})
      onTrouble(message)
      bell.ring()
    },
    unwatched(need, {message}) {
      if (!unwatched.has(need)) unwatched.set(need, {message, isTold: false})
      bell.ring()
    },
    recovered(need) {
      const episode = episodes.get(need)
      if (episode) episode.heldSince ??= timing.now()
    },
    dropped: (need) => void episodes.delete(need),
    run: (stop) => patrol({episodes, unwatched}, bell, {timing, onNote, stop}),
  }
}

interface Unwatched {
  readonly message: string
  isTold: boolean
}

interface Troubles {
  readonly episodes: Map<Need, Episode>
  /** Each is told once, and never over: nothing of it gets old. */
  readonly unwatched: ReadonlyMap<Need, Unwatched>
}

interface Patrol {
  readonly timing: Timing
  readonly onNote: OnNote
  readonly stop: AbortSignal
}

async function patrol({episodes, unwatched}: Troubles, bell: WakeUp, {timing, onNote, stop}: Patrol) {
  const isAnyUntold = () => [...unwatched.values()].some(({isTold}) => !isTold)
  for (;;) {
    await bell.heard()
    while (episodes.size > 0 || isAnyUntold()) {
      await timing.sleep(HELD, stop)
      tellUnwatched(unwatched, isAnyTold(episodes), onNote)
      tellBegun(episodes, timing.now(), onNote)
      tellOver(episodes, timing.now(), onNote)
    }
  }
}

function isAnyTold(episodes: ReadonlyMap<Need, Episode>): boolean {
  return [...episodes.values()].some(({isTold}) => isTold)
}

function tellUnwatched(unwatched: ReadonlyMap<Need, Unwatched>, isBehind: boolean, onNote: OnNote): void {
  const untold = [...unwatched].filter(([, {isTold}]) => !isTold)
  const [first] = untold
  if (first === undefined) return
  for (const [, each] of untold) each.isTold = true
  const how = "can't be watched, and are listed every few seconds instead"
  onNote(`Warning: ${kindsOf(untold)} ${how}: ${first[1].message}`, isBehind)
}

// What fails for one often fails for all: whoever is late is told together with those that soon will be.
function tellBegun(episodes: Map<Need, Episode>, now: number, onNote: OnNote): void {
  const late = [...episodes].filter(([, {isTold, heldSince}]) => !isTold && heldSince === undefined)
  const [first] = late.filter(([, {since}]) => now - since >= TOLERATED)
  if (first === undefined) return
  for (const [, episode] of late) episode.isTold = true
  onNote(`Warning: ${kindsOf(late)} can't be kept up to date: ${first[1].message}`, true)
}

function tellOver(episodes: Map<Need, Episode>, now: number, onNote: OnNote): void {
  const over = [...episodes].filter(([, {heldSince}]) => heldSince !== undefined && now - heldSince >= HELD)
  for (const [need] of over) episodes.delete(need)
  const told = over.filter(([, {isTold}]) => isTold)
  if (told.length > 0) onNote(`${kindsOf(told)}: up to date again`, episodes.size > 0)
}

function kindsOf(told: readonly (readonly [Need, unknown])[]): string {
  const kinds = new Set(told.map(([{resource}]) => qualifiedPlural(resource)))
  return [...kinds].toSorted().join(', ')
}
