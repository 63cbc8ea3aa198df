import type {KubernetesObject} from '../model/objects.ts'
import {type ClusterSnapshot, IN_PART, isSeen, type Omission, snapshotOf} from '../model/snapshot.ts'
import {pluralOf, resourceKeys, resources} from './resources.ts'
import {asRead} from './saved/as-read.ts'
import {latestClock, visitTimes} from './saved/clock.ts'
import {SavedKinds} from './saved/kinds.ts'
import {SavedObjects} from './saved/objects.ts'
import {setsInPart} from './saved/part.ts'
import type {SavedDocument} from './saved-documents.ts'

/** What a file of ours says about itself beside its objects. */
interface SnapshotNote {
  readonly observedAt: string
  readonly server?: {readonly version: string}
  /** Plurals of the kinds that were read, so that an empty kind is not taken for an unread one. */
  readonly resources: readonly string[]
  readonly omissions: readonly Omission[]
  /** Uids of sets of which not all Pods were saved. */
  readonly inPart?: readonly string[]
}

/** Without these kubectl would not take a node that has any of them; who runs which machine stays untold. */
const NODE_INFO = Object.fromEntries(
  [
    'architecture',
    'bootID',
    'containerRuntimeVersion',
    'kernelVersion',
    'kubeProxyVersion',
    'kubeletVersion',
    'machineID',
    'operatingSystem',
    'osImage',
    'systemUUID',
  ].map((name) => [name, '']),
)

/** What the API demands of an object, as far as it was not kept. */
function valid(object: KubernetesObject & {readonly status?: object}): KubernetesObject {
  const {nodeInfo} = (object.status ?? {}) as {readonly nodeInfo?: object}
  if (!nodeInfo) return object
  return {...object, status: {...object.status, nodeInfo: {...NODE_INFO, ...nodeInfo}}} as KubernetesObject
}

/** `List` of a whole snapshot as `kubectl` would print it, with a note beside the objects. */
export function toList(snapshot: ClusterSnapshot): object {
  const {observedAt, server, omissions, inPart} = snapshot
  const items = resourceKeys.flatMap((key) => {
    const {apiVersion, kind} = resources[key]
    return snapshot[key].map((object) => ({apiVersion, kind, ...valid(object)}))
  })
  const read = resourceKeys.filter((key) => isSeen(snapshot, key)).map(pluralOf)
  const note: SnapshotNote = {
    observedAt,
    ...(server && {server}),
    resources: read,
    omissions,
    ...(inPart && {inPart}),
  }
  return {apiVersion: 'v1', kind: 'List', metadata: {}, snapshot: note, items}
}

/**
 * Snapshot of all that saved documents hold. Kinds of which they hold nothing, and of which no note says that they
 * were read, become omissions: a file tells nothing about what is not in it. So do kinds of which nobody has listed all.
 * Without a note the clock is the latest time at which, as the objects say, something happened.
 */
export function fromDocuments(documents: readonly SavedDocument[], namespace?: string): ClusterSnapshot {
  const gathered = gathering(namespace)
  for (const document of documents) gathered.add(document)
  return gathered.snapshot()
}

/** Takes documents one by one, and keeps of them what reports look at: a cluster may have been saved in many thousand files. */
export function gathering(namespace = 'default', now = Date.now()) {
  const objects = new SavedObjects()
  const kinds = new SavedKinds()
  const clock = latestClock(now)
  const notes: SnapshotNote[] = []
  return {
    add(document: SavedDocument): void {
      if (document.note) notes.push(document.note as SnapshotNote)
      kinds.add(document)
      for (const given of document.objects) {
        visitTimes(given, clock.tell)
        objects.add(asRead(given, namespace))
      }
    },
    snapshot(): ClusterSnapshot {
      const server = notes.find((note) => note.server)?.server
      const observedAt = latest(notes.map((note) => note.observedAt)) ?? (clock.time() || EPOCH)
      const facts = snapshotOf(observedAt, objects.lists())
      const inPart = notes.length > 0 ? notes.flatMap((note) => note.inPart ?? []) : setsInPart(facts)
      const omissions = omissionsOf(kinds, notes, inPart.length > 0)
      return {...facts, omissions, ...(server && {server}), ...(inPart.length > 0 && {inPart})}
    },
  }
}

const EPOCH = '1970-01-01T00:00:00Z'

function omissionsOf(
  kinds: SavedKinds,
  notes: readonly SnapshotNote[],
  hasPodsInPart: boolean,
): readonly Omission[] {
  const read = new Set(notes.flatMap((note) => note.resources ?? []))
  const noted = notes.flatMap((note) => note.omissions ?? [])
  return resourceKeys.flatMap((key) => {
    const resource = pluralOf(key)
    const told = noted.find((omission) => omission.resource === resource)
    if (told && (told.reason === IN_PART || !kinds.has(key))) return [told]
    const isInPart = hasPodsInPart && key === 'pods' && kinds.has(key)
    if (read.has(resource) || (kinds.isListed(key) && !isInPart)) return []
    return kinds.has(key)
      ? [{resource, reason: IN_PART, message: `only some ${resource} are in the files`}]
      : [{resource, reason: 'NotInFile', message: `no ${resource} in the files`}]
  })
}

function latest(times: readonly string[]): string | undefined {
  return times.reduce<string | undefined>(
    (last, time) => (last === undefined || time > last ? time : last),
    undefined,
  )
}
