import {type LookUps, lookUpsIn} from './look-ups.ts'
import {mountedClaims} from './mounted-claims.ts'
import {
  type ControllerRevision,
  controllerOf,
  controllerUid,
  type DaemonSet,
  type EndpointSlice,
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
  type StatefulSet,
  type StorageClass,
  type VolumeAttachment,
} from './objects.ts'
import {possibleSets} from './possible-sets.ts'
import {byName, claimKey, eventKey, keyIn, labelKey, labelKeys, one, serviceKey} from './relation-keys.ts'
import type {ClusterSnapshot, ResourceKey} from './snapshot.ts'

/** Who owns, mounts and binds what in one snapshot. Look-ups answer undefined, or an empty list, for nobody. */
export interface Relations {
  readonly snapshot: ClusterSnapshot
  /** Whether absence of an object of the kind says something; with a name, absence of that one. */
  readonly sees: (key: ResourceKey, name?: string) => boolean
  /** Whether absence of a Pod of that set says something. */
  readonly seesPodsOf: (set: KubernetesObject) => boolean
  readonly statefulSet: (namespace: string, name: string) => StatefulSet | undefined
  readonly daemonSet: (namespace: string, name: string) => DaemonSet | undefined
  readonly statefulSetWith: (uid: string | undefined) => StatefulSet | undefined
  readonly daemonSetWith: (uid: string | undefined) => DaemonSet | undefined
  /** Those that the set with that UID controls. */
  readonly revisionsOf: (ownerUid: string | undefined) => readonly ControllerRevision[]
  readonly pod: (namespace: string, name: string) => Pod | undefined
  readonly podWith: (uid: string) => Pod | undefined
  readonly podsOf: (ownerUid: string | undefined) => readonly Pod[]
  /** Bound to that node, finished or not. */
  readonly podsOn: (node: string) => readonly Pod[]
  /** Pods of that namespace whose label has that value. */
  readonly podsWith: (namespace: string, label: string, value: string) => readonly Pod[]
  /** Pods of that namespace which nobody controls. */
  readonly orphansIn: (namespace: string) => readonly Pod[]
  /** Sorted by name. */
  readonly podsMounting: (claim: PersistentVolumeClaim) => readonly Pod[]
  readonly claim: (namespace: string, name: string) => PersistentVolumeClaim | undefined
  /** Claims called `<anything>-<set>-<digits>`: those that an ordinal of the set might have. */
  readonly claimsNamedFor: (namespace: string, set: string) => readonly PersistentVolumeClaim[]
  readonly volume: (name: string) => PersistentVolume | undefined
  /** Volumes whose claimRef has that name. */
  readonly volumesKeptFor: (namespace: string, claim: string) => readonly PersistentVolume[]
  /** Volumes that are kept for such a claim, whether or not it still exists. */
  readonly volumesNamedFor: (namespace: string, set: string) => readonly PersistentVolume[]
  readonly attachmentsOf: (volume: string) => readonly VolumeAttachment[]
  readonly node: (name: string) => Node | undefined
  readonly nodesWith: (label: string, value: string) => readonly Node[]
  readonly storageClass: (name: string) => StorageClass | undefined
  readonly service: (namespace: string, name: string) => Service | undefined
  /** What that Service publishes. */
  readonly endpointSlicesOf: (namespace: string, service: string) => readonly EndpointSlice[]
  readonly eventsOf: (kind: string, namespace: string, name: string) => readonly Event[]
  /** What `find` answers about that object, worked out once for these relations; `what` names the question. */
  readonly once: LookUps['once']
}

const known = new WeakMap<ClusterSnapshot, Relations>()

/** Relations of a snapshot. */
export type Relate = (snapshot: ClusterSnapshot) => Relations

/** Relations of a snapshot, which never changes: the same for whoever asks again. */
export function relate(snapshot: ClusterSnapshot): Relations {
  const relations = known.get(snapshot) ?? relationsBy(lookUpsIn(snapshot))
  known.set(snapshot, relations)
  return relations
}

