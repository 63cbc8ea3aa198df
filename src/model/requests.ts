import type {Node, Pod} from './objects.ts'
import {isTerminal} from './pod.ts'
import {quantity} from './quantity.ts'

type Container = NonNullable<Pod['spec']>['containers'][number]

/**
 * What the scheduler takes a Pod to need of a resource, in the resource's own unit. Mirrors component-helpers PodRequests
 * (1.37): all containers and sidecars together, or the largest init container with the sidecars before it, and the
 * overhead; a request of the whole Pod stands for its containers. A Pod counts as one of `pods`.
 */
export function requestOfPod({spec}: Pod, resource: string): number {
  if (resource === 'pods') return 1
  const overhead = quantity(spec?.overhead?.[resource]) ?? 0
  const whole = quantity(spec?.resources?.requests?.[resource])
  return (whole ?? containersRequest(spec, resource)) + overhead
}

function containersRequest(spec: Pod['spec'], resource: string): number {
  const main = sum((spec?.containers ?? []).map((each) => requestOf(each, resource)))
  let [sidecars, largest] = [0, 0]
  for (const each of spec?.initContainers ?? []) {
    const own = requestOf(each, resource)
    if (each.restartPolicy === 'Always') sidecars += own
    largest = Math.max(largest, each.restartPolicy === 'Always' ? sidecars : sidecars + own)
  }
  return Math.max(main + sidecars, largest)
}

function requestOf({resources}: Container, resource: string): number {
  return quantity(resources?.requests?.[resource]) ?? 0
}

/** What the Pods of a node have been promised of a resource: those that have not finished. */
export function promisedOn(node: Node, resource: string, pods: readonly Pod[]): number {
  return sum(podsHolding(node, pods).map((pod) => requestOfPod(pod, resource)))
}

/** The Pods of a node that hold some of its room. */
export function podsHolding({metadata}: Node, pods: readonly Pod[]): readonly Pod[] {
  return pods.filter((pod) => pod.spec?.nodeName === metadata?.name && !isTerminal(pod))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

const BYTES = [
  ['Ti', 1024 ** 4],
  ['Gi', 1024 ** 3],
  ['Mi', 1024 ** 2],
  ['Ki', 1024],
] as const

/** As people write such amounts: `250m`, `1.5` for CPU, `512Mi` for what is counted in bytes. */
export function amountText(amount: number, resource: string): string {
  if (resource === 'cpu') return amount % 1 === 0 ? String(amount) : `${Math.round(amount * 1000)}m`
  if (!/memory|storage|hugepages/.test(resource)) return String(amount)
  const [unit, size] = BYTES.find((each) => Math.abs(amount) >= each[1]) ?? ['', 1]
  return `${Math.round((amount / size) * 10) / 10}${unit}`
}
