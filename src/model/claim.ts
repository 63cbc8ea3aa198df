import type {PersistentVolume, PersistentVolumeClaim, StorageClass} from './objects.ts'
import {nameOf, namespaceOf} from './objects.ts'
import {quantity} from './quantity.ts'

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class'
const DEFAULT_CLASS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
] as const

const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed'

export const PVC_PROTECTION = 'kubernetes.io/pvc-protection'
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node'

/** The class of a claim or volume: the beta annotation first. `""` is explicitly none; undefined is not (yet) set. */
export function storageClassOf({
  metadata,
  spec,
}: PersistentVolumeClaim | PersistentVolume): string | undefined {
  return metadata?.annotations?.[CLASS_ANNOTATION] ?? spec?.storageClassName ?? undefined
}

/** `spec.resources.requests.storage`. */
export function requestOf(claim: PersistentVolumeClaim): string | undefined {
  return claim.spec?.resources?.requests?.storage
}

/** Its capacity, or what it requests while it has none. */
export function sizeOf(claim: PersistentVolumeClaim): string | undefined {
  return claim.status?.capacity?.storage ?? requestOf(claim)
}

/** Whether the cluster fills in this class where a claim names none. */
export function isDefaultClass(storageClass: StorageClass): boolean {
  return DEFAULT_CLASS.some((key) => storageClass.metadata?.annotations?.[key] === 'true')
}

/** Binding waits for a Pod; without the class (missing) binding counts as immediate, as upstream. */
export function waitsForConsumer(storageClass: StorageClass | undefined): boolean {
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer'
}

/**
 * The binder has written both sides of the binding: it names the volume and notes this in one update
 * (pv_controller.go bindClaimToVolume, 1.37), and only then sets the phase.
 */
export function isBindCompleted({metadata}: PersistentVolumeClaim): boolean {
  return metadata?.annotations?.[BIND_COMPLETED] !== undefined
}

/** Mirrors component-helpers IsVolumeBoundToClaim (1.37): a claimRef without UID was written by a person and fits. */
export function isReservedFor(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const ref = volume.spec?.claimRef
  if (ref?.name !== nameOf(claim) || ref.namespace !== namespaceOf(claim)) return false
  return !ref.uid || ref.uid === claim.metadata?.uid
}

/** The claim that a volume is kept for: `shop/data-web-0`. */
export function claimRefText({spec}: PersistentVolume): string {
  return `${spec?.claimRef?.namespace ?? ''}/${spec?.claimRef?.name ?? ''}`
}

/** Conditions of the claim that are `True`, by type: `Resizing`, `FileSystemResizePending`, … */
export function trueConditions(claim: PersistentVolumeClaim): ReadonlyMap<string, string> {
  const entries = (claim.status?.conditions ?? [])
    .filter(({status}) => status === 'True')
    .map(({type, message}): [string, string] => [type, message ?? ''])
  return new Map(entries)
}

/** It was asked to go: no Pod that comes from now on may mount it. */
export function isTerminatingClaim({metadata}: PersistentVolumeClaim): boolean {
  return metadata?.deletionTimestamp !== undefined
}

/** It asks for more than its volume has. */
export function isGrowing(claim: PersistentVolumeClaim): boolean {
  if (claim.status?.phase !== 'Bound' || claim.metadata?.deletionTimestamp) return false
  const [request, capacity] = [requestOf(claim), claim.status.capacity?.storage]
  if (request === capacity) return false
  const [wanted, has] = [quantity(request), quantity(capacity)]
  return wanted !== undefined && has !== undefined && wanted > has
}
