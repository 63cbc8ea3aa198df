import {isBindCompleted, SELECTED_NODE, storageClassOf} from '../claim.ts'
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
import {preparedFor} from './prepared-volumes.ts'

/** Where the claims of a Pod let it go. */
export interface Reach {
  /** Those that it is bound to. */
  readonly volumes: readonly PersistentVolume[]
  readonly selected: readonly string[]
  /** Claims without a volume find one there, as far as is known. */
  readonly isInReach: (node: Node) => boolean
  /** Claims for which nobody makes a volume, and the volumes that there are for them. */
  readonly scarce: readonly Pick<Choice, 'claim' | 'few'>[]
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
  if (loose.some((claim) => !isChoiceSeen(claim, relations))) return undefined
  const choices = loose.map((claim) => choiceOf(claim, relations)).filter((each) => each !== undefined)
  return {
    volumes,
    key: JSON.stringify(choices.map(({few, made}) => [few.map(nameOf), made && nameOf(made)])),
    scarce: choices.filter(({made}) => made === undefined),
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

/** Its class, and where that makes none the volumes. */
function isChoiceSeen(claim: PersistentVolumeClaim, relations: Relations): boolean {
  const name = classNameOf(claim, relations)
  const isClassSeen =
    storageClassOf(claim) === '' ||
    relations.storageClass(name) !== undefined ||
    relations.sees('storageClasses')
  return isClassSeen && (makerOf(claim, relations) !== undefined || relations.sees('persistentVolumes'))
}

const NO_PROVISIONER = 'kubernetes.io/no-provisioner'

/** What a claim could get: a volume that is there, or one that is made for it. */
interface Choice {
  readonly claim: PersistentVolumeClaim
  readonly few: readonly PersistentVolume[]
  readonly made: StorageClass | undefined
}

/** Undefined: one is made for it anywhere, or where it is made is all that is known. */
function choiceOf(claim: PersistentVolumeClaim, relations: Relations): Choice | undefined {
  const made = makerOf(claim, relations)
  if (made && (!made.allowedTopologies?.length || !relations.sees('persistentVolumes'))) return undefined
  return {claim, few: preparedFor(claim, relations), made}
}

/** The class by which a volume is made for the claim; without one it can only have a volume that is there. */
function makerOf(claim: PersistentVolumeClaim, relations: Relations): StorageClass | undefined {
  const storageClass = relations.storageClass(classNameOf(claim, relations))
  return storageClass?.provisioner === NO_PROVISIONER ? undefined : storageClass
}
