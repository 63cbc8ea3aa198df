import {controllerUid, keyOf, type Node, nameOf, type PersistentVolume, type Pod} from '../objects.ts'
import {nodesReaching} from '../placement.ts'
import {isTerminal, isTerminating} from '../pod.ts'
import type {Relations} from '../relations.ts'
import {OUT_OF_SERVICE, secondsOn} from '../taints.ts'
import type {Aftermath, Expectations} from './aftermath.ts'
import type {Arrival} from './arrivals.ts'
import {afterDeparture} from './departure.ts'
import {leftAttached} from './left-attached.ts'
import {ownerKindOf} from './owner.ts'
import {uidOf} from './stage.ts'
import {setOf, type World, worldOf} from './world.ts'

const UNREACHABLE = 'node.kubernetes.io/unreachable'

/** What the node lifecycle controller puts on a node whose kubelet is silent (1.20 to 1.37). */
export const SILENT = [
  {key: UNREACHABLE, effect: 'NoSchedule'},
  {key: UNREACHABLE, effect: 'NoExecute'},
] as const

export interface Lost {
  /** Pods on these nodes that are asked to go when their time is over, and that nobody ends. */
  readonly terminating: readonly Pod[]
  /** Pods that nobody asks to go: they tolerate an unreachable node for ever, as daemons do. */
  readonly staying: readonly Pod[]
  /** Of those, the ones whose work nobody does meanwhile: they are neither of the node itself nor finished. */
  readonly down: readonly Pod[]
  /** Of those who go: they keep volumes attached, and whoever comes in their place waits for these. */
  readonly holding: readonly Pod[]
  /** What comes by itself: others in the place of those whose controllers do not wait. */
  readonly byItself: Aftermath
  /** What comes once somebody has said that the machines are off. */
  readonly onceOff: Aftermath
  /** That no other node reaches. */
  readonly volumes: readonly PersistentVolume[]
}

/** Nodes fall silent at once, and do not come back. */
export function lose(nodes: readonly Node[], relations: Relations, expected: Expectations): Lost {
  const names = new Set(nodes.map(nameOf))
  const pods = nodes.flatMap((node) => relations.podsOn(nameOf(node)))
  const goes = (pod: Pod) => isOnItsOwn(pod, relations) && (isEvicted(pod) || isTerminating(pod))
  const [terminating, staying] = [pods.filter(goes), pods.filter((pod) => !goes(pod))]
  const down = staying.filter((pod) => isOnItsOwn(pod, relations) && !isTerminal(pod))
  const world = silenced(
    worldOf(relations, (node) => names.has(nameOf(node))),
    down,
  )
  const attached = Map.groupBy(terminating, (pod) =>
    ownerKindOf(pod, relations) === 'ReplicaSet' ? leftAttached(pod, relations) : undefined,
  )
  const holding = attached.get('Attached') ?? []
  const letGo = new Set(terminating).difference(new Set(holding))
  const byItself = afterDeparture(world, [...letGo], {
    ...expected,
    leaves: (pod) => !onThese(pod, names) && expected.leaves(pod),
  })
  // those who have been replaced by then are not replaced again; those for whom there was no node try again
  const inVain = new Set(byItself.arrivals.filter(({finds}) => finds === 'None').map(({pod}) => keyOf(pod)))
  const waiting = terminating.filter(
    (pod) => ownerKindOf(pod, relations) !== 'ReplicaSet' || !letGo.has(pod) || inVain.has(keyOf(pod)),
  )
  const onceOff = afterDeparture(byItself.world, [...waiting, ...down.filter(leavesOnceOff)], {
    ...expected,
    leaves: (pod) => onThese(pod, names) || expected.leaves(pod),
  })
  const unseen = new Set((attached.get('Unseen') ?? []).map(keyOf))
  return {
    terminating,
    staying,
    down,
    holding,
    byItself: {...byItself, arrivals: byItself.arrivals.map((each) => ifDetached(each, unseen))},
    onceOff,
    volumes: outOfReach(names, relations),
  }
}

/** The DaemonSet controller has its own tolerate a silent node (AddOrUpdateDaemonPodTolerations, 1.20 to 1.37), and so do the kubelet's. */
function isOnItsOwn(pod: Pod, relations: Relations): boolean {
  return !['DaemonSet', 'Node'].includes(ownerKindOf(pod, relations))
}

/** The node lifecycle controller says of a Pod on a silent node that it is not ready. */
export function unready(pod: Pod): Pod {
  return {...pod, status: {...pod.status, conditions: [{type: 'Ready', status: 'False'}]}}
}

function silenced(world: World, down: readonly Pod[]): World {
  const silent = new Set(down.map(uidOf))
  for (const [uid, first] of new Map(down.map((pod) => [controllerUid(pod), pod]))) {
    const own = setOf(first, world)
    if (!own) continue
    const pods = own.pods.map((pod) => (silent.has(uidOf(pod)) ? unready(pod) : pod))
    world.sets.set(uid ?? '', {...own, pods})
  }
  return world
}

const OFF = {key: OUT_OF_SERVICE, value: 'nodeshutdown', effect: 'NoExecute'} as const

/** It tolerates that its node is silent, and not that its machine is said to be off. */
export function leavesOnceOff({spec}: Pod): boolean {
  return secondsOn([OFF], spec?.tolerations ?? []) !== Infinity
}

function ifDetached(arrival: Arrival, unseen: ReadonlySet<string>): Arrival {
  return arrival.finds !== 'None' && unseen.has(keyOf(arrival.pod))
    ? {...arrival, finds: 'Unknown', unseen: {about: 'Attachments', resource: 'volumeAttachments'}}
    : arrival
}

function onThese(pod: Pod, names: ReadonlySet<string>): boolean {
  return names.has(pod.spec?.nodeName ?? '')
}

/** Its tolerations end, or there are none: the taint eviction controller deletes it. */
function isEvicted(pod: Pod): boolean {
  return secondsOnSilent(pod) !== Infinity
}

/** How long a Pod may stay on a node that does not answer, in seconds. */
export function secondsOnSilent({spec}: Pod): number {
  return secondsOn(SILENT, spec?.tolerations ?? [])
}

function outOfReach(names: ReadonlySet<string>, relations: Relations): readonly PersistentVolume[] {
  if (!relations.sees('nodes')) return []
  const {nodes, persistentVolumes} = relations.snapshot
  return persistentVolumes.filter((volume) => {
    if (volume.status?.phase !== 'Bound') return false
    const reaching = nodesReaching([volume], relations)
    return reaching !== nodes && reaching.length > 0 && reaching.every((node) => names.has(nameOf(node)))
  })
}
