import type {KubernetesObject} from '../objects.ts'
import type {Answer, Cell, Times} from './cells.ts'
import {NO_TIMES, nearest, timesOf} from './times.ts'

/** What somebody looks at while an answer is worked out. */
interface Recording {
  readonly cells: Set<Cell>
  times: Times
  /** It has looked at the clock. */
  isTimed: boolean
}

export type Looked = Readonly<Pick<Recording, 'times' | 'isTimed'>> & {readonly cells: ReadonlySet<Cell>}

/** Writes down which cells an answer is made from, and which times it may depend on. */
export interface Recorder {
  /** Whether anybody writes. */
  readonly touch: (cell: Cell, objects: readonly KubernetesObject[]) => boolean
  readonly touchAnswer: (answer: Answer) => void
  /** That somebody looks at what was worked out before, as if at all that it was made from. */
  readonly touchAll: (looked: Looked) => void
  readonly touchClock: () => void
  /** `from`: what the answer is made of without looking it up. */
  readonly record: <T>(
    from: readonly unknown[],
    find: () => T,
  ) => {readonly value: T; readonly looked: Looked}
}

/** `now` in milliseconds since 1970. */
export function createRecorder(now: () => number): Recorder {
  const open: Recording[] = []
  const timesOfLists = new WeakMap<readonly object[], Times>()

  const timesIn = (objects: readonly object[]): Times => {
    const known = timesOfLists.get(objects)
    if (known && known.future > now()) return known
    let times = NO_TIMES
    for (const object of objects) times = nearest(times, timesOf(object, now()), now())
    timesOfLists.set(objects, times)
    return times
  }
  const add = (recording: Recording, times: Times) => {
    recording.times = nearest(recording.times, times, now())
  }
  return {
    touch(cell, objects) {
      const recording = open.at(-1)
      if (!recording) return false
      if (!recording.cells.has(cell)) add(recording, timesIn(objects))
      recording.cells.add(cell)
      return true
    },
    touchAnswer(answer) {
      const recording = open.at(-1)
      if (!recording) return
      recording.cells.add(answer)
      add(recording, answer.times)
    },
    touchAll({cells, times, isTimed}) {
      const recording = open.at(-1)
      if (!recording) return
      for (const cell of cells) recording.cells.add(cell)
      add(recording, times)
      recording.isTimed ||= isTimed
    },
    touchClock() {
      const recording = open.at(-1)
      if (recording) recording.isTimed = true
    },
    record(from, find) {
      const looked: Recording = {cells: new Set(), times: NO_TIMES, isTimed: false}
      for (const each of from) {
        if (Array.isArray(each)) add(looked, timesIn(each))
        else if (isObject(each)) add(looked, timesOf(each, now()))
      }
      open.push(looked)
      try {
        return {value: find(), looked}
      } finally {
        open.pop()
      }
    },
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
