import {isTerminatingClaim} from '../claim.ts'
import {ephemeralClaimName, mountedClaims} from '../mounted-claims.ts'
import {controllerUid, nameOf, namespaceOf, type PersistentVolumeClaim, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'

/** Claims that a Pod mounts: those that there are, and those that are made with it. */
export function claimsOf(pod: Pod, relations: Relations): readonly PersistentVolumeClaim[] {
  const ephemeral = new Set(
    (pod.spec?.volumes ?? []).flatMap((each) => (each.ephemeral ? [ephemeralClaimName(pod, each.name)] : [])),
  )
  return mountedClaims(pod).flatMap((name) => {
    const there = relations.claim(namespaceOf(pod), name)
    const isOwn = there && !isPast(there, pod) && !(ephemeral.has(name) && isOfOther(there, pod))
    return isOwn ? there : (claimToBe(name, pod, relations) ?? [])
  })
}

/** It is being deleted, and the Pod, which is on no node yet, can only have the one that is made after it. */
export function isPast(claim: PersistentVolumeClaim, {spec}: Pod): boolean {
  return isTerminatingClaim(claim) && !spec?.nodeName
}

/** It was made for the Pod that had the name before, and goes with that one. */
function isOfOther({metadata}: PersistentVolumeClaim, pod: Pod): boolean {
  const owners = metadata?.ownerReferences ?? []
  return owners.length > 0 && owners.every(({uid}) => uid !== pod.metadata?.uid)
}

/** As the StatefulSet controller makes it of a template, or the ephemeral volume controller of a volume. */
export function claimToBe(name: string, pod: Pod, relations: Relations): PersistentVolumeClaim | undefined {
  const templates = relations.statefulSetWith(controllerUid(pod))?.spec?.volumeClaimTemplates ?? []
  const ofSet = templates.find((template) => `${nameOf(template)}-${nameOf(pod)}` === name)?.spec
  const ofVolume = pod.spec?.volumes?.find((volume) => ephemeralClaimName(pod, volume.name) === name)
  const spec = ofSet ?? ofVolume?.ephemeral?.volumeClaimTemplate?.spec
  return spec && {metadata: {name, namespace: namespaceOf(pod)}, spec}
}
