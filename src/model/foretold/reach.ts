import {isBindCompleted, SELECTED_NODE} from '../claim.ts'
import {mountedClaims} from '../mounted-claims.ts'
import {
  type Node,
  nameOf,
  namespaceOf,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {reaches} from '../volume.ts'
import {claimsOf, classNameOf} from './claims.ts'

/** Where the claims of a Pod let it go. */
export interface Reach {
  /** Those that it is bound to. */
  readonly volumes: readonly PersistentVolume[]
  readonly selected: readonly string[]
  /** Claims without a volume find one there, as far as is known. */
  readonly isInReach: (node: Node) => boolean
  /** The same text where claims without a volume have the same to choose from. */
  readonly key: string
}

/**
 * Undefined where one of its claims, the volume that a claim is bound to, or the class that one without a volume asks for was
 * not seen. A claim that is not there yet is made of its template, and binds the Pod by its class alone.
 */
export function reachOf(pod: Pod, relations: Relations): Reach | undefined {
  const names = mountedClaims(pod)
  const isThere = (name: string) => relations.claim(namespaceOf(pod), name) !== undefined
  if (!names.every(isThere) && !relations.sees('persistentVolumeClaims')) return undefined
  const claims = claimsOf(pod, relations)
  const bound = claims.filter(isBound)
  const volumes = bound.flatMap(({spec}) => relations.volume(spec?.volumeName ?? '') ?? [])
  if (volumes.length < bound.length) return undefined
  const loose = claims.filter((claim) => !isBound(claim))
  if (loose.some((claim) => !isClassSeen(claim, relations))) return undefined
  const choices = loose.map((claim) => prepared(claim, relations)).filter((few) => few !== undefined)
  const namesOf = (few: readonly PersistentVolume[]) => few.map(nameOf)
  return {
    volumes,
    key: JSON.stringify(choices.map(namesOf)),
    selected: [...new Set(loose.flatMap(({metadata}) => metadata?.annotations?.[SELECTED_NODE] ?? []))],
    isInReach: (node) => choices.every((few) => few.some((volume) => reaches(volume, node))),
  }
}

function isBound(claim: PersistentVolumeClaim): boolean {
  return Boolean(claim.spec?.volumeName) || isBindCompleted(claim)
}

function isClassSeen(claim: PersistentVolumeClaim, relations: Relations): boolean {
  const name = classNameOf(claim, relations)
  return name === '' || relations.storageClass(name) !== undefined || relations.sees('storageClasses')
}

const NO_PROVISIONER = 'kubernetes.io/no-provisioner'

/** Volumes that a claim could get where nobody makes any for it; undefined: somebody does, or nobody can say. */
function prepared(
  claim: PersistentVolumeClaim,
  relations: Relations,
): readonly PersistentVolume[] | undefined {
  const name = classNameOf(claim, relations)
  const storageClass = relations.storageClass(name)
  if (storageClass?.provisioner !== NO_PROVISIONER || !relations.sees('persistentVolumes')) return undefined
  const {persistentVolumes} = relations.snapshot
  const byClass = relations.once('volumes by class', persistentVolumes, () =>
    Map.groupBy(persistentVolumes, ({spec}) => spec?.storageClassName),
  )
  return (byClass.get(name) ?? []).filter(({spec, status}) =>
    spec?.claimRef ? isFor(claim, spec.claimRef) : status?.phase === 'Available',
  )
}

function isFor(claim: PersistentVolumeClaim, {namespace, name}: ClaimReference): boolean {
  return name === nameOf(claim) && namespace === namespaceOf(claim)
}

type ClaimReference = NonNullable<NonNullable<PersistentVolume['spec']>['claimRef']>
