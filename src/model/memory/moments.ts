import type {Moments} from './cells.ts'

const NEVER: Moments = {past: Number.NEGATIVE_INFINITY, future: Number.POSITIVE_INFINITY}
const known = new WeakMap<object, readonly number[]>()

/** The nearest moments on either side of `now`, of no object at all: there are none. */
export const NO_MOMENTS = NEVER

/** The times in an object that are nearest to `now`, on either side. */
export function momentsOf(object: object, now: number): Moments {
  let times = known.get(object)
  if (!times) {
    times = [...timesIn(object)].toSorted((left, right) => left - right)
    known.set(object, times)
  }
  const after = times.findIndex((time) => time > now)
  if (after === -1) return {past: times.at(-1) ?? NEVER.past, future: NEVER.future}
  return {past: times[after - 1] ?? NEVER.past, future: times[after] ?? NEVER.future}
}

/** The nearest ones of both, seen from `now`. */
export function nearest(one: Moments, other: Moments, now: number): Moments {
  const futures = [one.future, other.future]
  // what was to come may have come since
  const pasts = [one.past, other.past, ...futures.filter((time) => time <= now)]
  return {past: Math.max(...pasts), future: Math.min(...futures.filter((time) => time > now), NEVER.future)}
}

function* timesIn(value: unknown): Generator<number> {
  if (typeof value === 'string') {
    if (isTime(value)) yield Date.parse(value)
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) yield* timesIn(each)
  }
}

/** `2026-11-20T08:00:00Z`, with a fraction where it has one. */
function isTime(text: string): boolean {
  return text.length >= 20 && text.length <= 30 && text[4] === '-' && text[10] === 'T' && text.endsWith('Z')
}
