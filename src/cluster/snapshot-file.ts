import type {KubernetesObject} from '../model/objects.ts'
import {isSeen} from '../model/seen.ts'
import {type ClusterSnapshot, IN_PART, isInPart, type Omission, snapshotOf} from '../model/snapshot.ts'
import {keyOfKind, pluralOf, resourceKeys, resources} from './resources.ts'
import {asRead} from './saved/as-read.ts'
import {latestClock, visitTimes} from './saved/clock.ts'
import {SavedKinds} from './saved/kinds.ts'
import {noteOf, type SnapshotNote} from './saved/note.ts'
import {SavedObjects} from './saved/objects.ts'
import {setsInPart} from './saved/part.ts'
import type {SavedDocument} from './saved-documents.ts'
import {misshapen} from './shape/misshapen.ts'
import {setsOf} from './shape/whose.ts'

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
  const gathered = gathering({namespace})
  for (const document of documents) gathered.add(document)
  return gathered.snapshot()
}

/** How saved documents are to be taken. */
interface Gathering {
  /** Of what says no namespace of its own. */
  readonly namespace?: string | undefined
  readonly now?: number
  readonly withTemplates?: boolean | undefined
}

/** Takes documents one by one, and keeps of them what reports look at: a cluster may have been saved in many thousand files. */
export function gathering({namespace = 'default', now = Date.now(), withTemplates = false}: Gathering = {}) {
  const objects = new SavedObjects(withTemplates)
  const kinds = new SavedKinds()
  const clock = latestClock(now)
  const notes: Partial<SnapshotNote>[] = []
  const wrong: KubernetesObject[] = []
  const problems: string[] = []
  const addOne = (given: KubernetesObject) => {
    const object = asRead(given, namespace)
    const problem = misshapen(object)
    if (problem === undefined) return objects.add(object)
    wrong.push(object)
    problems.push(problem)
  }
  return {
    add(document: SavedDocument): void {
      if (document.note) notes.push(noteOf(document.note))
      kinds.add(document)
      problems.push(...(document.broken ?? []))
      for (const given of document.objects) {
        visitTimes(given, clock.tell)
        addOne(given)
      }
    },
    /** What was left out because of its shape: which object, and which of its fields. */
    misshapen: (): readonly string[] => problems,
    snapshot(): ClusterSnapshot {
      const server = notes.find((note) => note.server)?.server
      const observedAt = latest(notes.flatMap((note) => note.observedAt ?? [])) ?? (clock.time() || EPOCH)
      const facts = snapshotOf(observedAt, objects.lists())
      const known = notes.length > 0 ? notes.flatMap((note) => note.inPart ?? []) : setsInPart(facts)
      const inPart = [...known, ...setsOf(wrong, facts)]
      const omissions = omissionsOf(kinds, notes, inPart.length > 0, wrong)
      return {...facts, omissions, ...(server && {server}), ...(inPart.length > 0 && {inPart})}
    },
  }
}

const EPOCH = '1970-01-01T00:00:00Z'

function omissionsOf(
  kinds: SavedKinds,
  notes: readonly Partial<SnapshotNote>[],
  hasPodsInPart: boolean,
  wrong: readonly KubernetesObject[],
): readonly Omission[] {
  const read = new Set(notes.flatMap((note) => note.resources ?? []))
  const noted = notes.flatMap((note) => note.omissions ?? [])
  const withoutSome = new Set(wrong.map(({apiVersion, kind}) => keyOfKind(apiVersion ?? '', kind ?? '')))
  return resourceKeys.flatMap((key) => {
    const resource = pluralOf(key)
    const told = noted.find((omission) => omission.resource === resource)
    if (told && (isInPart(told) || !kinds.has(key))) return [told]
    const isPart = hasPodsInPart && key === 'pods' && kinds.has(key)
    const isWhole = read.has(resource) || (kinds.isListed(key) && !isPart)
    if (isWhole && !withoutSome.has(key)) return []
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
