import type {Node, Pod} from '../objects.ts'
import type {Placement} from '../placement.ts'
import {isTerminal} from '../pod.ts'
import type {Relations} from '../relations.ts'
import {requestOfPod} from '../requests.ts'
import {type Crowds, noCrowds} from './crowds.ts'
import type {Draws} from './draws.ts'
import type {Holdings, How} from './holdings.ts'
import {isCertain, type Standing} from './standing.ts'
import type {Domains, Tallies} from './tally.ts'
import {noneUnsettled, type Unsettled} from './unsettled.ts'

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
