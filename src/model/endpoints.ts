import {type EndpointSlice, nameOf, namespaceOf, type Pod, type StatefulSet} from './objects.ts'
import type {Relations} from './relations.ts'

/** What a Service says of one name. */
export interface Endpoint {
  readonly addresses: readonly string[]
  /** Nil counts as true (discovery/v1); only what is ready is published. */
  readonly isReady: boolean
  readonly isServing: boolean | undefined
  readonly isTerminating: boolean | undefined
  /** UID of the Pod that it was made of; undefined where somebody wrote it by hand. */
  readonly uid: string | undefined
  /** Undefined: it has no name of its own. */
  readonly hostname: string | undefined
  /** EndpointSlice that it stands in. */
  readonly slice: string
}

interface Endpoints {
  readonly byName: ReadonlyMap<string, readonly Endpoint[]>
  readonly byUid: ReadonlyMap<string, readonly Endpoint[]>
  /** Who keeps each slice up to date, by its name. */
  readonly slices: Slices
}

export type Slices = ReadonlyMap<string, Keeper>

/** The EndpointSlice controller keeps what it made; what is mirrored follows an Endpoints object that somebody wrote. */
type Keeper = 'controller' | 'mirror' | 'nobody'

const KEEPERS: Readonly<Record<string, Keeper>> = {
  'endpointslice-controller.k8s.io': 'controller',
  'endpointslicemirroring-controller.k8s.io': 'mirror',
}

const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'

/** All endpoints of the Service that governs a set, by the names that they bear and by the Pods that they were made of. */
export function endpointsOf(set: StatefulSet, relations: Relations): Endpoints {
  return relations.once('endpointsOf', set, () =>
    grouped(relations.endpointSlicesOf(namespaceOf(set), set.spec?.serviceName ?? '')),
  )
}

function grouped(slices: readonly EndpointSlice[]): Endpoints {
  const all = slices.flatMap((slice) => (slice.endpoints ?? []).map((each) => endpoint(each, nameOf(slice))))
  return {
    byName: Map.groupBy(all, ({hostname}) => hostname ?? ''),
    byUid: Map.groupBy(all, ({uid}) => uid ?? ''),
    slices: new Map(slices.map((slice) => [nameOf(slice), keeperOf(slice)])),
  }
}

function keeperOf({metadata}: EndpointSlice): Keeper {
  const by = metadata?.labels?.[MANAGED_BY] ?? ''
  return (Object.hasOwn(KEEPERS, by) && KEEPERS[by]) || 'nobody'
}

function endpoint({addresses, conditions, hostname, targetRef}: Sent, slice: string): Endpoint {
  return {
    addresses: addresses ?? [],
    isReady: conditions?.ready ?? true,
    isServing: conditions?.serving,
    isTerminating: conditions?.terminating,
    uid: targetRef?.kind === 'Pod' ? targetRef.uid : undefined,
    hostname,
    slice,
  }
}

type Sent = NonNullable<EndpointSlice['endpoints']>[number]

/** Whether what stands there is that Pod as it is now. */
export function isOf({addresses, uid}: Endpoint, pod: Pod): boolean {
  const ip = pod.status?.podIP ?? ''
  if (uid !== undefined && uid !== pod.metadata?.uid) return false
  // a Pod has an address of each family, and slices of each: only the first one is known here
  const alike = addresses.filter((address) => isSix(address) === isSix(ip))
  return alike.length === 0 ? uid !== undefined : alike.includes(ip)
}

function isSix(address: string): boolean {
  return address.includes(':')
}
