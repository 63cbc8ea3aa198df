import {refusal} from '../node.ts'
import type {Node, Pod} from '../objects.ts'
import {type Placement, placementOf} from '../placement.ts'
import type {Reach} from './reach.ts'
import type {OpenNodes, Stage} from './stage.ts'

/** Worked out once for all Pods that wish for the same, whatever their volumes are called. */
export function openNodes(pod: Pod, reach: Reach, stage: Stage): OpenNodes {
  const template = pod.spec && {spec: pod.spec}
  const {volumes, selected, key} = reach
  const placement = placementOf({volumes, selected, template}, stage.relations)
  const known = stage.open.get(placement) ?? new Map<string, OpenNodes>()
  const open = known.get(key) ?? openAmong(placement, pod, reach, stage)
  stage.open.set(placement, known.set(key, open))
  return open
}

function openAmong({allowed, fitting}: Placement, pod: Pod, reach: Reach, stage: Stage): OpenNodes {
  const template = pod.spec && {spec: pod.spec}
  const isThere = (node: Node) => !stage.isClosed(node, pod) && reach.isInReach(node)
  return {
    nodes: fitting.filter((node) => isThere(node) && refusal(node, template) === undefined),
    isReached: allowed.some(isThere),
    isWanted: fitting.some(isThere),
    isBound: allowed.length < stage.relations.snapshot.nodes.length,
  }
}
