import {wishesOf} from './foretold/wishes.ts'
import type {Node, PodTemplate} from './objects.ts'
import {quantity} from './quantity.ts'

/** What one Pod of a template requests of a node, by resource. */
export function requestsOf(template: PodTemplate | undefined): ReturnType<typeof wishesOf> {
  return wishesOf({spec: {containers: [], ...template?.spec}})
}

/**
 * Whether the node would have room for it if nothing else ran there. What a node does not count it has enough of; extended
 * resources it then has none of, as in NodeResourcesFit (1.37).
 */
export function couldHold({status}: Node, requests: ReturnType<typeof wishesOf>): boolean {
  return requests.every(([resource, amount]) => {
    const all = quantity(status?.allocatable?.[resource])
    return all === undefined ? !resource.includes('/') : amount <= all
  })
}
