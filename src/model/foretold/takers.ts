import {hostPortsOf, portHolders} from '../host-ports.ts'
import {isOnlyCordoned, refusal} from '../node.ts'
import {type Node, nameOf, type PersistentVolume, type Pod} from '../objects.ts'
import {placementOf} from '../placement.ts'
import {quantity} from '../quantity.ts'
import {promisedOn, requestOfPod} from '../requests.ts'
import {companyOf} from './company.ts'
import {reachOf} from './reach.ts'
import {podsOn, type Stage} from './stage.ts'

/** Nodes that could take a Pod, and what the others lack. */
export interface Takers {
  /** Names, in the order in which nodes were read; undefined where nodes, or its volumes, were not seen. */
  readonly nodes: readonly string[] | undefined
  /** Why no more of them: the last thing that left none, or that left the fewest. */
  readonly lacks: Lack | undefined
}

/** What a Pod looks for in vain, in the order in which it is looked for. */
export type Lack =
  | {readonly kind: 'Volume'; readonly volumes: readonly PersistentVolume[]}
  | {readonly kind: 'Affinity' | 'Taint' | 'Company' | 'Ports'; readonly volumes: Volumes}
  | {readonly kind: 'Room'; readonly resource: string; readonly volumes: Volumes}

type Volumes = readonly PersistentVolume[]

/**
 * Mirrors what the scheduler's filters ask of a node (1.27 to 1.37), as far as requests, ports, labels, taints, volumes and
 * other Pods say: limits of volumes per node, devices and topology spread are not looked at, so that a real scheduler may find
 * fewer nodes than these, and never others.
 */
export function takersOf(pod: Pod, stage: Stage): Takers {
  const {relations} = stage
  const reach = reachOf(pod, relations)
  if (!relations.sees('nodes') || !reach) return {nodes: undefined, lacks: undefined}
  const template = pod.spec && {spec: pod.spec}
  const {allowed, fitting} = placementOf(
    {volumes: reach.volumes, selected: reach.selected, template},
    relations,
  )
  const there = (nodes: readonly Node[]) => nodes.filter((node) => !stage.isClosed(node))
  const near = there(allowed).filter(reach.isInReach)
  const isFar = allowed.length < relations.snapshot.nodes.length
  const volumes = isFar ? reach.volumes : []
  if (near.length === 0) return none({kind: 'Volume', volumes})
  const wanted = there(fitting).filter(reach.isInReach)
  if (wanted.length === 0) return none({kind: 'Affinity', volumes})
  const open = wanted.filter((node) => isOpen(node, pod))
  if (open.length === 0) return none({kind: 'Taint', volumes})
  return among(open, {pod, volumes}, stage)
}

function none(lacks: Lack): Takers {
  return {nodes: [], lacks}
}

function isOpen(node: Node, pod: Pod): boolean {
  const refused = refusal(node, pod.spec && {spec: pod.spec})
  return refused === undefined && !isOnlyCordoned(refused)
}

/** Of nodes that nothing about them closes, those that have what it takes. */
function among(open: readonly Node[], {pod, volumes}: {pod: Pod; volumes: Volumes}, stage: Stage): Takers {
  const company = companyOf(pod, stage)
  const beside = open.filter(company)
  if (beside.length === 0) return none({kind: 'Company', volumes})
  const ports = hostPortsOf(pod)
  const free = ports.length === 0 ? beside : beside.filter((node) => hasPorts(node, pod, stage))
  if (free.length === 0) return none({kind: 'Ports', volumes})
  const wishes = wishesOf(pod)
  const roomy = free.filter((node) => lackOf(node, wishes, stage) === undefined)
  const [first] = free
  if (roomy.length > 0 || !first) return {nodes: roomy.map(nameOf), lacks: undefined}
  return none({kind: 'Room', resource: lackOf(first, wishes, stage) ?? '', volumes})
}

function hasPorts(node: Node, pod: Pod, stage: Stage): boolean {
  return (
    portHolders(
      pod,
      nameOf(node),
      podsOn(node, stage).map((each) => on(each, node)),
    ).length === 0
  )
}

function on(pod: Pod, node: Node): Pod {
  return pod.spec?.nodeName === nameOf(node)
    ? pod
    : {...pod, spec: {containers: [], ...pod.spec, nodeName: nameOf(node)}}
}

type Wishes = readonly (readonly [resource: string, amount: number])[]

/** What it requests of a node. */
export function wishesOf(pod: Pod): Wishes {
  const all = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])]
  const names = new Set([
    'pods',
    ...all.flatMap(({resources}) => Object.keys(resources?.requests ?? {})),
    ...Object.keys(pod.spec?.overhead ?? {}),
  ])
  return [...names].map((name) => [name, requestOfPod(pod, name)] as const).filter(([, amount]) => amount > 0)
}

/** The first resource of which a node has too little left; what it does not count it has enough of, extended ones apart. */
function lackOf(node: Node, wishes: Wishes, stage: Stage): string | undefined {
  const pods = podsOn(node, stage).map((pod) => on(pod, node))
  return wishes.find(([resource, amount]) => {
    const total = quantity(node.status?.allocatable?.[resource])
    if (total === undefined) return /\//.test(resource)
    return amount > total - promisedOn(node, resource, pods)
  })?.[0]
}
