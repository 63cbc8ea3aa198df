import {nameOf, type Pod} from './objects.ts'

/** Name of the claim of a generic ephemeral volume (component-helpers ephemeral.VolumeClaimName). */
export function ephemeralClaimName(pod: Pod, volume: string): string {
  return `${nameOf(pod)}-${volume}`
}

/** Names of the claims that a Pod mounts, in the order of its volumes. */
export function mountedClaims(pod: Pod): readonly string[] {
  return (pod.spec?.volumes ?? []).flatMap((volume) => {
    const claimName = volume.persistentVolumeClaim?.claimName
    if (claimName) return [claimName]
    return volume.ephemeral ? [ephemeralClaimName(pod, volume.name)] : []
  })
}
