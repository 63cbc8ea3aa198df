import {nameOf, type Pod} from '../objects.ts'
import {isTerminal, isTerminating} from '../pod.ts'
import type {Relations} from '../relations.ts'
import {without} from './moves.ts'
import {type Stage, stageOf, uidOf} from './stage.ts'
import {isCertain} from './standing.ts'
import {takersOf} from './takers.ts'

/**
 * Pods for which the scheduler has found no node, and that may have the room which others have left before these are back: it tries
 * them again as soon as a Pod is gone (MoveAllToActiveOrBackoffQueue on AssignedPodDelete, 1.27 to 1.37).
 */
export function rivalsIn(stage: Stage): readonly Pod[] {
  const waiting = waitingIn(stage.relations).filter((pod) => !isThere(pod, stage))
  if (waiting.length === 0) return []
  const left = leftNodes(stage)
  const before = stageOf(stage.relations, stage.isClosed)
  return waiting.filter((pod) => isTaken(pod, left, stage) && !isTaken(pod, left, before))
}

/** Pods that were tried in vain: what nobody has tried yet is a change of its own. */
export function waitingIn({once, snapshot: {pods}}: Relations): readonly Pod[] {
  return once('waiting for a node', pods, () =>
    pods.filter((pod) => !pod.spec?.nodeName && !isTerminating(pod) && !isTerminal(pod) && isRefused(pod)),
  )
}

/** The scheduler has refused it although nodes would take it: why is not seen here, and does not go with whoever leaves. */
export function isRefusedUnseen(pod: Pod, relations: Relations): boolean {
  const hasRoom = () => (takersOf(pod, stageOf(relations)).nodes ?? []).length > 0
  return isRefused(pod) && relations.once('refused for a reason that is not seen', pod, hasRoom)
}

function isRefused({status}: Pod): boolean {
  return (status?.conditions ?? []).some(
    ({type, status: is, reason}) => type === 'PodScheduled' && is === 'False' && reason === 'Unschedulable',
  )
}

/** It has found a node by now. */
function isThere(pod: Pod, {come}: Stage): boolean {
  const standing = come.get(uidOf(pod))
  return standing !== undefined && isCertain(standing)
}

function leftNodes({gone, relations}: Stage): ReadonlySet<string> {
  return new Set([...gone].flatMap((uid) => relations.podWith(uid)?.spec?.nodeName ?? []))
}

function isTaken(pod: Pod, within: ReadonlySet<string>, stage: Stage): boolean {
  const {nodes = []} = without(stage, pod, () => takersOf(pod, stage, (node) => within.has(nameOf(node))))
  return nodes.length > 0
}
