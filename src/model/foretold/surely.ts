import type {Node, Pod} from '../objects.ts'
import {labelOf} from './domains.ts'
import {missOf} from './fit.ts'
import {termsOf} from './guards.ts'
import {openNodes} from './open-nodes.ts'
import {reachOf} from './reach.ts'
import {type Spread, spreadsOf} from './spread.ts'
import type {Stage} from './stage.ts'
import {isCertain, type Standing} from './standing.ts'

const HOSTNAME = 'kubernetes.io/hostname'

/** Whether some node takes the Pod wherever those are of whom nobody can tell; `takers` are those that might. */
export function isSurelyTaken(pod: Pod, takers: readonly string[], stage: Stage): boolean {
  const reach = reachOf(pod, stage.relations)
  if (!reach) return false
  const spreads = spreadsOf(pod, stage)
  const {nodes} = openNodes(pod, reach, stage)
  // in most clusters the first node that is asked has room for all of them
  return isTakenByOne(nodes, pod, spreads, stage) || areTooFew(pod, takers, spreads, stage)
}

/** Each of them closes one node at most, and there are more nodes than that. */
function areTooFew(pod: Pod, takers: readonly string[], spreads: readonly Spread[], stage: Stage): boolean {
  if (spreads.length > 0 || !isNodeByNode(pod)) return false
  const unsure = new Set<Standing>()
  for (const name of takers)
    for (const each of stage.comeTo.get(name) ?? []) {
      if (isCertain(each)) continue
      if (!isNodeByNode(each.pod) || unsure.add(each).size >= takers.length) return false
    }
  return takers.length > unsure.size
}

/** What it has against others is about nodes, and about nothing larger. */
function isNodeByNode(pod: Pod): boolean {
  return (
    termsOf(pod, 'podAffinity').length === 0 &&
    termsOf(pod, 'podAntiAffinity').every(({topologyKey}) => topologyKey === HOSTNAME)
  )
}

/** One node takes it in any case, or one of a few of which it is not known which. */
function isTakenByOne(open: readonly Node[], pod: Pod, spreads: readonly Spread[], stage: Stage): boolean {
  const missing = missOf(pod, [], stage, 'possible')
  const covers = spreads.map(() => new Set<string>())
  for (const node of open) {
    const unsure = spreads.flatMap(({isSure}, index) => (isSure(node) ? [] : [index]))
    const [index = -1] = unsure
    const [spread, cover] = [spreads[index], covers[index]]
    const zone = spread && labelOf(node, spread.rule.topologyKey)
    const isSeen = zone !== undefined && cover?.has(zone)
    if (unsure.length > 1 || isSeen || missing(node)) continue
    if (!spread) return true
    if (zone !== undefined && cover && spread.isCovered(cover.add(zone))) return true
  }
  return false
}
