import {hostPortsOf, portHolders} from '../host-ports.ts'
import {type Node, nameOf, type Pod} from '../objects.ts'
import {quantity} from '../quantity.ts'
import {requestOfPod} from '../requests.ts'
import {companyOf} from './company.ts'
import type {How} from './holdings.ts'
import type {Spread} from './spread.ts'
import {podsOn, promisedTo, type Stage} from './stage.ts'
import {mayAttach} from './volume-limits.ts'

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

/** Sums of fractions are not exact; the API's smallest unit is 10⁻⁹. */
const TINY = 1e-10

type Wishes = readonly (readonly [resource: string, amount: number])[]

/** What it requests of a node. */
function wishesOf(pod: Pod): Wishes {
  const all = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])]
  const names = new Set([
    'pods',
    ...all.flatMap(({resources}) => Object.keys(resources?.requests ?? {})),
    ...Object.keys(pod.spec?.resources?.requests ?? {}),
    ...Object.keys(pod.spec?.overhead ?? {}),
  ])
  return [...names].map((name) => [name, requestOfPod(pod, name)] as const).filter(([, amount]) => amount > 0)
}

/** It requests something of a node besides its place. */
export function requestsRoom(pod: Pod): boolean {
  return wishesOf(pod).some(([name]) => name !== 'pods')
}

/** The first resource of which a node has too little left; what it does not count it has enough of, extended ones apart. */
function lackOf(node: Node, wishes: Wishes, stage: Stage, how: How): string | undefined {
  return wishes.find(([resource, amount]) => {
    const total = quantity(node.status?.allocatable?.[resource])
    if (total === undefined) return resource.includes('/')
    return amount > total - promisedTo(nameOf(node), resource, stage, how) + TINY
  })?.[0]
}
