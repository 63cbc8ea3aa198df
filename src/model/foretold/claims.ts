import {ephemeralClaimName, mountedClaims} from '../mounted-claims.ts'
import {controllerUid, nameOf, namespaceOf, type PersistentVolumeClaim, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'

/** Claims that a Pod mounts: those that there are, and those that are made with it. */
export function claimsOf(pod: Pod, relations: Relations): readonly PersistentVolumeClaim[] {
  return mountedClaims(pod).flatMap(
    (name) => relations.claim(namespaceOf(pod), name) ?? claimToBe(name, pod, relations) ?? [],
  )
}

/** As the StatefulSet controller makes it of a template, or the ephemeral volume controller of a volume. */
function claimToBe(name: string, pod: Pod, relations: Relations): PersistentVolumeClaim | undefined {
  const templates = relations.statefulSetWith(controllerUid(pod))?.spec?.volumeClaimTemplates ?? []
  const ofSet = templates.find((template) => `${nameOf(template)}-${nameOf(pod)}` === name)?.spec
  const ofVolume = pod.spec?.volumes?.find((volume) => ephemeralClaimName(pod, volume.name) === name)
  const spec = ofSet ?? ofVolume?.ephemeral?.volumeClaimTemplate?.spec
  return spec && {metadata: {name, namespace: namespaceOf(pod)}, spec}
}
