import {type LookUps, lookUpsIn} from './look-ups.ts'
import {
  controllerUid,
  type Event,
  type KubernetesObject,
  keyOf,
  type Node,
  nameOf,
  namespaceOf,
  objectKey,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  type Service,
  type StorageClass,
  type VolumeAttachment,
} from './objects.ts'
import type {ClusterSnapshot, ResourceKey} from './snapshot.ts'

/** Who owns, mounts and binds what in one snapshot. Look-ups answer undefined, or an empty list, for nobody. */
export interface Relations {
  readonly snapshot: ClusterSnapshot
  readonly sees: (key: ResourceKey) => boolean
  /** Whether absence of a Pod of that set says something. */
  readonly seesPodsOf: (set: KubernetesObject) => boolean
  readonly pod: (namespace: string, name: string) => Pod | undefined
  readonly podsOf: (ownerUid: string | undefined) => readonly Pod[]
  /** Sorted by name. */
  readonly podsMounting: (claim: PersistentVolumeClaim) => readonly Pod[]
  readonly claim: (namespace: string, name: string) => PersistentVolumeClaim | undefined
  /** Claims called `<anything>-<set>-<digits>`: those that an ordinal of the set might have. */
  readonly claimsNamedFor: (namespace: string, set: string) => readonly PersistentVolumeClaim[]
  readonly volume: (name: string) => PersistentVolume | undefined
  /** Volumes that are kept for such a claim, whether or not it still exists. */
  readonly volumesNamedFor: (namespace: string, set: string) => readonly PersistentVolume[]
  readonly attachmentsOf: (volume: string) => readonly VolumeAttachment[]
  readonly node: (name: string) => Node | undefined
  readonly storageClass: (name: string) => StorageClass | undefined
  readonly service: (namespace: string, name: string) => Service | undefined
  readonly eventsOf: (kind: string, namespace: string, name: string) => readonly Event[]
  /** What `find` answers about that object, worked out once for these relations; `what` names the question. */
  readonly once: LookUps['once']
}

/** Relations of a snapshot. */
export type Relate = (snapshot: ClusterSnapshot) => Relations

/** Index a snapshot once, so that every later question is a look-up. */
export function relate(snapshot: ClusterSnapshot, lookUps: LookUps = lookUpsIn(snapshot)): Relations {
  const {index, groups} = lookUps
  const pods = index('pods', snapshot.pods, keyOf)
  const owned = groups('owned', snapshot.pods, (pod) => [controllerUid(pod)].filter(isThere))
  const mounting = groups('mounting', snapshot.pods, (pod) =>
    mountedClaims(pod).map((name) => keyIn(pod, name)),
  )
  const claims = index('claims', snapshot.persistentVolumeClaims, keyOf)
  const claimsByOwnerName = groups('claimsByOwnerName', snapshot.persistentVolumeClaims, (claim) =>
    possibleSets(namespaceOf(claim), nameOf(claim)),
  )
  const volumesByOwnerName = groups('volumesByOwnerName', snapshot.persistentVolumes, ({spec}) =>
    possibleSets(spec?.claimRef?.namespace ?? '', spec?.claimRef?.name ?? ''),
  )
  const volumes = index('volumes', snapshot.persistentVolumes, nameOf)
  const attachments = groups('attachments', snapshot.volumeAttachments, ({spec}) =>
    [spec?.source?.persistentVolumeName].filter(isThere),
  )
  const nodes = index('nodes', snapshot.nodes, nameOf)
  const classes = index('classes', snapshot.storageClasses, nameOf)
  const services = index('services', snapshot.services, keyOf)
  const events = groups('events', snapshot.events, ({involvedObject}) => [eventKey(involvedObject)])
  return {
    snapshot: lookUps.snapshot,
    sees: lookUps.sees,
    seesPodsOf: ({metadata}) => lookUps.seesPodsOf(metadata?.uid),
    pod: (namespace, name) => pods.get(objectKey(namespace, name)),
    podsOf: (uid) => (uid === undefined ? [] : (owned.get(uid) ?? [])),
    podsMounting: (claim) => (mounting.get(keyOf(claim)) ?? []).toSorted(byName),
    claim: (namespace, name) => claims.get(objectKey(namespace, name)),
    claimsNamedFor: (namespace, set) => claimsByOwnerName.get(objectKey(namespace, set)) ?? [],
    volume: (name) => volumes.get(name),
    volumesNamedFor: (namespace, set) => volumesByOwnerName.get(objectKey(namespace, set)) ?? [],
    attachmentsOf: (volume) => attachments.get(volume) ?? [],
    node: (name) => nodes.get(name),
    storageClass: (name) => classes.get(name),
    service: (namespace, name) => services.get(objectKey(namespace, name)),
    eventsOf: (kind, namespace, name) => events.get(eventKey({kind, namespace, name})) ?? [],
    once: lookUps.once,
  }
}

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

function byName(left: KubernetesObject, right: KubernetesObject): number {
  return nameOf(left) < nameOf(right) ? -1 : 1
}

/** `data-a-web-0` may be a claim of the sets `a-web` and `web`: names alone do not tell where the template ends. */
function possibleSets(namespace: string, claim: string): readonly string[] {
  const parts = claim.split('-')
  if (!/^\d+$/.test(parts.at(-1) ?? '')) return []
  return parts.slice(1, -1).map((_, index) => objectKey(namespace, parts.slice(index + 1, -1).join('-')))
}

function keyIn(object: KubernetesObject, name: string): string {
  return objectKey(namespaceOf(object), name)
}

function eventKey(object: {kind?: string; namespace?: string; name?: string} | undefined): string {
  return `${object?.kind}/${object?.namespace ?? ''}/${object?.name}`
}

function isThere(key: string | undefined): key is string {
  return key !== undefined
}
