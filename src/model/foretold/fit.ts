import {hostPortsOf, portHolders} from '../host-ports.ts'
import {type Node, nameOf, type Pod} from '../objects.ts'
import {quantity} from '../quantity.ts'
import {companyOf} from './company.ts'
import {driverVolumes} from './driver-volumes.ts'
import {termsOf} from './guards.ts'
import type {How} from './holdings.ts'
import type {Spread} from './spread.ts'
import {podsOn, promisedTo, type Stage} from './stage.ts'
import {mayAttach} from './volume-limits.ts'
import {type Wishes, wishesOf} from './wishes.ts'

/** What an open node lacks, in the order in which it is looked for. */
export type Miss =
  | {readonly kind: 'Spread'}
  | {readonly kind: 'Company' | 'Ports' | 'Limit'}
  | {readonly kind: 'Room'; readonly resource: string}

/** The same, as a number: who has come further lacks less. */
const ORDER: Readonly<Record<Miss['kind'], number>> = {Company: 0, Spread: 1, Ports: 2, Limit: 3, Room: 4}

export function isFurther(one: Miss, other: Miss | undefined): boolean {
  return other === undefined || ORDER[one.kind] > ORDER[other.kind]
}

/** What a node lacks that a Pod needs there; undefined: nothing. Worked out for one Pod, and asked for each node. */
export function missOf(
  pod: Pod,
  spreads: readonly Spread[],
  stage: Stage,
  how: How,
): (node: Node) => Miss | undefined {
  const isBeside = companyOf(pod, stage, how)
  const ports = hostPortsOf(pod)
  const wishes = wishesOf(pod)
  return (node) => {
    if (!isBeside(node)) return {kind: 'Company'}
    if (!spreads.every(({isOpen}) => isOpen(node))) return {kind: 'Spread'}
    if (ports.length > 0 && !hasPorts(node, pod, stage, how)) return {kind: 'Ports'}
    if (!mayAttach(node, pod, stage, how)) return {kind: 'Limit'}
    const resource = lackOf(node, wishes, stage, how)
    return resource === undefined ? undefined : {kind: 'Room', resource}
  }
}

function hasPorts(node: Node, pod: Pod, stage: Stage, how: How): boolean {
  const name = nameOf(node)
  const there = podsOn(name, stage, how).map(
    (each): Pod => ({...each, spec: {containers: [], ...each.spec, nodeName: name}}),
  )
  return portHolders(pod, name, there).length === 0
}

/** The first resource of which a node has too little left. */
function lackOf(node: Node, wishes: Wishes, stage: Stage, how: How): string | undefined {
  return wishes.find(([resource, amount]) => amount > roomFor(node, resource, stage, how))?.[0]
}

/** Sums of fractions are not exact; the API's smallest unit is 10⁻⁹. */
const TINY = 1e-10

/** What is left of a resource on a node; what it does not count it has enough of, extended ones apart. */
function roomFor(node: Node, resource: string, stage: Stage, how: How): number {
  const all = stage.relations.once('allocatable', node, () => new Map<string, number | undefined>())
  if (!all.has(resource)) all.set(resource, quantity(node.status?.allocatable?.[resource]))
  const total = all.get(resource)
  if (total === undefined) return resource.includes('/') ? -Infinity : Infinity
  return total - promisedTo(nameOf(node), resource, stage, how) + TINY
}

/** How many of those of whom nobody can tell have to be on a node that is open to the Pod until it is so no more. */
export function bearsOf(pod: Pod, stage: Stage, how: How): (node: Node) => number {
  const {largest, apart} = stage.unsettled
  const isAlone = apart > 0 || termsOf(pod, 'podAntiAffinity').length > 0 || hostPortsOf(pod).length > 0
  if (isAlone || driverVolumes(pod, stage.relations).length > 0) return () => 1
  const wishes = wishesOf(pod).filter(([resource]) => (largest.get(resource) ?? 0) > 0)
  return (node) =>
    Math.min(
      ...wishes.map(([resource, amount]) => {
        const spare = roomFor(node, resource, stage, how) - amount
        return 1 + Math.floor(spare / (largest.get(resource) ?? 1))
      }),
    )
}
