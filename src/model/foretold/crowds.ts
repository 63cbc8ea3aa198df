import {namespaceOf, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {labelOfTerm, type Term, termsOf} from './guards.ts'
import type {How} from './holdings.ts'
import {isCertain, type Standing} from './standing.ts'

/** Pods that matter to one rule about other Pods: how many are in each place, be it a node or a zone. */
export interface Crowd {
  readonly topologyKey: string
  readonly certain: Map<string, number>
  readonly possible: Map<string, number>
}

/** Those that one rule is about. */
export interface Selected extends Crowd {
  readonly isOf: (pod: Pod) => boolean
}

/** Those that have one rule which keeps others away; `owner` is any of them. */
export interface Guards extends Crowd {
  readonly term: Term
  readonly owner: Pod
}

/** Each is counted when it is asked for first, and whoever comes and goes changes it in place. */
export interface Crowds {
  /** By the rule. */
  readonly selected: Map<string, Selected>
  /** The same, by a label that it wants, `namespace/label=value`, or by none. */
  readonly byLabel: Map<string, Selected[]>
  /** By a label of whom they keep away, `label=value`, or none; then by the rule. */
  readonly guards: Map<string, Map<string, Guards>>
}

export function noCrowds(): Crowds {
  return {selected: new Map(), byLabel: new Map(), guards: new Map()}
}

export function emptyCrowd(topologyKey: string): Crowd {
  return {topologyKey, certain: new Map(), possible: new Map()}
}

/** Somebody comes, or goes. */
export function recountCrowds(crowds: Crowds, standing: Standing, by: 1 | -1, relations: Relations): void {
  const {pod} = standing
  const labels = Object.entries(pod.metadata?.labels ?? {}).map((label) => label.join('='))
  const places = ['', ...labels.map((label) => `${namespaceOf(pod)}/${label}`)]
  for (const selected of places.flatMap((place) => crowds.byLabel.get(place) ?? []))
    if (selected.isOf(pod)) countIn(selected, standing, by, relations)
  for (const term of termsOf(pod, 'podAntiAffinity')) {
    const groups = crowds.guards.get(labelOfTerm(term))
    if (groups) countIn(groupOf(groups, term, pod), standing, by, relations)
  }
}

/** The group of those with the same rule. */
export function groupOf(groups: Map<string, Guards>, term: Term, owner: Pod): Guards {
  const key = ruleKey(term, owner)
  const known = groups.get(key)
  if (known) return known
  const group = {...emptyCrowd(term.topologyKey), term, owner}
  groups.set(key, group)
  return group
}

/** The same text where a rule of one Pod means what that of another does. */
export function ruleKey(term: Term, {metadata}: Pod): string {
  const own = [...(term.matchLabelKeys ?? []), ...(term.mismatchLabelKeys ?? [])]
  return JSON.stringify([metadata?.namespace, term, own.map((key) => metadata?.labels?.[key] ?? null)])
}

/** What one Pod, wherever it may be, adds. */
export function countIn(crowd: Crowd, standing: Standing, by: 1 | -1, relations: Relations): void {
  const places = standing.nodes.flatMap(
    (name) => relations.node(name)?.metadata?.labels?.[crowd.topologyKey] ?? [],
  )
  const hows: readonly How[] = isCertain(standing) ? ['certain', 'possible'] : ['possible']
  for (const place of new Set(places)) for (const how of hows) add(crowd[how], place, by)
}

function add(counts: Map<string, number>, place: string, by: 1 | -1): void {
  const sum = (counts.get(place) ?? 0) + by
  if (sum > 0) counts.set(place, sum)
  else counts.delete(place)
}
