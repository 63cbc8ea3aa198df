import {eligibility} from '../../model/daemon-eligibility.ts'
import {ownerKindOf} from '../../model/foretold/owner.ts'
import {isDeclaredOff} from '../../model/node.ts'
import {controllerUid, type Node, type Pod, type Taint} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {secondsOn} from '../../model/taints.ts'

/** A node as it was, and as it would be. */
export interface Edited {
  readonly before: Node
  readonly after: Node
}

/**
 * A new NoExecute taint that it does not tolerate, or not for ever, ends it, and a DaemonSet ends what it does not want there. What
 * somebody has asked to go already goes once the machine is said to be off (gcTerminating of the PodGC controller, 1.24 to 1.37).
 */
export function isEvictedBy(edited: Edited, pod: Pod, relations: Relations): boolean {
  const owner = ownerKindOf(pod, relations)
  if (owner === 'Node') return false
  if (secondsLeft(edited, pod) !== Infinity) return true
  const {before, after} = edited
  if (isTerminating(pod) && isDeclaredOff(after) && !isDeclaredOff(before)) return true
  const set = owner === 'DaemonSet' ? relations.daemonSetWith(controllerUid(pod)) : undefined
  return set !== undefined && !eligibility(set.spec?.template, after).shouldContinueRunning
}

/** How many seconds later it is asked to go: it may tolerate a new taint for a while. */
export function delayOf(edited: Edited, pod: Pod): number {
  const seconds = secondsLeft(edited, pod)
  return isTerminating(pod) || seconds === Infinity ? 0 : seconds
}

/** How long it may stay; what the node has had before has had its effect. */
function secondsLeft({before, after}: Edited, {spec}: Pod): number {
  const had = before.spec?.taints ?? []
  const added = (after.spec?.taints ?? []).filter((taint) => !had.some((each) => isSame(each, taint)))
  return secondsOn(added, spec?.tolerations ?? [])
}

function isSame(one: Taint, other: Taint): boolean {
  return one.key === other.key && one.effect === other.effect && (one.value ?? '') === (other.value ?? '')
}
