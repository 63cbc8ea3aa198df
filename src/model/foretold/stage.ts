import {type Node, namespaceOf, type Pod} from '../objects.ts'
import {isTerminal} from '../pod.ts'
import type {Relations} from '../relations.ts'
import {requestOfPod} from '../requests.ts'
import {guardedLabels} from './guards.ts'

/** A Pod and where it is: on one node, on one of several that nobody can foretell, or on none. */
export interface Standing {
  readonly pod: Pod
  readonly nodes: readonly string[]
}

/** `certain`: who is there. `possible`: who may be there, too. */
export type How = 'certain' | 'possible'

/** The nodes of a cluster and who is on them, as it would be. Who comes and goes changes it in place. */
export interface Stage {
  readonly relations: Relations
  /** It takes nobody any more: cordoned, gone, or about to be. */
  readonly isClosed: (node: Node) => boolean
  /** UIDs of Pods that have left. */
  readonly gone: Set<string>
  /** Pods that have come, by UID. */
  readonly come: Map<string, Standing>
  /** The same, by the names of the nodes on which they may be. */
  readonly comeTo: Map<string, Set<Standing>>
  /** The same, by each of their labels: `namespace/label=value`. */
  readonly comeWith: Map<string, Set<Standing>>
  /** The same, of those that keep others away, by a label of whom they do: `label=value`, or nothing. */
  readonly comeAgainst: Map<string, Set<Standing>>
  /** What was worked out of it: only of nodes that nothing has changed since. */
  readonly promised: Map<string, Map<string, number>>
  readonly open: Map<string, readonly Node[]>
}

export function stageOf(relations: Relations, isClosed: Stage['isClosed'] = () => false): Stage {
  return {
    relations,
    isClosed,
    gone: new Set(),
    come: new Map(),
    comeTo: new Map(),
    comeWith: new Map(),
    comeAgainst: new Map(),
    promised: new Map(),
    open: new Map(),
  }
}

export function uidOf({metadata}: Pod): string {
  return metadata?.uid ?? `${metadata?.namespace}/${metadata?.name}`
}

/** These Pods are on their nodes no more. */
export function leave(stage: Stage, pods: readonly Pod[]): void {
  for (const pod of pods) {
    const standing = stage.come.get(uidOf(pod))
    stage.gone.add(uidOf(pod))
    stage.promised.delete(pod.spec?.nodeName ?? '')
    if (!standing) continue
    stage.come.delete(uidOf(pod))
    for (const [index, keys] of filings(standing, stage))
      for (const key of keys) index.get(key)?.delete(standing)
    for (const node of standing.nodes) stage.promised.delete(node)
  }
}

/** A Pod has come. */
export function join(stage: Stage, standing: Standing): void {
  stage.come.set(uidOf(standing.pod), standing)
  for (const [index, keys] of filings(standing, stage))
    for (const key of keys) {
      const there = index.get(key) ?? new Set()
      index.set(key, there.add(standing))
    }
  for (const node of standing.nodes) stage.promised.delete(node)
}

type Index = Map<string, Set<Standing>>

function filings({pod, nodes}: Standing, stage: Stage): readonly (readonly [Index, readonly string[]])[] {
  const labels = Object.entries(pod.metadata?.labels ?? {}).map(
    ([label, value]) => `${namespaceOf(pod)}/${label}=${value}`,
  )
  return [
    [stage.comeTo, nodes],
    [stage.comeWith, labels],
    [stage.comeAgainst, guardedLabels(pod)],
  ]
}

/** Of Pods that were read, those that are still there and hold what they have been given. */
export function still(pods: readonly Pod[], {gone, come}: Stage): readonly Pod[] {
  return pods.filter((pod) => !isTerminal(pod) && !gone.has(uidOf(pod)) && !come.has(uidOf(pod)))
}

/** Pods that are on that node. */
export function podsOn(node: string, stage: Stage, how: How): readonly Pod[] {
  const come = [...(stage.comeTo.get(node) ?? [])].filter(
    ({nodes}) => how === 'possible' || nodes.length === 1,
  )
  return [...still(stage.relations.podsOn(node), stage), ...come.map(({pod}) => pod)]
}

/** What the Pods on that node have been promised of a resource. */
export function promisedTo(node: string, resource: string, stage: Stage, how: How): number {
  const known = stage.promised.get(node) ?? new Map<string, number>()
  const key = `${how} ${resource}`
  const sum =
    known.get(key) ?? podsOn(node, stage, how).reduce((total, pod) => total + requestOfPod(pod, resource), 0)
  stage.promised.set(node, known.set(key, sum))
  return sum
}
