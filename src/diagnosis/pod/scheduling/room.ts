import {type Node, nameOf, namespaceOf, type Pod} from '../../../model/objects.ts'
import {quantity} from '../../../model/quantity.ts'
import {amountText, podsHolding, promisedOn, requestOfPod} from '../../../model/requests.ts'
import type {CauseId} from '../../order.ts'

/** Of a reason that is about room: what the Pod requests, and what the node can give to all of its Pods. */
export interface Room {
  /** `4 requested, 2 of 8 free`; empty where nothing is known. */
  readonly numbers: string
  /** Even an empty node is too small; false where the numbers were not seen. */
  readonly isTooSmall: boolean
  /** Who has the room that the Pod can't get by its priority: the largest first. */
  readonly holders: readonly string[]
}

/** What the scheduler says for want of room is about this resource; undefined for another reason. */
export function resourceIn(reason: string): string | undefined {
  return /^Insufficient (\S+)$/i.exec(reason)?.[1] ?? (/^Too many pods$/i.test(reason) ? 'pods' : undefined)
}

/** What else is on the node matters, and has to be read. */
export function isAboutRoom(id: CauseId | undefined): boolean {
  return id !== undefined && /^sched-(insufficient-|too-many-pods|host-port)/.test(id)
}

/** Numbers for `Insufficient cpu` and `Too many pods`, as far as the objects tell them; `pods`: all that were seen. */
export function roomOf(reason: string, pod: Pod, node: Node | undefined, pods: readonly Pod[] = []): Room {
  const resource = resourceIn(reason)
  const requested = resource === undefined ? 0 : requestOfPod(pod, resource)
  const total = quantity(node?.status?.allocatable?.[resource ?? ''])
  if (resource === undefined) return {numbers: '', isTooSmall: false, holders: []}
  const wish = resource !== 'pods' && requested > 0 ? `${amountText(requested, resource)} requested` : ''
  if (!node || total === undefined) return {numbers: wish, isTooSmall: false, holders: []}
  const free = total - promisedOn(node, resource, pods)
  // of those that were read others fit: not all of them were
  const isTooSmall = resource !== 'pods' && requested > total
  const isWhole = requested > free && !isTooSmall
  const all = amountText(total, resource)
  return {
    numbers: [wish, isWhole ? freeText(resource, free, all) : `${all} in all`].filter(Boolean).join(', '),
    isTooSmall,
    holders: isWhole ? holdersOf(resource, pod, podsHolding(node, pods)) : [],
  }
}

function freeText(resource: string, free: number, all: string): string {
  if (resource === 'pods') return `${all} of ${all}`
  return `${amountText(Math.max(free, 0), resource)} of ${all} free`
}

const FEW = 3

/** A Pod pushes out none whose priority is at least its own. */
function holdersOf(resource: string, pod: Pod, others: readonly Pod[]): readonly string[] {
  const own = pod.spec?.priority ?? 0
  const above = others.filter(({spec}) => (spec?.priority ?? 0) >= own)
  if (resource === 'pods')
    return [`${above.length} of its ${others.length} Pods are of the same or a higher priority`]
  const largest = above
    .map((each) => ({each, amount: requestOfPod(each, resource)}))
    .filter(({amount}) => amount > 0)
    .toSorted((left, right) => right.amount - left.amount)
    .slice(0, FEW)
    .map(({each, amount}) => `${namespaceOf(each)}/${nameOf(each)} (${amountText(amount, resource)})`)
  return largest.length > 0
    ? [`most of it is held, at the same or a higher priority, by ${largest.join(', ')}`]
    : []
}
