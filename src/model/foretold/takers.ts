import {hostPortsOf, portHolders} from '../host-ports.ts'
import {isOnlyCordoned, refusal} from '../node.ts'
import {type Node, nameOf, type PersistentVolume, type Pod} from '../objects.ts'
import {placementOf} from '../placement.ts'
import {quantity} from '../quantity.ts'
import {requestOfPod} from '../requests.ts'
import {companyOf} from './company.ts'
import {type Reach, reachOf} from './reach.ts'
import {type How, podsOn, promisedTo, type Stage} from './stage.ts'

/** Nodes that could take a Pod, and what the others lack. */
export interface Takers {
  /** Names, in the order in which nodes were read; undefined where nodes, or its volumes, were not seen. */
  readonly nodes: readonly string[] | undefined
  /** There are more of them than are named. */
  readonly hasMore?: true
  /** Why there is none: what closes the last of them. */
  readonly lacks?: Lack
}

/** What a Pod looks for in vain, in the order in which it is looked for. */
export type Lack =
  | {readonly kind: 'Volume'; readonly volumes: Volumes}
  | {readonly kind: 'Affinity' | 'Taint' | 'Company' | 'Ports'; readonly volumes: Volumes}
  | {readonly kind: 'Room'; readonly resource: string; readonly volumes: Volumes}

/** Those that leave it only some nodes. */
type Volumes = readonly PersistentVolume[]

/** So many nodes are named. */
const MANY = 100

/**
 * Mirrors what the scheduler's filters ask of a node (1.27 to 1.37), as far as requests, ports, labels, taints, volumes and
 * other Pods say: limits of volumes per node, devices and topology spread are not looked at, so that a real scheduler may find
 * fewer nodes than these, and never others. `how`: `possible` counts who may be on a node as if he were.
 */
export function takersOf(pod: Pod, stage: Stage, how: How = 'certain', most = MANY): Takers {
  const {relations} = stage
  const reach = reachOf(pod, relations)
  if (!relations.sees('nodes') || !reach) return {nodes: undefined}
  const template = pod.spec && {spec: pod.spec}
  const wish = {volumes: reach.volumes, selected: reach.selected, template}
  const {allowed, fitting} = placementOf(wish, relations)
  const volumes = allowed.length < relations.snapshot.nodes.length ? reach.volumes : []
  const isThere = (node: Node) => !stage.isClosed(node) && reach.isInReach(node)
  const open = openOf(fitting, pod, reach, stage)
  if (open.length > 0) return among(open, {pod, volumes}, {stage, how, most})
  if (!allowed.some(isThere)) return none({kind: 'Volume', volumes})
  return none({kind: fitting.some(isThere) ? 'Taint' : 'Affinity', volumes})
}

function none(lacks: Lack): Takers {
  return {nodes: [], lacks}
}

/** Those that nothing about them closes: worked out once for all Pods that wish for the same. */
function openOf(fitting: readonly Node[], pod: Pod, {isInReach, key}: Reach, stage: Stage): readonly Node[] {
  const wish = JSON.stringify([
    key,
    pod.spec?.nodeSelector,
    pod.spec?.affinity?.nodeAffinity,
    pod.spec?.tolerations,
  ])
  const known = stage.open.get(wish)
  if (known) return known
  const open = fitting.filter((node) => !stage.isClosed(node) && isInReach(node) && isOpen(node, pod))
  stage.open.set(wish, open)
  return open
}

function isOpen(node: Node, pod: Pod): boolean {
  const refused = refusal(node, pod.spec && {spec: pod.spec})
  return refused === undefined && !isOnlyCordoned(refused)
}

interface Looking {
  readonly stage: Stage
  readonly how: How
  readonly most: number
}

/** Of nodes that nothing about them closes, those that have what it takes. */
function among(
  open: readonly Node[],
  {pod, volumes}: {readonly pod: Pod; readonly volumes: Volumes},
  {stage, how, most}: Looking,
): Takers {
  const isBeside = companyOf(pod, stage, how)
  const ports = hostPortsOf(pod)
  const wishes = wishesOf(pod)
  const found: string[] = []
  let lacks: Lack = {kind: 'Company', volumes}
  for (const node of open) {
    if (found.length >= most) return {nodes: found, hasMore: true}
    if (!isBeside(node)) continue
    if (ports.length > 0 && !hasPorts(node, pod, stage, how)) {
      if (lacks.kind === 'Company') lacks = {kind: 'Ports', volumes}
      continue
    }
    const resource = lackOf(node, wishes, stage, how)
    if (resource === undefined) found.push(nameOf(node))
    else if (lacks.kind !== 'Room') lacks = {kind: 'Room', resource, volumes}
  }
  return found.length > 0 ? {nodes: found} : none(lacks)
}

function hasPorts(node: Node, pod: Pod, stage: Stage, how: How): boolean {
  const name = nameOf(node)
  const there = podsOn(name, stage, how).map(
    (each): Pod => ({...each, spec: {containers: [], ...each.spec, nodeName: name}}),
  )
  return portHolders(pod, name, there).length === 0
}

type Wishes = readonly (readonly [resource: string, amount: number])[]

/** What it requests of a node. */
function wishesOf(pod: Pod): Wishes {
  const all = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])]
  const names = new Set([
    'pods',
    ...all.flatMap(({resources}) => Object.keys(resources?.requests ?? {})),
    ...Object.keys(pod.spec?.overhead ?? {}),
  ])
  return [...names].map((name) => [name, requestOfPod(pod, name)] as const).filter(([, amount]) => amount > 0)
}

/** The first resource of which a node has too little left; what it does not count it has enough of, extended ones apart. */
function lackOf(node: Node, wishes: Wishes, stage: Stage, how: How): string | undefined {
  return wishes.find(([resource, amount]) => {
    const total = quantity(node.status?.allocatable?.[resource])
    if (total === undefined) return resource.includes('/')
    return amount > total - promisedTo(nameOf(node), resource, stage, how)
  })?.[0]
}
