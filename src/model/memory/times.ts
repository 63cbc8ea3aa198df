import type {Times} from './cells.ts'

const NEVER: Times = {past: Number.NEGATIVE_INFINITY, future: Number.POSITIVE_INFINITY}
const known = new WeakMap<object, readonly number[]>()

/** The nearest times on either side of `now`, of no object at all: there are none. */
export const NO_TIMES = NEVER

/** The times in an object that are nearest to `now`, on either side. */
export function timesOf(object: object, now: number): Times {
  let sorted = known.get(object)
  if (!sorted) {
    const found: number[] = []
    collect(object, found)
    sorted = found.toSorted((left, right) => left - right)
    known.set(object, sorted)
  }
  const after = sorted.findIndex((time) => time > now)
  if (after === -1) return {past: sorted.at(-1) ?? NEVER.past, future: NEVER.future}
  return {past: sorted[after - 1] ?? NEVER.past, future: sorted[after] ?? NEVER.future}
}

/** The nearest ones of both, seen from `now`. */
export function nearest(one: Times, other: Times, now: number): Times {
  const {past, future} = settled(one, now)
  const next = settled(other, now)
  if (next.past <= past && next.future >= future) return one
  return {past: Math.max(past, next.past), future: Math.min(future, next.future)}
}

/** What was to come may have come since. */
function settled(times: Times, now: number): Times {
  return times.future > now ? times : {past: times.future, future: NEVER.future}
}

function collect(value: unknown, found: number[]): void {
  if (typeof value === 'string') {
    if (isTime(value)) found.push(Date.parse(value))
  } else if (Array.isArray(value)) {
    for (const each of value) collect(each, found)
  } else if (typeof value === 'object' && value !== null) {
    for (const name in value) collect((value as Record<string, unknown>)[name], found)
  }
}

/** `2026-11-20T08:00:00Z`, with a fraction where it has one. */
function isTime(text: string): boolean {
  return text.length >= 20 && text.length <= 30 && text[4] === '-' && text[10] === 'T' && text.endsWith('Z')
}
