import {isOf} from '../../model/endpoints.ts'
import {type Identity, identityOf} from '../../model/identity.ts'
import type {Pod, StatefulSet} from '../../model/objects.ts'
import type {Ordinal} from '../../model/ordinals.ts'
import type {Relations} from '../../model/relations.ts'
import type {MappedIdentity} from './report.ts'

/** By which name an ordinal is found; null for one of which only claims are left. */
export function mapIdentity(set: StatefulSet, ordinal: Ordinal, relations: Relations): MappedIdentity | null {
  if (ordinal.state === 'leftover') return null
  const identity = identityOf(set, ordinal, relations)
  const {hostname, dnsName, service, endpoints, isPublished, reason} = identity
  const [endpoint] = endpoints.toSorted((left, right) => Number(right.isReady) - Number(left.isReady))
  return {
    hostname,
    dnsName: dnsName ?? null,
    published: isPublished ?? null,
    reason: reason ?? null,
    headless: service ? service.spec?.clusterIP === 'None' : null,
    publishNotReadyAddresses: service ? (service.spec?.publishNotReadyAddresses ?? false) : null,
    ready: endpoint?.isReady ?? null,
    serving: endpoint?.isServing ?? null,
    terminating: endpoint?.isTerminating ?? null,
    addresses: [...new Set(endpoints.flatMap(({addresses}) => addresses))],
    ofPod: leadsTo(identity, ordinal.pod),
  }
}

/** Whether all that stands under the name is that Pod; null where nothing stands there. */
function leadsTo({endpoints}: Identity, pod: Pod | undefined): boolean | null {
  if (endpoints.length === 0) return null
  return pod !== undefined && endpoints.every((endpoint) => isOf(endpoint, pod))
}
