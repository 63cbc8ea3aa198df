import {controllerUid, type Node, nameOf, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'

/**
 * Whether on one of these nodes is a Pod of lower priority, which the scheduler may put out for this one (DefaultPreemption, 1.27 to
 * 1.37). Whom it would choose is not foretold.
 */
export function mayPreempt(pod: Pod, nodes: readonly Node[], relations: Relations): boolean {
  const own = priorityOf(pod, relations)
  const {pods} = relations.snapshot
  // in most clusters nobody is less important than anybody
  if (relations.once('lowest priority', pods, () => lowestOf(pods)) >= own) return false
  return nodes.some(
    (node) => relations.once('lowest priority', node, () => lowestOf(relations.podsOn(nameOf(node)))) < own,
  )
}

function lowestOf(pods: readonly Pod[]): number {
  return pods.reduce((least, {spec}) => Math.min(least, spec?.priority ?? 0), Infinity)
}

/** A template names a class, whose number stands in the Pods that were made of it. */
function priorityOf(pod: Pod, {podsOf}: Relations): number {
  return pod.spec?.priority ?? podsOf(controllerUid(pod))[0]?.spec?.priority ?? 0
}
