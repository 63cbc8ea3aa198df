import {mountedClaims} from '../mounted-claims.ts'
import {type Node, namespaceOf, type Pod} from '../objects.ts'
import type {Placement} from '../placement.ts'
import {isTerminal} from '../pod.ts'
import type {Relations} from '../relations.ts'
import {requestOfPod} from '../requests.ts'
import {type Crowds, noCrowds, recountCrowds} from './crowds.ts'
import {type Draws, recountDraws} from './draws.ts'
import {guardedLabels} from './guards.ts'
import {type Holdings, type How, hold} from './holdings.ts'
import {isCertain, type Standing} from './standing.ts'
import {type Domains, recount, type Tallies} from './tally.ts'
import {noneUnsettled, recountUnsettled, type Unsettled} from './unsettled.ts'

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
  readonly draws: Draws
  readonly tallies: Tallies
  readonly crowds: Crowds
  readonly holdings: Holdings
  readonly unsettled: Unsettled
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
    draws: new Map(),
    tallies: {byRule: new Map(), byLabel: new Map()},
    crowds: noCrowds(),
    unsettled: noneUnsettled(),
    holdings: {promised: new Map(), mounted: new Map()},
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
    const standing = standingOf(stage, pod)
    if (!standing) continue
    uncount(stage, pod)
    remove(stage, standing)
    // who was on no node leaves nobody room
    if (standing.nodes.length > 0) stage.gone.add(uidOf(pod))
  }
}

/** Where a Pod is; undefined: nowhere any more. As it was read: by now it may be marked as one that goes. */
export function standingOf({come, gone, relations}: Stage, pod: Pod): Standing | undefined {
  const uid = uidOf(pod)
  const standing = come.get(uid)
  if (standing || gone.has(uid)) return standing
  const there = relations.podWith(uid) ?? pod
  return isTerminal(there)
    ? undefined
    : {pod: there, nodes: there.spec?.nodeName ? [there.spec.nodeName] : []}
}

/** What is seen where this Pod, which has come, is not: nobody has left for that. */
export function without<T>(stage: Stage, pod: Pod, look: () => T): T {
  const standing = stage.come.get(uidOf(pod))
  if (!standing) return look()
  uncount(stage, pod)
  remove(stage, standing)
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
function uncount(stage: Stage, pod: Pod): void {
  const standing = stage.asked.has(uidOf(pod)) ? undefined : standingOf(stage, pod)
  if (standing) recount(stage.tallies, standing, -1)
}

/** A Pod has come, or it has become better known where it is. */
export function join(stage: Stage, standing: Standing): void {
  const {pod} = standing
  const before = standingOf(stage, pod)
  if (before) {
    uncount(stage, pod)
    remove(stage, before)
  }
  const uid = uidOf(pod)
  stage.gone.delete(uid)
  stage.asked.delete(uid)
  stage.come.set(uid, standing)
  for (const [index, keys] of filings(standing, stage))
    for (const key of keys) {
      const there = index.get(key) ?? new Set()
      index.set(key, there.add(standing))
    }
  recountDraws(stage.draws, pod, 1, stage.relations)
  recount(stage.tallies, standing, 1)
  settle(stage, standing, 1)
}

function remove(stage: Stage, standing: Standing): void {
  settle(stage, standing, -1)
  if (!stage.come.delete(uidOf(standing.pod))) return
  recountDraws(stage.draws, standing.pod, -1, stage.relations)
  for (const [index, keys] of filings(standing, stage))
    for (const key of keys) index.get(key)?.delete(standing)
}

/** What it holds where it is, and whom it keeps away. */
function settle({holdings, crowds, unsettled, relations}: Stage, standing: Standing, by: 1 | -1): void {
  hold(holdings, standing, by, relations)
  recountUnsettled(unsettled, standing, by)
  recountCrowds(crowds, standing, by, relations)
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
  const {promised} = stage.holdings
  const key = `${how} ${node}`
  const known = promised.get(key) ?? new Map<string, number>()
  const sum =
    known.get(resource) ??
    podsOn(node, stage, how).reduce((total, pod) => total + requestOfPod(pod, resource), 0)
  promised.set(key, known.set(resource, sum))
  return sum
}
