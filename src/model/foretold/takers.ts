import {type Node, nameOf, type Pod} from '../objects.ts'
import {isDrawingInVain} from './draws.ts'
import {isFurther, type Miss, missOf} from './fit.ts'
import type {Lack, SpreadPlaces} from './lack.ts'
import {lackingClaim} from './lacking-claim.ts'
import {takenClaim} from './once-pod.ts'
import {openNodes} from './open-nodes.ts'
import {mayPreempt} from './preemption.ts'
import {reachOf} from './reach.ts'
import {type Spread, spreadsOf} from './spread.ts'
import type {Stage} from './stage.ts'
import {areMatesSeen, type Unseen, unseenAbout} from './unseen.ts'

/** Nodes that could take a Pod, and what the others lack. */
export interface Takers {
  /** Names, in the order in which nodes were read; undefined where nodes, or its volumes, were not seen. */
  readonly nodes: readonly string[] | undefined
  /** There are more of them than are named. */
  readonly hasMore?: true
  /** Why there is none: what closes the last of them. */
  readonly lacks?: Lack
  /** Pods of lower priority may have to make way for it. */
  readonly mayPreempt?: true
  /** What might close them, and was not seen. */
  readonly unseen?: Unseen
}

/** So many nodes are named. */
const MANY = 100

/**
 * Mirrors what the scheduler's filters ask of a node (1.27 to 1.37): NodeUnschedulable, TaintToleration, NodeAffinity, NodePorts,
 * NodeResourcesFit, VolumeRestrictions as to ReadWriteOncePod, NodeVolumeLimits, VolumeBinding, VolumeZone, PodTopologySpread and
 * InterPodAffinity. Devices and what storage has room for are not looked at, so that a real scheduler may find fewer nodes than
 * these. With `isAmong` only such nodes are asked.
 */
export function takersOf(pod: Pod, stage: Stage, isAmong?: (node: Node) => boolean): Takers {
  const {relations} = stage
  const lacking = lackingClaim(pod, relations)
  if (lacking) return none({kind: 'NoClaim', ...lacking})
  const reach = reachOf(pod, relations)
  if (!relations.sees('nodes') || !reach || !areMatesSeen(pod, relations)) return {nodes: undefined}
  if (isDrawingInVain(pod, relations)) return none({kind: 'Volume', volumes: []})
  const taken = takenClaim(pod, stage)
  if (taken) return none({kind: 'Claim', ...taken})
  const open = openNodes(pod, reach, stage)
  const volumes = open.isBound ? reach.volumes : []
  if (open.nodes.length > 0) {
    const asked = isAmong ? open.nodes.filter(isAmong) : open.nodes
    const {found, miss, spreads} = among(asked, pod, stage)
    if (found.length > 0) return named(found, pod, stage)
    const lacks = {volumes, ...miss, ...spreadIn(spreads, open.nodes)}
    return mayPreempt(pod, open.nodes, relations) ? {nodes: [], lacks, mayPreempt: true} : none(lacks)
  }
  if (!open.isReached) return none({kind: 'Volume', volumes})
  return none({kind: open.isWanted ? 'Taint' : 'Affinity', volumes})
}

function none(lacks: Lack): Takers {
  return {nodes: [], lacks}
}

function named(found: readonly Node[], pod: Pod, {relations}: Stage): Takers {
  const nodes = found.slice(0, MANY).map(nameOf)
  const unseen = unseenAbout(pod, nodes, relations)
  return {
    nodes,
    ...(found.length > MANY && {hasMore: true}),
    ...(unseen && {unseen}),
  }
}

interface Found {
  readonly found: readonly Node[]
  /** What those who came furthest lack. */
  readonly miss: Miss
  readonly spreads: readonly Spread[]
}

/** Of nodes that nothing about them closes, those that have what it takes: one more than are named. */
function among(open: readonly Node[], pod: Pod, stage: Stage): Found {
  const spreads = spreadsOf(pod, stage)
  const missing = missOf(pod, spreads, stage, 'certain')
  const found: Node[] = []
  let furthest: Miss | undefined
  for (const node of open) {
    const miss = missing(node)
    if (miss && isFurther(miss, furthest)) furthest = miss
    if (!miss) found.push(node)
    if (found.length > MANY) break
  }
  return {found, miss: furthest ?? {kind: 'Company'}, spreads}
}

/** The rule about how Pods are spread that closes some of these nodes, if one does. */
function spreadIn(spreads: readonly Spread[], open: readonly Node[]): {readonly spread?: SpreadPlaces} {
  const spread = spreads.find(({isOpen}) => !open.every(isOpen))
  if (!spread) return {}
  const {topologyKey, maxSkew, minDomains} = spread.rule
  return {
    spread: {
      topologyKey,
      maxSkew,
      ...(minDomains !== undefined && {minDomains}),
      places: spread.open(),
    },
  }
}
