import {namespaceOf, type Pod} from '../objects.ts'
import type {Standing} from './standing.ts'

/** Zones, or nodes, that a rule counts in. */
export interface Domains {
  readonly all: ReadonlySet<string>
  /** By the names of nodes that count. */
  readonly of: ReadonlyMap<string, string>
}

/**
 * How many Pods a rule counts in each zone, or on each node, as it would be; where there are none, nothing stands. Who comes and
 * goes changes it in place.
 */
export interface Tally {
  readonly domains: Domains
  readonly isCounted: (pod: Pod) => boolean
  /** Those that are there for certain. */
  readonly certain: Map<string, number>
  /** With those that may be there. */
  readonly possible: Map<string, number>
  /** How many of these there are. */
  unsure: number
  /** Of them, those of whom nobody knows where they may be. */
  anywhere: number
}

export interface Tallies {
  /** The same one for all Pods with the same rule. */
  readonly byRule: Map<string, Tally>
  /** By one of the labels that it wants, `namespace/label=value`, or by the namespace. */
  readonly byLabel: Map<string, Tally[]>
}

/** Somebody comes, or goes. */
export function recount({byLabel}: Tallies, standing: Standing, by: 1 | -1): void {
  const {pod} = standing
  const labels = Object.entries(pod.metadata?.labels ?? {}).map((label) => label.join('='))
  for (const label of ['', ...labels])
    for (const tally of byLabel.get(`${namespaceOf(pod)}/${label}`) ?? [])
      if (tally.isCounted(pod)) count(tally, standing, by)
}

/** What one Pod, where it may be, adds to it. */
export function count(tally: Tally, {nodes, isAnywhere, isUnsure}: Standing, by: 1 | -1): void {
  const {domains, certain, possible} = tally
  const places = new Set(nodes.map((name) => domains.of.get(name)))
  if (isAnywhere || isUnsure || places.size > 1) tally.unsure += by
  if (isAnywhere) {
    tally.anywhere += by
    return
  }
  for (const place of places) if (place !== undefined) add(possible, place, by)
  const [only] = places
  if (places.size === 1 && only !== undefined && !isUnsure) add(certain, only, by)
}

function add(counts: Map<string, number>, place: string, by: 1 | -1): void {
  const sum = (counts.get(place) ?? 0) + by
  if (sum > 0) counts.set(place, sum)
  else counts.delete(place)
}
