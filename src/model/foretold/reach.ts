import {isBindCompleted, SELECTED_NODE} from '../claim.ts'
import {mountedClaims} from '../mounted-claims.ts'
import {
  type Node,
  nameOf,
  namespaceOf,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  type StorageClass,
} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {classNameOf, isMadeFor} from '../storage-class.ts'
import {reaches} from '../volume.ts'
import {claimsOf} from './claims.ts'

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
  const choices = loose.map((claim) => choiceOf(claim, relations)).filter((each) => each !== undefined)
  return {
    volumes,
    key: JSON.stringify(choices.map(({few, made}) => [few.map(nameOf), made && nameOf(made)])),
    selected: [...new Set(loose.flatMap(({metadata}) => metadata?.annotations?.[SELECTED_NODE] ?? []))],
    isInReach: (node) =>
      choices.every(
        ({few, made}) => few.some((volume) => reaches(volume, node)) || (made && isMadeFor(made, node)),
      ),
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

/** What a claim could get: a volume that is there, or one that is made for it. */
interface Choice {
  readonly few: readonly PersistentVolume[]
  readonly made: StorageClass | undefined
}

/** Undefined: it may get one anywhere, or nobody can say. */
function choiceOf(claim: PersistentVolumeClaim, relations: Relations): Choice | undefined {
  const storageClass = relations.storageClass(classNameOf(claim, relations))
  const isMade = storageClass !== undefined && storageClass.provisioner !== NO_PROVISIONER
  if (isMade && !storageClass.allowedTopologies?.length) return undefined
  if (!storageClass || !relations.sees('persistentVolumes')) return undefined
  return {few: preparedFor(claim, relations), made: isMade ? storageClass : undefined}
}

function preparedFor(claim: PersistentVolumeClaim, relations: Relations): readonly PersistentVolume[] {
  const {persistentVolumes} = relations.snapshot
  const byClass = relations.once('volumes by class', persistentVolumes, () =>
    Map.groupBy(persistentVolumes, ({spec}) => spec?.storageClassName),
  )
  return (byClass.get(classNameOf(claim, relations)) ?? []).filter(({spec, status}) =>
    spec?.claimRef ? isFor(claim, spec.claimRef) : status?.phase === 'Available',
  )
}

function isFor(claim: PersistentVolumeClaim, {namespace, name}: ClaimReference): boolean {
  return name === nameOf(claim) && namespace === namespaceOf(claim)
}

type ClaimReference = NonNullable<NonNullable<PersistentVolume['spec']>['claimRef']>
