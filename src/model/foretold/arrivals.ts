import {type Node, nameOf, type Pod} from '../objects.ts'
import {joinedBy, type Stage, type Standing} from './stage.ts'
import {type Takers, takersOf} from './takers.ts'

/** A Pod that somebody has created, and what the scheduler can do with it. */
export interface Arrival extends Takers {
  readonly pod: Pod
  /**
   * `Some`: some node takes it, whatever becomes of the others. `Maybe`: only if others leave it room. `None`: no node does.
   * `Unknown`: nodes or volumes were not seen.
   */
  readonly finds: 'Some' | 'Maybe' | 'None' | 'Unknown'
}

/** Puts one Pod after the other where it may be: what is certain takes room from the next one, what is not takes none. */
export function arrivalOf(pod: Pod, stage: Stage): {readonly arrival: Arrival; readonly stage: Stage} {
  const takers = takersOf(pod, stage)
  const {nodes} = takers
  if (!nodes) return {arrival: {...takers, pod, finds: 'Unknown'}, stage}
  if (nodes.length === 0) return {arrival: {...takers, pod, finds: 'None'}, stage}
  const finds = isCertain(pod, nodes, stage) ? 'Some' : 'Maybe'
  return {arrival: {...takers, pod, finds}, stage: joinedBy(stage, {pod, nodes})}
}

/** Some node is left to it even if each of those who may be in several places were in all of them. */
function isCertain(pod: Pod, nodes: readonly string[], stage: Stage): boolean {
  const unsettled = [...stage.come.values()].filter((each) => each.nodes.length > 1)
  if (unsettled.length === 0) return true
  const crowded = unsettled.reduce(everywhere, stage)
  const isOther = (node: Node) => !nodes.includes(nameOf(node))
  return (takersOf(pod, {...crowded, isClosed: isOther}).nodes?.length ?? 0) > 0
}

function everywhere(stage: Stage, {pod, nodes}: Standing): Stage {
  return nodes.reduce((crowd, node) => joinedBy(crowd, {pod: twin(pod, node), nodes: [node]}), stage)
}

function twin(pod: Pod, node: string): Pod {
  return {...pod, metadata: {...pod.metadata, uid: `${pod.metadata?.uid} on ${node}`}}
}
