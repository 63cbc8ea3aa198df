import {controllerRevisionWithTemplate, savedRevision} from '../model/kept/index.ts'
import {type KubernetesObject, nameOf} from '../model/objects.ts'
import type {Need} from '../model/scope.ts'
import {
  type ClusterSnapshot,
  isBroken,
  type Omission,
  type ResourceKey,
  snapshotOf,
} from '../model/snapshot.ts'
import {assemble, type Known, type NeedResult, omission, type Seen, withMore} from './assemble.ts'
import type {Connection} from './connection.ts'
import {StatusError} from './errors.ts'
import {type Keep, type Listed, list, type OnPage, one} from './list.ts'
import {progress} from './progress.ts'
import {listPath, pluralOf, resourceKeys, resources} from './resources.ts'
import {serverVersion, withVersion} from './server-version.ts'

/** How to read. */
export interface Reading {
  readonly connection: Connection
  /** Objects per page; 0: all in one. */
  readonly chunkSize: number
  /** What to keep of an object of that kind; `kept` for reports. */
  readonly keep: (key: ResourceKey) => Keep
  readonly onProgress: (text: string) => void
  /** Told of each list that was read: whoever follows it need not read it again. */
  readonly onListed?: (need: Need, listed: Listed) => void
}

/** Keeps what reports look at. */
export function kept(key: ResourceKey): Keep {
  const keep = projected(key)
  return (object, isKept) => (isKept ? object : keep(object))
}

/** The same for one need, which may ask for more of an object. */
function keptFor({keep}: Reading, {resource, withTemplates}: Need): Keep {
  return withTemplates ? (controllerRevisionWithTemplate as unknown as Keep) : keep(resource)
}

/** What may be saved and handed on. */
export function saved(key: ResourceKey): Keep {
  return key === 'controllerRevisions' ? (savedRevision as unknown as Keep) : projected(key)
}

/** The same with fields in one order, whatever the answer of the server was. */
export function projected(key: ResourceKey): (object: KubernetesObject) => KubernetesObject {
  return resources[key].project as (object: KubernetesObject) => KubernetesObject
}

/**
 * Reads all needs in parallel, each page once. What may not be seen becomes an omission, unless it is what the
 * question is about.
 * @throws AnswerError when a subject can't be read, or when nobody is signed in.
 */
export async function collect(reading: Reading, needs: readonly Need[]): Promise<ClusterSnapshot> {
  const first = collectFirst(reading, needs)
  const version = serverVersion(reading.connection)
  return withVersion(await first, await version)
}

/** As `collect`, without what the server is: `withVersion` adds that. */
export async function collectFirst(reading: Reading, needs: readonly Need[]): Promise<ClusterSnapshot> {
  const observedAt = now()
  const report = progress(reading)
  const answer = answering(reading)
  const answers = await Promise.all(needs.map((need) => answer(need, report(need))))
  return assemble(snapshotOf(observedAt), needs, answers, reading.connection.server)
}

/** A snapshot with the answers to further needs added; the first snapshot's clock and server stay. */
export async function collectMore(
  reading: Reading,
  snapshot: ClusterSnapshot,
  needs: readonly Need[],
): Promise<ClusterSnapshot> {
  if (needs.length === 0) return snapshot
  return withMore(snapshot, withoutSeen(await readMore(reading, snapshot, needs), snapshot))
}

/**
 * More of a kind that may not be read, as of other namespaces, must not hide what was read of it. What is in no namespace is
 * looked up by its name: there is hidden only what was not read.
 */
function withoutSeen(more: ClusterSnapshot, snapshot: ClusterSnapshot): ClusterSnapshot {
  const isHidden = (key: ResourceKey) => resources[key].namespaced && snapshot[key].length > 0
  const seen = resourceKeys.filter(isHidden).map(pluralOf)
  const isTold = (each: Omission) => isBroken(each) || !seen.includes(each.resource)
  return {...more, omissions: more.omissions.filter(isTold)}
}

/** The answers to further needs, by themselves; the clock and the sets are those that are known. */
export async function readMore(
  reading: Reading,
  known: Known,
  needs: readonly Need[],
): Promise<ClusterSnapshot> {
  const answer = answering(reading)
  const answers = await Promise.all(needs.map((need) => answer(need)))
  return assemble(known, needs, answers, reading.connection.server)
}

/** Answers needs. Who may not get one object by its name may still list them all, which is asked for once. */
function answering(reading: Reading) {
  const {connection, chunkSize, onListed} = reading
  const listed = new Map<string, Promise<Seen>>()
  const read = async (need: Need, onPage?: OnPage) => {
    const listed = await list(connection, need, chunkSize, keptFor(reading, need), onPage)
    onListed?.(need, listed)
    return listed
  }
  const instead = ({resource, namespace}: Need) => {
    const path = listPath(resource, namespace)
    const known = listed.get(path) ?? read({resource, ...(namespace !== undefined && {namespace})})
    listed.set(path, known)
    return known
  }
  return async (need: Need, onPage?: OnPage): Promise<NeedResult> => {
    try {
      if (need.name === undefined) return await read(need, onPage)
      return await one(connection, need, keptFor(reading, need)).then(
        (objects) => ({objects}),
        async (error) => {
          if (!isForbidden(error)) throw error
          const seen = await instead(need).catch((refusal) => {
            // of what the question is about kubectl would have said this
            throw need.isSubject ? error : refusal
          })
          if (!need.isSubject) return seen
          return {...seen, objects: seen.objects.filter((each) => nameOf(each) === need.name)}
        },
      )
    } catch (error) {
      return omission(need, error)
    }
  }
}

function isForbidden(error: unknown): boolean {
  return error instanceof StatusError && error.code === 403
}

/** The API's own precision: whole seconds. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z')
}
