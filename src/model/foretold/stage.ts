import {type Node, nameOf, type Pod} from '../objects.ts'
import {isTerminal} from '../pod.ts'
import type {Relations} from '../relations.ts'

/** A Pod and where it is: on one node, on one of several that nobody can foretell, or on none. */
export interface Standing {
  readonly pod: Pod
  readonly nodes: readonly string[]
}

/** The nodes of a cluster and who is on them, as it would be. */
export interface Stage {
  readonly relations: Relations
  /** It takes nobody any more: cordoned, gone, or about to be. */
  readonly isClosed: (node: Node) => boolean
  /** UIDs of Pods that have left. */
  readonly gone: ReadonlySet<string>
  /** Pods that have come, by UID. */
  readonly come: ReadonlyMap<string, Standing>
}

export function stageOf(relations: Relations, isClosed: Stage['isClosed'] = () => false): Stage {
  return {relations, isClosed, gone: new Set(), come: new Map()}
}

export function uidOf({metadata}: Pod): string {
  return metadata?.uid ?? `${metadata?.namespace}/${metadata?.name}`
}

/** The same stage without these Pods. */
export function without(stage: Stage, pods: readonly Pod[]): Stage {
  const uids = pods.map(uidOf)
  const come = new Map([...stage.come].filter(([uid]) => !uids.includes(uid)))
  return {...stage, gone: new Set([...stage.gone, ...uids]), come}
}

/** The same stage with a Pod that has come. */
export function joinedBy(stage: Stage, standing: Standing): Stage {
  return {...stage, come: new Map([...stage.come, [uidOf(standing.pod), standing]])}
}

/** Of Pods that were read, those that are still there and hold what they have been given. */
export function still(pods: readonly Pod[], {gone, come}: Stage): readonly Pod[] {
  return pods.filter((pod) => !isTerminal(pod) && !gone.has(uidOf(pod)) && !come.has(uidOf(pod)))
}

/** Pods that are on that node for certain. */
export function podsOn(node: Node, stage: Stage): readonly Pod[] {
  const come = [...stage.come.values()].filter(({nodes}) => nodes.length === 1 && nodes[0] === nameOf(node))
  return [...still(stage.relations.podsOn(nameOf(node)), stage), ...come.map(({pod}) => pod)]
}
