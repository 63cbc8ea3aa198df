import type {Node, Pod} from '../objects.ts'
import {isAbout, type SpreadConstraint, spreadConstraints} from './spread-constraints.ts'
import type {Stage} from './stage.ts'
import type {Tally} from './tally.ts'
import {tallyOf} from './tally-of.ts'

/** What one rule about how Pods are spread says of a Pod. */
export interface Spread {
  readonly rule: SpreadConstraint
  /** It lets it go there, if those of whom nobody can tell where they are are where that helps. */
  readonly isOpen: (node: Node) => boolean
  /** It lets it go there, wherever they are. */
  readonly isSure: (node: Node) => boolean
  /** Whoever can go to each of these zones finds one that takes it: one of them is the emptiest, or as empty as any. */
  readonly isCovered: (zones: ReadonlySet<string>) => boolean
  /** Zones, or nodes, where it would have the Pod, whether or not somebody takes it there. */
  readonly open: () => readonly string[]
}

/**
 * The rules of a Pod. Mirrors the scheduler's PodTopologySpread plugin (Filter, 1.27 to 1.37): those that match there, the Pod itself
 * included, may be `maxSkew` more than in the emptiest; with fewer zones than `minDomains` than none.
 */
export function spreadsOf(pod: Pod, stage: Stage): readonly Spread[] {
  return spreadConstraints(pod).map((rule) => spreadOf(rule, pod, tallyOf(rule, pod, stage)))
}

function spreadOf(rule: SpreadConstraint, pod: Pod, tally: Tally): Spread {
  const {certain, possible, unsure, anywhere, domains} = tally
  const {all} = domains
  const own = isAbout(rule, pod, pod) ? 1 : 0
  const isFew = all.size < (rule.minDomains ?? 1)
  const [most, least] = [lowestOf(possible, all, anywhere), lowestOf(certain, all, 0)]
  const isWithin = (place: string, count: number, lowest: (but?: string) => number) => {
    const lowestOfAll = Math.min(all.has(place) ? count : Infinity, lowest(place))
    return count + own - (isFew ? 0 : lowestOfAll) <= (rule.maxSkew ?? 1)
  }
  const isOpenIn = (place: string) => isWithin(place, certain.get(place) ?? 0, most)
  const isSureIn = (place: string) => isWithin(place, (possible.get(place) ?? 0) + anywhere, least)
  // those that may be the emptiest, and those that are unless somebody comes there
  const isLowest = (place: string) => all.has(place) && (certain.get(place) ?? 0) <= most()
  const isLeast = (place: string) => all.has(place) && (certain.get(place) ?? 0) === least()
  const lowest = all.size - count(certain.keys(), (place) => !isLowest(place))
  return {
    rule,
    isOpen: (node) => isThere(node, rule, isOpenIn),
    isSure: (node) => isThere(node, rule, isSureIn),
    isCovered: (zones) => !isFew && (count(zones, isLowest) === lowest || count(zones, isLeast) > unsure),
    open: () => [...all].filter(isOpenIn),
  }
}

function count(places: Iterable<string>, isOne: (place: string) => boolean): number {
  return [...places].filter(isOne).length
}

function isThere(
  {metadata}: Node,
  {topologyKey}: SpreadConstraint,
  isOpenIn: (place: string) => boolean,
): boolean {
  const place = metadata?.labels?.[topologyKey]
  return place !== undefined && isOpenIn(place)
}

/** The smallest count of all places but one, with so many more anywhere. Places without any stand nowhere. */
function lowestOf(
  counts: ReadonlyMap<string, number>,
  all: ReadonlySet<string>,
  more: number,
): (but?: string) => number {
  let [first, second] = [Infinity, Infinity]
  for (const count of counts.values())
    [first, second] = count < first ? [count, first] : [first, Math.min(second, count)]
  return (but) => {
    const others = all.size - (but !== undefined && all.has(but) ? 1 : 0)
    const own = but === undefined ? undefined : counts.get(but)
    const filled = counts.size - (own === undefined ? 0 : 1)
    if (others === 0) return Infinity
    return (filled < others ? 0 : own === first ? second : first) + more
  }
}
