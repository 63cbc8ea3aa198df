import type {Node, Pod} from '../objects.ts'
import {labelOf} from './domains.ts'
import {bearsOf, missOf} from './fit.ts'
import {isNodeByNode} from './guards.ts'
import type {How} from './holdings.ts'
import {openNodes} from './open-nodes.ts'
import {reachOf} from './reach.ts'
import {type Spread, spreadsOf} from './spread.ts'
import type {Stage} from './stage.ts'
import {isCertain, type Standing} from './standing.ts'

/** Whether some node takes the Pod wherever those are of whom nobody can tell; `takers` are those that might. */
export function isSurelyTaken(pod: Pod, takers: readonly string[], stage: Stage): boolean {
  const reach = reachOf(pod, stage.relations)
  if (!reach) return false
  const spreads = spreadsOf(pod, stage)
  const {nodes} = openNodes(pod, reach, stage)
  const {anywhere, wide} = stage.unsettled
  if (anywhere > 0 && (wide > 0 || !isNodeByNode(pod))) return false
  // in most clusters the first node that is asked has room for all of them
  if (anywhere === 0)
    return (
      isTakenBySome(nodes, pod, spreads, stage, 'possible', 0) ||
      (spreads.length === 0 && areTooFew(pod, takers, stage))
    )
  return (
    isTakenBySome(nodes, pod, spreads, stage, 'certain', stage.unsettled.count) ||
    isTakenBySome(nodes, pod, spreads, stage, 'possible', anywhere)
  )
}

/** Each of them closes one node at most, and there are more nodes than that. */
function areTooFew(pod: Pod, takers: readonly string[], stage: Stage): boolean {
  if (!isNodeByNode(pod)) return false
  const unsure = new Set<Standing>()
  for (const name of takers)
    for (const each of stage.comeTo.get(name) ?? []) {
      if (isCertain(each)) continue
      if (!isNodeByNode(each.pod) || unsure.add(each).size >= takers.length) return false
    }
  return takers.length > unsure.size
}

/**
 * One node takes it in any case, or one of a few of which it is not known which; or so many that no more than `others`, who may be
 * on any of them, can't close them all.
 */
function isTakenBySome(
  open: readonly Node[],
  pod: Pod,
  spreads: readonly Spread[],
  stage: Stage,
  how: How,
  others: number,
): boolean {
  const missing = missOf(pod, [], stage, how)
  const bears = others > 0 ? bearsOf(pod, stage, how) : () => 1
  const covers = spreads.map(() => new Set<string>())
  const borne = new Map<string, number>()
  for (const node of open) {
    const unsure = spreads.flatMap(({isSure}, index) => (isSure(node) ? [] : [index]))
    const [index = -1] = unsure
    const [spread, cover] = [spreads[index], covers[index]]
    const zone = spread ? labelOf(node, spread.rule.topologyKey) : ''
    const isSeen = zone !== undefined && cover?.has(zone)
    if (unsure.length > 1 || zone === undefined || isSeen || missing(node)) continue
    const key = `${index} ${zone}`
    const sum = (borne.get(key) ?? 0) + bears(node)
    borne.set(key, sum)
    if (sum <= others) continue
    if (!spread) return true
    if (cover && spread.isCovered(cover.add(zone))) return true
  }
  return false
}
