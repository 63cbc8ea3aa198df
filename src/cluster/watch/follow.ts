import {once} from 'node:events'
import type {Need} from '../../model/scope.ts'
import type {Reading} from '../collect.ts'
import type {Listed} from '../list.ts'
import {progress} from '../progress.ts'
import {keepUp} from './keep-up.ts'
import {createLag, type OnNote} from './lag.ts'
import {createNeedRecords} from './need-records.ts'
import {type OnSnapshot, publish} from './publish.ts'
import {REAL_TIME, type Timing} from './timing.ts'
import {askVersion} from './version.ts'

export interface Following {
  /** Ends everything at once. */
  readonly signal: AbortSignal
  /** One call at a time: changes that come in meanwhile are in the next snapshot. */
  readonly onSnapshot: OnSnapshot
  /** For stderr: something can't be kept up to date, or can be again. */
  readonly onNote?: OnNote
  /** Somebody waits: what the question is about may be out of reach the first time as well. */
  readonly isPatient?: boolean
  /** Why something can't be read or kept up to date at the moment, each time that it fails. */
  readonly onTrouble?: (message: string) => void
  readonly timing?: Timing
  /** The list of the only need, which has been read already. */
  readonly listed?: Listed
}

/**
 * Reads all needs as `collect` does, then follows every change to them until the signal comes. Lost connections are
 * repaired; what may not be seen is an omission, as in `collect`, and asked for again now and then.
 * A call of `onSnapshot` that is under way when the signal comes is not waited for.
 * @throws AnswerError when a subject can't be read or may no longer be, or when nobody is signed in; and whatever
 * `onSnapshot` or `onNote` throws.
 */
export async function follow(reading: Reading, needs: readonly Need[], following: Following): Promise<void> {
  const {signal} = following
  if (signal.aborted) return
  const ending = new AbortController()
  const stop = AbortSignal.any([signal, ending.signal])
  try {
    await Promise.race([once(stop, 'abort'), Promise.all(work(reading, needs, following, stop))])
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    ending.abort()
  }
}

function work(
  reading: Reading,
  needs: readonly Need[],
  {
    onSnapshot,
    onNote = () => {},
    onTrouble = () => {},
    isPatient = false,
    timing = REAL_TIME,
    listed,
  }: Following,
  stop: AbortSignal,
): readonly Promise<void>[] {
  const board = createNeedRecords(reading, needs)
  const lag = createLag(timing, onNote, onTrouble)
  const report = progress(reading)
  return [
    askVersion(reading.connection, timing, stop, board.tellVersion),
    publish(board, onSnapshot, timing, stop),
    lag.run(stop),
    ...board.records.map((record) =>
      keepUp({
        reading,
        record,
        lag,
        timing,
        onPage: report(record.need),
        isPatient,
        stop,
        ...(listed && {listed}),
      }),
    ),
  ]
}
