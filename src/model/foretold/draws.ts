import {nameOf, namespaceOf, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {reachOf} from './reach.ts'

/** A claim that can only have one of a few volumes: those that `key` names. */
interface Draw {
  readonly key: string
  readonly claim: string
  readonly count: number
}

/** By the volumes from which they draw, the claims of Pods that have come, and how many of these mount each. */
export type Draws = Map<string, Map<string, number>>

/** Somebody comes, or goes. */
export function recountDraws(draws: Draws, pod: Pod, by: 1 | -1, relations: Relations): void {
  for (const {key, claim} of drawsOf(pod, relations)) {
    const drawing = draws.get(key) ?? new Map<string, number>()
    const users = (drawing.get(claim) ?? 0) + by
    if (users > 0) drawing.set(claim, users)
    else drawing.delete(claim)
    draws.set(key, drawing)
  }
}

/** With those who have come there are more claims than volumes: one of them gets none, and which is chance. */
export function areDrawsTooMany(pod: Pod, draws: Draws, relations: Relations): boolean {
  return [...Map.groupBy(drawsOf(pod, relations), ({key}) => key)].some(([key, own]) => {
    const drawing = draws.get(key) ?? new Map<string, number>()
    const others = own.filter(({claim}) => !drawing.has(claim)).length
    return drawing.size + others > (own[0]?.count ?? 0)
  })
}

/** The Pod alone wants more of them than there are. */
export function isDrawingInVain(pod: Pod, relations: Relations): boolean {
  return areDrawsTooMany(pod, new Map(), relations)
}

function drawsOf(pod: Pod, relations: Relations): readonly Draw[] {
  return relations.once('draws', pod, () =>
    (reachOf(pod, relations)?.scarce ?? []).map(({claim, few}) => ({
      key: JSON.stringify(few.map(nameOf)),
      claim: `${namespaceOf(claim)}/${nameOf(claim)}`,
      count: few.length,
    })),
  )
}
