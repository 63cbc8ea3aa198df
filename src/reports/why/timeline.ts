import {lastSeen} from '../../model/events.ts'
import type {Event, KubernetesObject, ObjectReference} from '../../model/objects.ts'
import {nameOf} from '../../model/objects.ts'
import {own} from '../../model/own.ts'
import {deletedAt} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {ClusterSnapshot, ResourceKey} from '../../model/snapshot.ts'
import {referenceKey} from '../../model/stands-on.ts'
import {withoutUids} from '../../model/without-uids.ts'
import {type Conditioned, conditionEntries} from './conditions.ts'
import {containerEntries} from './container-entries.ts'
import type {TimelineEntry} from './report.ts'

/** Where a kind of object is found, and whether its creation belongs to the story. */
const PLACES: Readonly<Record<string, {readonly key: ResourceKey; readonly isBorn: boolean}>> = {
  StatefulSet: {key: 'statefulSets', isBorn: true},
  DaemonSet: {key: 'daemonSets', isBorn: true},
  ReplicaSet: {key: 'replicaSets', isBorn: true},
  Pod: {key: 'pods', isBorn: true},
  PersistentVolumeClaim: {key: 'persistentVolumeClaims', isBorn: true},
  PersistentVolume: {key: 'persistentVolumes', isBorn: true},
  VolumeAttachment: {key: 'volumeAttachments', isBorn: true},
  Node: {key: 'nodes', isBorn: false},
}

/** What happened to these objects, in one order: what they tell themselves, and events about them. */
export function timelineOf(
  references: readonly ObjectReference[],
  relations: Relations,
): readonly TimelineEntry[] {
  const distinct = new Map(references.map((each) => [referenceKey(each), each]))
  const byKey = new Map<ResourceKey, ReadonlyMap<string, KubernetesObject>>()
  return [...distinct.values()]
    .flatMap((reference) => {
      const place = own(PLACES, reference.kind)
      const object = place && indexed(place.key, relations.snapshot, byKey).get(keyIn(reference))
      return entriesOf(plain(reference), object, relations)
    })
    .filter(({at}) => !Number.isNaN(Date.parse(at)))
    .toSorted((left, right) => Date.parse(left.at) - Date.parse(right.at))
}

function plain({kind, namespace, name}: ObjectReference): ObjectReference {
  return {kind, ...(namespace !== undefined && {namespace}), name}
}

function keyIn({namespace = '', name}: ObjectReference): string {
  return `${namespace}/${name}`
}

function indexed(
  key: ResourceKey,
  snapshot: ClusterSnapshot,
  byKey: Map<ResourceKey, ReadonlyMap<string, KubernetesObject>>,
): ReadonlyMap<string, KubernetesObject> {
  const known = byKey.get(key)
  if (known) return known
  const objects: readonly KubernetesObject[] = snapshot[key]
  const index = new Map(
    objects.map((object) => [`${object.metadata?.namespace ?? ''}/${nameOf(object)}`, object]),
  )
  byKey.set(key, index)
  return index
}

function entriesOf(
  reference: ObjectReference,
  object: KubernetesObject | undefined,
  relations: Relations,
): readonly TimelineEntry[] {
  const {kind, namespace = '', name} = reference
  // events about what has no namespace are kept in "default", and name none
  const events = relations.eventsOf(kind, namespace, name)
  return [
    ...(object ? lifeEntries(reference, object) : []),
    ...(object ? conditionEntries(reference, object as Conditioned) : []),
    ...(object && kind === 'Pod' ? containerEntries(reference, object) : []),
    ...(object ? revisionEntries(object, relations) : []),
    ...events.map((event) => eventEntry(reference, event, object?.metadata?.uid)),
  ]
}

function lifeEntries(object: ObjectReference, whole: KubernetesObject): readonly TimelineEntry[] {
  const {creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, finalizers} = whole.metadata ?? {}
  const seconds = deletionGracePeriodSeconds ?? 0
  const entries: TimelineEntry[] = []
  if (creationTimestamp && own(PLACES, object.kind)?.isBorn) {
    entries.push({at: creationTimestamp, object, what: 'Created', text: 'object created', isWarning: false})
  }
  if (deletionTimestamp) {
    const grace = seconds > 0 ? `, with a grace period of ${seconds}s` : ''
    const keepers = finalizers?.length ? `, finalizer ${finalizers.join(', ')}` : ''
    const text = `deletion requested${grace}${keepers}`
    entries.push({at: deletedAt(whole) ?? deletionTimestamp, object, what: 'Deleted', text, isWarning: true})
  }
  return entries
}

/** Revisions that the set has created, the latest is what it wants. */
function revisionEntries(set: KubernetesObject, {revisionsOf}: Relations): readonly TimelineEntry[] {
  const uid = set.metadata?.uid
  if (uid === undefined) return []
  return revisionsOf(uid).map(({metadata, revision}) => ({
    at: metadata?.creationTimestamp ?? '',
    object: {
      kind: 'ControllerRevision',
      ...(metadata?.namespace && {namespace: metadata.namespace}),
      name: metadata?.name ?? '',
    },
    what: 'Revision',
    text: `revision ${revision ?? '<unknown>'} of ${nameOf(set)}`,
    isWarning: false,
  }))
}

function eventEntry(object: ObjectReference, event: Event, uid: string | undefined): TimelineEntry {
  const {reason, message, type, involvedObject} = event
  const count = event.series?.count ?? event.count ?? 1
  // the Pods of a StatefulSet bear each other's names
  const isOfEarlier = uid !== undefined && involvedObject?.uid !== undefined && involvedObject.uid !== uid
  return {
    at: lastSeen(event),
    object,
    what: 'Event',
    ...(reason && {reason}),
    text: withoutUids((message ?? '').trim()),
    ...(isOfEarlier && {isOfEarlier}),
    ...(count > 1 && {count}),
    isWarning: type === 'Warning',
  }
}
