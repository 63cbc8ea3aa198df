import type {Event, KubernetesObject, ObjectReference} from '../model/objects.ts'
import {nameOf} from '../model/objects.ts'
import type {Relations} from '../model/relations.ts'
import type {ClusterSnapshot, ResourceKey} from '../model/snapshot.ts'
import {type Conditioned, conditionMoments} from './why-conditions.ts'
import {containerMoments} from './why-container-moments.ts'
import {referenceKey} from './why-findings.ts'
import type {Moment} from './why-report.ts'

/** Where a kind of object is found, and whether its making belongs to the story. */
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
export function timelineOf(references: readonly ObjectReference[], relations: Relations): readonly Moment[] {
  const distinct = new Map(references.map((each) => [referenceKey(each), each]))
  const byKey = new Map<ResourceKey, ReadonlyMap<string, KubernetesObject>>()
  return [...distinct.values()]
    .flatMap((reference) => {
      const place = PLACES[reference.kind]
      const object = place && indexed(place.key, relations.snapshot, byKey).get(keyIn(reference))
      return momentsOf(plain(reference), object, relations)
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

function momentsOf(
  reference: ObjectReference,
  object: KubernetesObject | undefined,
  relations: Relations,
): readonly Moment[] {
  const {kind, namespace = '', name} = reference
  // events about what has no namespace are kept in "default", and name none
  const events = relations.eventsOf(kind, namespace, name)
  return [
    ...(object ? lifeMoments(reference, object) : []),
    ...(object ? conditionMoments(reference, object as Conditioned) : []),
    ...(object && kind === 'Pod' ? containerMoments(reference, object) : []),
    ...(object ? revisionMoments(object, relations) : []),
    ...events.map((event) => eventMoment(reference, event, object?.metadata?.uid)),
  ]
}

function lifeMoments(object: ObjectReference, {metadata}: KubernetesObject): readonly Moment[] {
  const {creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, finalizers} = metadata ?? {}
  const seconds = deletionGracePeriodSeconds ?? 0
  const moments: Moment[] = []
  if (creationTimestamp && PLACES[object.kind]?.isBorn) {
    moments.push({at: creationTimestamp, object, what: 'Created', text: 'made', isWarning: false})
  }
  if (deletionTimestamp) {
    const grace = seconds > 0 ? `, with ${seconds}s to stop` : ''
    const keepers = finalizers?.length ? `, finalizer ${finalizers.join(', ')}` : ''
    const text = `deletion asked for${grace}${keepers}`
    moments.push({at: earlier(deletionTimestamp, seconds), object, what: 'Deleted', text, isWarning: true})
  }
  return moments
}

/** A deletion time lies ahead by the grace period. */
function earlier(time: string, seconds: number): string {
  const at = Date.parse(time) - seconds * 1000
  return Number.isFinite(at) ? new Date(at).toISOString().replace('.000Z', 'Z') : time
}

/** Revisions that the set has made, the latest is what it wants. */
function revisionMoments(set: KubernetesObject, {snapshot}: Relations): readonly Moment[] {
  const uid = set.metadata?.uid
  if (uid === undefined) return []
  return snapshot.controllerRevisions
    .filter(({metadata}) => metadata?.ownerReferences?.some((owner) => owner.uid === uid))
    .map(({metadata, revision}) => ({
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

function eventMoment(object: ObjectReference, event: Event, uid: string | undefined): Moment {
  const {reason, message, type, involvedObject} = event
  const count = event.series?.count ?? event.count ?? 1
  // the Pods of a StatefulSet bear each other's names
  const isOther = uid !== undefined && involvedObject?.uid !== undefined && involvedObject.uid !== uid
  const whose = isOther ? ` (of an earlier ${object.kind} of this name)` : ''
  return {
    at: lastTime(event),
    object,
    what: 'Event',
    text: `${reason ?? ''}${whose}: ${(message ?? '').trim()}`,
    ...(count > 1 && {count}),
    isWarning: type === 'Warning',
  }
}

function lastTime({series, lastTimestamp, eventTime, firstTimestamp, metadata}: Event): string {
  return (
    series?.lastObservedTime ??
    lastTimestamp ??
    eventTime ??
    firstTimestamp ??
    metadata?.creationTimestamp ??
    ''
  )
}
