import {type Answer, addReader, type Cell, readersOf, removeReader, type Times} from './cells.ts'
import type {Looked} from './recorder.ts'

/** What was asked, of which object, and what else was given. */
type Asked = Pick<Answer, 'of' | 'what' | 'given'>

/** Answers about objects, until something that they were made from changes. */
export interface Answers {
  readonly about: (question: Asked) => Answer | undefined
  readonly keep: (question: Asked, value: unknown, looked: Looked, now: number) => Answer
  /** Forgets what was made from that, and what was made from this. */
  readonly change: (cell: Cell) => void
  readonly forget: (object: object) => void
  readonly forgetAll: () => void
  /** Forgets what time may have made another. */
  readonly passTo: (now: number) => void
}

/**
 * An answer that depends on the clock is worked out again when so much of the time has passed that lies between now and the
 * nearest time that it was made from: what began a minute ago is looked at each second, what began an hour ago each minute. And
 * in the second after such a time has lasted for as long as somebody waits: that comes to the second.
 */
const SHARE = 1 / 50
const SECOND = 1000
const LONGEST = 600 * SECOND

/** `patiences`: what times are compared with, in milliseconds, ascending. */
export function createAnswers(patiences: readonly number[]): Answers {
  const kept = new WeakMap<object, Map<string, Answer>>()
  const all = new Set<Answer>()
  const dues = new Map<number, Set<Answer>>()

  const drop = (answer: Answer) => {
    if (!all.delete(answer)) return
    for (const cell of answer.cells) removeReader(cell, answer)
    kept.get(answer.of)?.delete(answer.what)
    if (answer.due !== undefined) dues.get(answer.due)?.delete(answer)
    change(answer)
  }
  const change = (cell: Cell) => readersOf(cell).forEach(drop)
  return {
    about({of, what, given}) {
      const answer = kept.get(of)?.get(what)
      if (!answer || isSame(answer.given, given)) return answer
      drop(answer)
      return undefined
    },
    keep(asked, value, {cells, times, isTimed}, now) {
      const due = isTimed ? dueAfter(times, now, patiences) : undefined
      const answer: Answer = {...asked, value, cells: [...cells], times, due}
      for (const cell of cells) addReader(cell, answer)
      const {of, what} = asked
      kept.set(of, (kept.get(of) ?? new Map<string, Answer>()).set(what, answer))
      all.add(answer)
      if (due !== undefined) dues.set(due, (dues.get(due) ?? new Set<Answer>()).add(answer))
      return answer
    },
    change,
    forget: (object) => [...(kept.get(object)?.values() ?? [])].forEach(drop),
    forgetAll: () => [...all].forEach(drop),
    passTo(now) {
      for (const [due, answers] of dues) {
        if (due > now) continue
        dues.delete(due)
        ;[...answers].forEach(drop)
      }
    },
  }
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index])
}

function dueAfter({past, future}: Times, now: number, patiences: readonly number[]): number {
  const distance = Math.min(now - past, future - now)
  const due = now + Math.ceil(Math.min(LONGEST, Math.max(SECOND, distance * SHARE)) / SECOND) * SECOND
  const over = patiences.find((patience) => past + patience > now) ?? Number.POSITIVE_INFINITY
  return Math.min(due, past + over)
}
