import {type Endpoint, endpointsOf} from './endpoints.ts'
import {hasLabels} from './labels.ts'
import {namespaceOf, type Pod, type Service, type StatefulSet} from './objects.ts'
import type {Ordinal} from './ordinals.ts'
import {isReady, isTerminal, isTerminating} from './pod.ts'
import type {Relations} from './relations.ts'
import {podName} from './stateful-set.ts'

/** Why the name of an ordinal is not published; the first that applies. */
export type Unpublished =
  | 'NoServiceName'
  | 'NoService'
  /** It is an alias of a name elsewhere, and has no endpoints. */
  | 'ExternalName'
  | 'NoPod'
  /** The Pod's hostname is another, or its subdomain is not the Service: it was not created for it. */
  | 'OtherName'
  | 'NotSelected'
  | 'Finished'
  | 'NoAddress'
  | 'Terminating'
  | 'NotReady'
  /** Nothing stands in its way, and yet no EndpointSlice has it. */
  | 'NotListed'

/** By which name an ordinal is found, and what its governing Service makes of that. */
export interface Identity {
  /** That its Pod has, or would be given. */
  readonly hostname: string
  /** Up to `.svc`: what comes after that no object of the API tells. Undefined without a Service to name. */
  readonly dnsName: string | undefined
  readonly service: Service | undefined
  /** Those that bear the name, in all slices of the Service. */
  readonly endpoints: readonly Endpoint[]
  /** Undefined where that was not seen. */
  readonly isPublished: boolean | undefined
  readonly reason: Unpublished | undefined
}

/** Name and publication of one ordinal. */
export function identityOf(set: StatefulSet, ordinal: Ordinal, relations: Relations): Identity {
  const name = set.spec?.serviceName
  const namespace = namespaceOf(set)
  const hostname = podName(set, ordinal.ordinal)
  const service = name ? relations.service(namespace, name) : undefined
  const endpoints = endpointsOf(set, relations).byName.get(hostname) ?? []
  const isPublished = publication(set, service, endpoints, relations)
  const why = () => reasonOf(set, service, ordinal, hostname, relations)
  return {
    hostname,
    dnsName: name ? `${hostname}.${name}.${namespace}.svc` : undefined,
    service,
    endpoints,
    isPublished,
    reason: isPublished ? undefined : why(),
  }
}

/**
 * Of what the DNS serves: the ready endpoints of that name, if the Service is there (CoreDNS plugin/kubernetes
 * findServices; kube-dns the same for headless ones alone).
 */
function publication(
  set: StatefulSet,
  service: Service | undefined,
  endpoints: readonly Endpoint[],
  {sees}: Relations,
): boolean | undefined {
  if (!set.spec?.serviceName) return false
  if (!service) return sees('services') ? false : undefined
  if (!sees('endpointSlices')) return undefined
  return service.spec?.type !== 'ExternalName' && endpoints.some((endpoint) => endpoint.isReady)
}

function reasonOf(
  set: StatefulSet,
  service: Service | undefined,
  {pod}: Ordinal,
  hostname: string,
  relations: Relations,
): Unpublished | undefined {
  const name = set.spec?.serviceName
  if (!name) return 'NoServiceName'
  if (!service) return relations.sees('services') ? 'NoService' : undefined
  if (service.spec?.type === 'ExternalName') return 'ExternalName'
  if (!pod) return relations.seesPodsOf(set) ? 'NoPod' : undefined
  if (isOtherName(pod, hostname, name)) return 'OtherName'
  return leftOut(pod, service) ?? (relations.sees('endpointSlices') ? 'NotListed' : undefined)
}

function isOtherName({spec}: Pod, hostname: string, service: string): boolean {
  return spec?.hostname !== hostname || spec.subdomain !== service
}

/** Why the EndpointSlice controller leaves a Pod out, or says that it is not ready (endpointslice.podToEndpoint, 1.37). */
function leftOut(pod: Pod, {spec}: Service): Unpublished | undefined {
  const selector = spec?.selector ?? {}
  if (Object.keys(selector).length > 0 && !hasLabels(pod.metadata?.labels, selector)) return 'NotSelected'
  if (isTerminal(pod)) return 'Finished'
  if (!pod.status?.podIP) return 'NoAddress'
  if (spec?.publishNotReadyAddresses) return undefined
  if (isTerminating(pod)) return 'Terminating'
  return isReady(pod) ? undefined : 'NotReady'
}
