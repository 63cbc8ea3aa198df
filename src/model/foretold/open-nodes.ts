import {refusal} from '../node.ts'
import type {Node, Pod} from '../objects.ts'
import {placementOf} from '../placement.ts'
import type {Reach} from './reach.ts'
import type {OpenNodes, Stage} from './stage.ts'

/** Worked out once for all Pods that wish for the same. */
export function openNodes(pod: Pod, reach: Reach, stage: Stage): OpenNodes {
  const {nodeSelector, affinity, tolerations} = pod.spec ?? {}
  const wish = JSON.stringify([reach.key, reach.selected, nodeSelector, affinity?.nodeAffinity, tolerations])
  const known = stage.open.get(wish)
  if (known) return known
  const template = pod.spec && {spec: pod.spec}
  const {relations} = stage
  const {allowed, fitting} = placementOf(
    {volumes: reach.volumes, selected: reach.selected, template},
    relations,
  )
  const isThere = (node: Node) => !stage.isClosed(node, pod) && reach.isInReach(node)
  const open: OpenNodes = {
    nodes: fitting.filter((node) => isThere(node) && refusal(node, template) === undefined),
    isReached: allowed.some(isThere),
    isWanted: fitting.some(isThere),
    isBound: allowed.length < relations.snapshot.nodes.length,
  }
  stage.open.set(wish, open)
  return open
}
