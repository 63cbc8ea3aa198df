import {mountedClaims} from '../mounted-claims.ts'
import {type Node, namespaceOf, type Pod} from '../objects.ts'
import type {Placement} from '../placement.ts'
import {isTerminal} from '../pod.ts'
import type {Relations} from '../relations.ts'
import {requestOfPod} from '../requests.ts'
import {guardedLabels} from './guards.ts'
import {isCertain, type Standing} from './standing.ts'
import {type Domains, recount, type Tallies} from './tally.ts'

/** Nodes that nothing about them closes to a Pod. */
export interface OpenNodes {
  readonly nodes: readonly Node[]
  /** Some node reaches its volumes. */
  readonly isReached: boolean
  /** Some of these has the labels that it wants. */
  readonly isWanted: boolean
  /** Its volumes leave it only some nodes. */
  readonly isBound: boolean
}

/** `certain`: who is there. `possible`: who may be there, too. */
export type How = 'certain' | 'possible'

/** The nodes of a cluster and who is on them, as it would be. Who comes and goes changes it in place. */
export interface Stage {
  readonly relations: Relations
  /** It takes that Pod no more: cordoned, gone, or about to be. */
  readonly isClosed: (node: Node, pod: Pod) => boolean
  /** UIDs of Pods that have left their nodes, and have not come back. */
  readonly gone: Set<string>
  /** UIDs of Pods that were asked to go, and that nobody ends: they hold what they have. */
  readonly asked: Set<string>
  /** Pods that have come, by UID. */
  readonly come: Map<string, Standing>
  /** The same, by the names of the nodes on which they may be. */
  readonly comeTo: Map<string, Set<Standing>>
  /** The same, by each of their labels: `namespace/label=value`. */
  readonly comeWith: Map<string, Set<Standing>>
  /** The same, of those that keep others away, by a label of whom they do: `label=value`, or nothing. */
  readonly comeAgainst: Map<string, Set<Standing>>
  /** The same, by the claims that they mount: `namespace/name`. */
  readonly comeMounting: Map<string, Set<Standing>>
  readonly tallies: Tallies
  /** What was worked out of it: only of nodes that nothing has changed since. */
  readonly promised: Map<string, Map<string, number>>
  /** Volumes in use on nodes by driver, alike: `certain node-a`. */
  readonly mounted: Map<string, ReadonlyMap<string, ReadonlySet<string>>>
  readonly open: Map<Placement, Map<string, OpenNodes>>
  readonly domains: Map<string, Domains>
}

export function stageOf(relations: Relations, isClosed: Stage['isClosed'] = () => false): Stage {
  return {
    relations,
    isClosed,
    gone: new Set(),
    asked: new Set(),
    come: new Map(),
    comeTo: new Map(),
    comeWith: new Map(),
    comeAgainst: new Map(),
    comeMounting: new Map(),
    tallies: {byRule: new Map(), byLabel: new Map()},
    promised: new Map(),
    mounted: new Map(),
    open: new Map(),
    domains: new Map(),
  }
}

export function uidOf({metadata}: Pod): string {
  return metadata?.uid ?? `${metadata?.namespace}/${metadata?.name}`
}

/** These Pods are on their nodes no more. */
export function leave(stage: Stage, pods: readonly Pod[]): void {
  for (const pod of pods) {
    const uid = uidOf(pod)
    const standing = stage.come.get(uid)
    uncount(stage, pod)
    // who was on no node leaves nobody room
    if (pod.spec?.nodeName || standing) stage.gone.add(uid)
    forget(stage, [pod.spec?.nodeName ?? ''])
    if (standing) unfile(stage, standing)
  }
}

function unfile(stage: Stage, standing: Standing): void {
  stage.come.delete(uidOf(standing.pod))
  forget(stage, standing.nodes)
  for (const [index, keys] of filings(standing, stage))
    for (const key of keys) index.get(key)?.delete(standing)
}

/** What is seen where this Pod, which has come, is not: nobody has left for that. */
export function without<T>(stage: Stage, pod: Pod, look: () => T): T {
  const standing = stage.come.get(uidOf(pod))
  if (!standing) return look()
  uncount(stage, pod)
  unfile(stage, standing)
  const seen = look()
  join(stage, standing)
  return seen
}

/** These Pods are to go, and nobody ends them. */
export function ask(stage: Stage, pods: readonly Pod[]): void {
  for (const pod of pods) {
    uncount(stage, pod)
    stage.asked.add(uidOf(pod))
  }
}

/** Rules about how Pods are spread count a Pod no more from when it is asked to go. */
function uncount({come, gone, asked, tallies, relations}: Stage, pod: Pod): void {
  const uid = uidOf(pod)
  if (asked.has(uid)) return
  // as it was counted: by now it may be marked as one that goes
  const there = relations.podWith(uid) ?? pod
  const standing = come.get(uid) ?? (gone.has(uid) ? undefined : {pod: there, nodes: [nodeOf(there)]})
  if (standing) recount(tallies, standing, -1)
}

function nodeOf({spec}: Pod): string {
  return spec?.nodeName ?? ''
}

/** A Pod has come, or it has become better known where it is. */
export function join(stage: Stage, standing: Standing): void {
  const uid = uidOf(standing.pod)
  const before = stage.come.get(uid)
  if (before) {
    uncount(stage, standing.pod)
    unfile(stage, before)
  }
  stage.come.set(uid, standing)
  stage.gone.delete(uid)
  for (const [index, keys] of filings(standing, stage))
    for (const key of keys) {
      const there = index.get(key) ?? new Set()
      index.set(key, there.add(standing))
    }
  stage.asked.delete(uid)
  recount(stage.tallies, standing, 1)
  forget(stage, standing.nodes)
}

/** What was worked out of these nodes holds no longer. */
function forget({promised, mounted}: Stage, nodes: readonly string[]): void {
  for (const node of nodes) {
    promised.delete(node)
    for (const how of ['certain', 'possible']) mounted.delete(`${how} ${node}`)
  }
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
    [stage.comeMounting, mountedClaims(pod).map((name) => `${namespaceOf(pod)}/${name}`)],
  ]
}

/** Of Pods that were read, those that are still there and hold what they have been given. */
export function still(pods: readonly Pod[], {gone, come}: Stage): readonly Pod[] {
  return pods.filter((pod) => !isTerminal(pod) && !gone.has(uidOf(pod)) && !come.has(uidOf(pod)))
}

/** Pods that are on that node. */
export function podsOn(node: string, stage: Stage, how: How): readonly Pod[] {
  const come = [...(stage.comeTo.get(node) ?? [])].filter((each) => how === 'possible' || isCertain(each))
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
