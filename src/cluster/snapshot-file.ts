import {type KubernetesObject, keyOf} from '../model/objects.ts'
import {type ClusterSnapshot, type Omission, type ResourceKey, snapshotOf} from '../model/snapshot.ts'
import {keyOfKind, pluralOf, resourceKeys, resources} from './resources.ts'
import type {SavedDocument} from './saved-documents.ts'

/** What a file of ours says about itself beside its objects. */
interface SnapshotNote {
  readonly observedAt: string
  readonly server?: {readonly version: string}
  /** Plurals of the kinds that were read, so that an empty kind is not taken for an unread one. */
  readonly resources: readonly string[]
  readonly omissions: readonly Omission[]
}

/** A snapshot as the plain Kubernetes `List` that `kubectl` would print, with a note beside the objects. */
export function toList(snapshot: ClusterSnapshot, keys: readonly ResourceKey[]): object {
  const {observedAt, server, omissions} = snapshot
  const items = keys.flatMap((key) => {
    const {apiVersion, kind} = resources[key]
    return snapshot[key].map((object) => ({apiVersion, kind, ...object}))
  })
  const note: SnapshotNote = {observedAt, ...(server && {server}), resources: keys.map(pluralOf), omissions}
  return {apiVersion: 'v1', kind: 'List', metadata: {}, snapshot: note, items}
}

/**
 * The snapshot that saved documents hold. `needed` kinds of which they hold nothing, and of which no note says
 * that they were read, become omissions: a file tells nothing about what is not in it. Without a note the clock
 * is the latest time at which, as the objects say, something happened.
 */
export function fromDocuments(
  documents: readonly SavedDocument[],
  needed: readonly ResourceKey[],
): ClusterSnapshot {
  const objects = new Map<ResourceKey, Map<string, KubernetesObject>>()
  for (const object of documents.flatMap(({objects}) => objects)) {
    const key = keyOfKind(object.apiVersion ?? '', object.kind ?? '')
    if (key) remember(objects, key, object)
  }
  const notes = documents.flatMap(({note}) => (note ? [note as SnapshotNote] : []))
  const facts = Object.fromEntries(
    [...objects].map(([key, byName]) => [
      key,
      [...byName.values()].map(resources[key].project as (o: object) => object),
    ]),
  )
  const server = notes.find((note) => note.server)?.server
  const observedAt = latest(notes.map((note) => note.observedAt)) ?? latestTime(documents)
  const omissions = omissionsOf(needed, new Set(objects.keys()), notes)
  return snapshotOf(observedAt, {...facts, omissions, ...(server && {server})})
}

function remember(
  objects: Map<ResourceKey, Map<string, KubernetesObject>>,
  key: ResourceKey,
  object: KubernetesObject,
): void {
  const byName = objects.get(key) ?? new Map<string, KubernetesObject>()
  objects.set(key, byName.set(keyOf(object), object))
}

function omissionsOf(
  needed: readonly ResourceKey[],
  present: ReadonlySet<ResourceKey>,
  notes: readonly SnapshotNote[],
): readonly Omission[] {
  const read = new Set(notes.flatMap((note) => note.resources ?? []))
  const noted = notes.flatMap((note) => note.omissions ?? [])
  return resourceKeys
    .filter((key) => needed.includes(key) && !present.has(key))
    .flatMap((key) => {
      const resource = pluralOf(key)
      const told = noted.find((omission) => omission.resource === resource)
      if (told) return [told]
      return read.has(resource)
        ? []
        : [{resource, reason: 'NotInFile', message: `no ${resource} in the files`}]
    })
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/**
 * Fields for what has happened. Other times may lie ahead: a deletionTimestamp by the grace period, what stands in
 * annotations and environment variables by anything.
 */
const PAST = new Set([
  'acquireTime',
  'completionTime',
  'creationTimestamp',
  'eventTime',
  'finishedAt',
  'firstTimestamp',
  'lastHeartbeatTime',
  'lastObservedTime',
  'lastProbeTime',
  'lastTimestamp',
  'lastTransitionTime',
  'lastUpdateTime',
  'renewTime',
  'startTime',
  'startedAt',
  'time',
  'timeAdded',
])

/** User-written maps, whose keys mean nothing to us. */
const FREE = new Set(['annotations', 'labels', 'data', 'stringData'])

function latestTime(documents: readonly SavedDocument[]): string {
  const times: string[] = []
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (PAST.has(key) && TIME.test(value)) times.push(value)
    } else if (typeof value === 'object' && value !== null && !FREE.has(key)) {
      for (const [name, child] of Object.entries(value)) visit(child, name)
    }
  }
  for (const {objects} of documents) visit(objects, '')
  return latest(times) ?? new Date(0).toISOString().replace('.000Z', 'Z')
}

function latest(times: readonly string[]): string | undefined {
  return times.reduce<string | undefined>(
    (last, time) => (last === undefined || time > last ? time : last),
    undefined,
  )
}
