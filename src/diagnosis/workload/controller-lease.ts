import {type Lease, nameOf, namespaceOf} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {LEASE_SECONDS, secondsBetween} from '../patience.ts'

/**
 * Lease `kube-system/kube-controller-manager`; undefined where Leases were not read, and where there is none: a managed
 * control plane may keep it elsewhere, so that its absence proves nothing.
 */
export function controllerLease({snapshot}: Relations): Lease | undefined {
  return snapshot.leases.find(
    (lease) => namespaceOf(lease) === 'kube-system' && nameOf(lease) === 'kube-controller-manager',
  )
}

/** For how long nobody has renewed it; undefined while somebody does, and where nothing tells. */
export function silentSince(lease: Lease | undefined, now: string): string | undefined {
  const {renewTime, leaseDurationSeconds = 15} = lease?.spec ?? {}
  const isSilent = secondsBetween(renewTime, now) > Math.max(LEASE_SECONDS, 2 * leaseDurationSeconds)
  return isSilent ? renewTime : undefined
}
