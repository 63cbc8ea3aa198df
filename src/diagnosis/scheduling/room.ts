import type {Node, Pod} from '../../model/objects.ts'
import {quantity} from '../../model/quantity.ts'

/** A reason that is about room, with what the Pod asks for and what the node can give to all of its Pods. */
export interface Room {
  readonly text: string
  /** Even an empty node is too small; false where the numbers were not seen. */
  readonly isTooSmall: boolean
}

/** Numbers for `Insufficient cpu` and `Too many pods`, as far as the two objects tell them. */
export function roomOf(reason: string, pod: Pod, node: Node | undefined): Room {
  const resource =
    /^Insufficient (\S+)$/i.exec(reason)?.[1] ?? (/^Too many pods$/i.test(reason) ? 'pods' : '')
  const limit = node?.status?.allocatable?.[resource]
  const asked = requested(pod, resource)
  if (limit === undefined)
    return {text: `${reason}${asked ? ` (it asks for ${asked})` : ''}`, isTooSmall: false}
  if (resource === 'pods') return {text: `${reason} (the node takes ${limit})`, isTooSmall: false}
  if (asked === undefined) return {text: `${reason} (the node has ${limit} in all)`, isTooSmall: false}
  const isTooSmall = (quantity(asked) ?? 0) > (quantity(limit) ?? Number.POSITIVE_INFINITY)
  return {text: `${reason} (it asks for ${asked}, the node has ${limit} in all)`, isTooSmall}
}

/**
 * What the Pod asks for, where one container alone asks for it: sums, overhead and Pod-level requests are the
 * scheduler's business, and a number that is not quite right helps nobody.
 */
function requested(pod: Pod, resource: string): string | undefined {
  const {containers, initContainers, resources, overhead} = pod.spec ?? {}
  if (resources || overhead) return undefined
  const asking = [...(containers ?? []), ...(initContainers ?? [])]
    .map((container) => container.resources?.requests?.[resource])
    .filter((request) => request !== undefined)
  return asking.length === 1 ? asking[0] : undefined
}