/** Each question is a look-up. */
export function relationsBy({index, groups, ...lookUps}: LookUps): Relations {
  const uidOf = ({metadata}: KubernetesObject) => metadata?.uid
  const statefulSetsByName = index('statefulSetsByName', 'statefulSets', keyOf)
  const daemonSetsByName = index('daemonSetsByName', 'daemonSets', keyOf)
  const statefulSets = groups('statefulSets', 'statefulSets', one(uidOf))
  const daemonSets = groups('daemonSets', 'daemonSets', one(uidOf))
  const revisions = groups('revisions', 'controllerRevisions', one(controllerUid))
  const pods = index('pods', 'pods', keyOf)
  const podsByUid = groups('podsByUid', 'pods', one(uidOf))
  const owned = groups('owned', 'pods', one(controllerUid))
  const bound = groups(
    'bound',
    'pods',
    one(({spec}: Pod) => spec?.nodeName || undefined),
  )
  const orphans = groups(
    'orphans',
    'pods',
    one((pod: Pod) => (controllerOf(pod) ? undefined : namespaceOf(pod))),
  )
  const podsByLabel = groups('podsByLabel', 'pods', (pod) => labelKeys(pod).map((label) => keyIn(pod, label)))
  const mounting = groups('mounting', 'pods', (pod) => mountedClaims(pod).map((name) => keyIn(pod, name)))
  const claims = index('claims', 'persistentVolumeClaims', keyOf)
  const setsOf = possibleSets()
  const claimsBySet = groups('claimsBySet', 'persistentVolumeClaims', (claim) =>
    setsOf(namespaceOf(claim), nameOf(claim)),
  )
  const volumes = index('volumes', 'persistentVolumes', nameOf)
  const volumesByClaim = groups('volumesByClaim', 'persistentVolumes', one(claimKey))
  const volumesBySet = groups('volumesBySet', 'persistentVolumes', ({spec}) =>
    setsOf(spec?.claimRef?.namespace ?? '', spec?.claimRef?.name ?? ''),
  )
  const attachments = groups(
    'attachments',
    'volumeAttachments',
    one(({spec}: VolumeAttachment) => spec?.source?.persistentVolumeName),
  )
  const nodes = index('nodes', 'nodes', nameOf)
  const nodesByLabel = groups('nodesByLabel', 'nodes', labelKeys)
  const classes = index('classes', 'storageClasses', nameOf)
  const services = index('services', 'services', keyOf)
  const slices = groups('slices', 'endpointSlices', one(serviceKey))
  const events = groups('events', 'events', ({involvedObject}) => [eventKey(involvedObject)])
  return {
    snapshot: lookUps.snapshot,
    sees: lookUps.sees,
    seesPodsOf: ({metadata}) => lookUps.seesPodsOf(metadata?.uid),
    statefulSet: (namespace, name) => statefulSetsByName.get(objectKey(namespace, name)),
    daemonSet: (namespace, name) => daemonSetsByName.get(objectKey(namespace, name)),
    statefulSetWith: (uid) => statefulSets.get(uid ?? '')?.[0],
    daemonSetWith: (uid) => daemonSets.get(uid ?? '')?.[0],
    revisionsOf: (uid) => revisions.get(uid ?? '') ?? [],
    pod: (namespace, name) => pods.get(objectKey(namespace, name)),
    podWith: (uid) => podsByUid.get(uid)?.[0],
    podsOf: (uid) => (uid === undefined ? [] : (owned.get(uid) ?? [])),
    podsOn: (node) => bound.get(node) ?? [],
    podsWith: (namespace, label, value) =>
      podsByLabel.get(objectKey(namespace, labelKey(label, value))) ?? [],
    orphansIn: (namespace) => orphans.get(namespace) ?? [],
    podsMounting: (claim) => (mounting.get(keyOf(claim)) ?? []).toSorted(byName),
    claim: (namespace, name) => claims.get(objectKey(namespace, name)),
    claimsNamedFor: (namespace, set) => claimsBySet.get(objectKey(namespace, set)) ?? [],
    volume: (name) => volumes.get(name),
    volumesKeptFor: (namespace, claim) => volumesByClaim.get(objectKey(namespace, claim)) ?? [],
    volumesNamedFor: (namespace, set) => volumesBySet.get(objectKey(namespace, set)) ?? [],
    attachmentsOf: (volume) => attachments.get(volume) ?? [],
    node: (name) => nodes.get(name),
    nodesWith: (label, value) => nodesByLabel.get(labelKey(label, value)) ?? [],
    storageClass: (name) => classes.get(name),
    service: (namespace, name) => services.get(objectKey(namespace, name)),
    endpointSlicesOf: (namespace, service) => slices.get(objectKey(namespace, service)) ?? [],
    eventsOf: (kind, namespace, name) => events.get(eventKey({kind, namespace, name})) ?? [],
    once: lookUps.once,
  }
}
