import type {KubernetesObject} from '../objects.ts'
import type {Answer, Cell, Moments} from './cells.ts'
import {momentsOf, NO_MOMENTS, nearest} from './moments.ts'

/** What somebody looks at while an answer is worked out. */
interface Recording {
  readonly cells: Set<Cell>
  moments: Moments
  /** It has looked at the clock. */
  isTimed: boolean
}

export type Looked = Readonly<Pick<Recording, 'moments' | 'isTimed'>> & {readonly cells: ReadonlySet<Cell>}

/** Writes down which cells an answer is made from, and which moments it may depend on. */
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
  const momentsOfCells = new WeakMap<readonly object[], Moments>()

  const momentsIn = (objects: readonly object[]): Moments => {
    const known = momentsOfCells.get(objects)
    if (known && known.future > now()) return known
    let moments = NO_MOMENTS
    for (const object of objects) moments = nearest(moments, momentsOf(object, now()), now())
    momentsOfCells.set(objects, moments)
    return moments
  }
  const add = (recording: Recording, moments: Moments) => {
    recording.moments = nearest(recording.moments, moments, now())
  }
  return {
    touch(cell, objects) {
      const recording = open.at(-1)
      if (!recording) return false
      if (!recording.cells.has(cell)) add(recording, momentsIn(objects))
      recording.cells.add(cell)
      return true
    },
    touchAnswer(answer) {
      const recording = open.at(-1)
      if (!recording) return
      recording.cells.add(answer)
      add(recording, answer.moments)
    },
    touchAll({cells, moments, isTimed}) {
      const recording = open.at(-1)
      if (!recording) return
      for (const cell of cells) recording.cells.add(cell)
      add(recording, moments)
      recording.isTimed ||= isTimed
    },
    touchClock() {
      const recording = open.at(-1)
      if (recording) recording.isTimed = true
    },
    record(from, find) {
      const looked: Recording = {cells: new Set(), moments: NO_MOMENTS, isTimed: false}
      for (const each of from) {
        if (Array.isArray(each)) add(looked, momentsIn(each))
        else if (isObject(each)) add(looked, momentsOf(each, now()))
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
