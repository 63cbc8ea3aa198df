import {isNodeByNode, termsOf} from './guards.ts'
import {isCertain, type Standing} from './standing.ts'
import {wishesOf} from './wishes.ts'

/** Pods of whom nobody can tell on which node they are. */
export interface Unsettled {
  count: number
  /** Of them, those that may be on more nodes than are named. */
  anywhere: number
  /** Of them, those that have something against others, or want to be with them, that is about more than nodes. */
  wide: number
  /** Of them, those that have anything against others. */
  apart: number
  /** Of each resource the most that one of them has ever requested. */
  readonly largest: Map<string, number>
}

export function noneUnsettled(): Unsettled {
  return {count: 0, anywhere: 0, wide: 0, apart: 0, largest: new Map()}
}

/** Somebody comes, or goes. */
export function recountUnsettled(unsettled: Unsettled, standing: Standing, by: 1 | -1): void {
  if (isCertain(standing) || standing.nodes.length === 0) return
  const {pod, isAnywhere} = standing
  unsettled.count += by
  if (isAnywhere) unsettled.anywhere += by
  if (!isNodeByNode(pod)) unsettled.wide += by
  if (termsOf(pod, 'podAntiAffinity').length > 0) unsettled.apart += by
  for (const [resource, amount] of wishesOf(pod))
    unsettled.largest.set(resource, Math.max(amount, unsettled.largest.get(resource) ?? 0))
}
