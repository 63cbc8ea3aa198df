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
import {type ClusterSnapshot, isSeen, type ResourceKey, seesPodsOf} from './snapshot.ts'

/** Who owns, mounts and binds what in one snapshot. Look-ups answer undefined, or an empty list, for nobody. */
export interface Relations {
  readonly snapshot: ClusterSnapshot
  /** Whether absence of an object of the kind says something; with a name, absence of that one. */
  readonly sees: (key: ResourceKey, name?: string) => boolean
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
  readonly once: <T>(what: string, of: object, find: () => T) => T
}

/** Index a snapshot once, so that every later question is a look-up. */
export function relate(snapshot: ClusterSnapshot): Relations {
  const pods = index(snapshot.pods, keyOf)
  const owned = group(snapshot.pods, controllerUid)
  const mounting = groupMany(snapshot.pods, (pod) => mountedClaims(pod).map((name) => keyIn(pod, name)))
  const claims = index(snapshot.persistentVolumeClaims, keyOf)
  const claimsByOwnerName = groupMany(snapshot.persistentVolumeClaims, (claim) =>
    possibleSets(namespaceOf(claim), nameOf(claim)),
  )
  const volumesByOwnerName = groupMany(snapshot.persistentVolumes, ({spec}) =>
    possibleSets(spec?.claimRef?.namespace ?? '', spec?.claimRef?.name ?? ''),
  )
  const volumes = index(snapshot.persistentVolumes, nameOf)
  const attachments = group(
    snapshot.volumeAttachments,
    (attachment) => attachment.spec?.source?.persistentVolumeName,
  )
  const nodes = index(snapshot.nodes, nameOf)
  const classes = index(snapshot.storageClasses, nameOf)
  const services = index(snapshot.services, keyOf)
  const events = group(snapshot.events, ({involvedObject}) => eventKey(involvedObject))
  return {
    snapshot,
    sees: (key, name) => isSeen(snapshot, key, name),
    seesPodsOf: ({metadata}) => seesPodsOf(snapshot, metadata?.uid),
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
    once: memory(),
  }
}

/** Remembers answers by question and object, for as long as the relations live. */
function memory(): Relations['once'] {
  const answers = new Map<string, WeakMap<object, unknown>>()
  return <T>(what: string, of: object, find: () => T): T => {
    const known = answers.get(what) ?? new WeakMap<object, unknown>()
    answers.set(what, known)
    if (!known.has(of)) known.set(of, find())
    return known.get(of) as T
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

function index<T>(objects: readonly T[], key: (object: T) => string): ReadonlyMap<string, T> {
  return new Map(objects.map((object) => [key(object), object]))
}

function group<T>(
  objects: readonly T[],
  key: (object: T) => string | undefined,
): ReadonlyMap<string, readonly T[]> {
  return groupMany(objects, (object) => [key(object)].filter((each) => each !== undefined))
}

function groupMany<T>(
  objects: readonly T[],
  keys: (object: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const object of objects) {
    for (const key of keys(object)) {
      const members = groups.get(key)
      if (members) members.push(object)
      else groups.set(key, [object])
    }
  }
  return groups
}
