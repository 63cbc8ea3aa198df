import {listed} from '../../model/listed.ts'
import type {TimelineEntry} from '../../reports/why/report.ts'

/** What a controller did to a Pod. */
interface Deed {
  readonly verb: string
  readonly pod: string
}

/** Messages of the controllers (Kubernetes 1.20 to 1.38), and what they tell. */
const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/^create Claim \S+ Pod (\S+) in \w+ \S+ success/i, 'created a claim of'],
  [/^create Pod (\S+) in \w+ \S+ success/i, 'created'],
  [/^delete Pod (\S+) in \w+ \S+ success/i, 'deleted'],
  [/^Created pod: (\S+)$/, 'created'],
  [/^Deleted pod: (\S+)$/, 'deleted'],
]

/** A Pod that was created or deleted; undefined for all that says anything else. */
export function deedOf({what, text}: TimelineEntry): Deed | undefined {
  if (what !== 'Event') return undefined
  for (const [pattern, verb] of MESSAGES) {
    const pod = pattern.exec(text)?.[1]
    if (pod) return {verb, pod}
  }
  return undefined
}

/** `deleted db-2..db-6`; undefined of none. */
export function deedText(deeds: readonly Deed[]): string | undefined {
  const [first] = deeds
  return first && `${first.verb} ${namesText([...new Set(deeds.map(({pod}) => pod))])}`
}

const FEW = 3

function namesText(names: readonly string[]): string {
  const split = names.map((name) => /^(.*)-(\d+)$/.exec(name)).filter((match) => match !== null)
  const numbers = split.map((match) => Number(match[2])).toSorted((left, right) => left - right)
  const [low = 0, high = 0] = [numbers[0], numbers.at(-1)]
  const prefix = split[0]?.[1]
  const isSpan = split.length === names.length && split.every((match) => match[1] === prefix)
  if (isSpan && names.length > 2 && high - low === names.length - 1)
    return `${prefix}-${low}..${prefix}-${high}`
  return listed(names, FEW)
}
