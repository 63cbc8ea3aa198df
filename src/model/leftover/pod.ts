import {POD_NAME} from '../known-labels.ts'
import {controllerOf, nameOf, namespaceOf, type Pod, type StatefulSet} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {isAdoptable, isDesired, ordinalIn} from '../stateful-set.ts'
import {otherOwnerOf, parentOf} from './sets.ts'
import {leftover, settled, spared, type Verdict} from './verdict.ts'

type PodVerdict = Verdict<'Pod'>

/** Whether a Pod is on a node that is gone, or has an ordinal's name and no owner. */
export function podVerdict(pod: Pod, relations: Relations): PodVerdict | undefined {
  const verdict = unsettled(pod, relations)
  return settled(pod, verdict, relations.snapshot, pod.metadata?.creationTimestamp)
}

function unsettled(pod: Pod, relations: Relations): PodVerdict | undefined {
  const {nodeName} = pod.spec ?? {}
  if (nodeName && !relations.node(nodeName) && relations.sees('nodes', nodeName)) return leftover('NodeGone')
  const parent = parentOf(nameOf(pod))
  if (parent === undefined || controllerOf(pod) || !relations.sees('statefulSets')) return undefined
  return orphanVerdict(pod, parent, relations)
}

function orphanVerdict(pod: Pod, parent: string, relations: Relations): PodVerdict | undefined {
  const set = relations.statefulSet(namespaceOf(pod), parent)
  const ordinal = ordinalIn(nameOf(pod), parent)
  const place = {sets: [parent], ordinal}
  // the controller takes it in by itself
  if (set && isAdoptable(set, pod)) return undefined
  if (set) return ordinal === undefined ? undefined : leftover('HoldsName', place)
  if (pod.metadata?.labels?.[POD_NAME] !== nameOf(pod)) return undefined
  const owner = otherOwnerOf(namespaceOf(pod), parent, relations)
  return owner ? spared('OtherOwner', owner) : leftover('NoOwner', place)
}

/** The set that a Pod with an ordinal's name keeps from creating its own. */
export function setHeldUpBy(pod: Pod, relations: Relations): StatefulSet | undefined {
  const parent = parentOf(nameOf(pod)) ?? ''
  const set = relations.statefulSet(namespaceOf(pod), parent)
  const ordinal = ordinalIn(nameOf(pod), parent)
  if (!set || set.metadata?.deletionTimestamp || ordinal === undefined) return undefined
  return isDesired(set, ordinal) ? set : undefined
}
