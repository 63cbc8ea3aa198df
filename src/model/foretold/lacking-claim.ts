import {isBindCompleted, waitsForConsumer} from '../claim.ts'
import {mountedClaims} from '../mounted-claims.ts'
import {namespaceOf, type PersistentVolumeClaim, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {classNameOf} from '../storage-class.ts'
import {claimToBe, isPast} from './claims.ts'
import {preparedFor} from './prepared-volumes.ts'

/** A claim without which no node takes the Pod, and that nobody provides. */
export interface ClaimLack {
  readonly name: string
  readonly why:
    | 'Missing'
    | 'Terminating'
    /** Its volume is not there. */
    | 'Lost'
    /** It waits for no Pod, and there is no volume for it. */
    | 'Unbound'
}

/** Mirrors what the scheduler asks of claims before it looks at a node (podHasPVCs, VolumeBinding, 1.27 to 1.37). */
export function lackingClaim(pod: Pod, relations: Relations): ClaimLack | undefined {
  for (const name of mountedClaims(pod)) {
    const why = lackOf(name, pod, relations)
    if (why) return {name, why}
  }
  return undefined
}

function lackOf(name: string, pod: Pod, relations: Relations): ClaimLack['why'] | undefined {
  const claim = relations.claim(namespaceOf(pod), name)
  if (claim && !isPast(claim, pod)) return lackOfThere(claim, relations)
  if (claimToBe(name, pod, relations)) return undefined
  if (claim) return 'Terminating'
  return relations.sees('persistentVolumeClaims') ? 'Missing' : undefined
}

function lackOfThere(claim: PersistentVolumeClaim, relations: Relations): ClaimLack['why'] | undefined {
  if (isLost(claim, relations)) return 'Lost'
  return isUnbound(claim, relations) ? 'Unbound' : undefined
}

/** Binding does not wait for a Pod, and has not come to anything so far. */
function isUnbound(claim: PersistentVolumeClaim, relations: Relations): boolean {
  if (claim.spec?.volumeName || isBindCompleted(claim) || claim.status?.phase !== 'Pending') return false
  const storageClass = relations.storageClass(classNameOf(claim, relations))
  if (!storageClass && !relations.sees('storageClasses')) return false
  return !waitsForConsumer(storageClass) && preparedFor(claim, relations).length === 0
}

function isLost({spec, status}: PersistentVolumeClaim, relations: Relations): boolean {
  const name = spec?.volumeName
  const isGone = name !== undefined && !relations.volume(name) && relations.sees('persistentVolumes')
  return isGone || status?.phase === 'Lost'
}
