import type {KubernetesObject} from '../model/objects.ts'
import type {Need} from '../model/scope.ts'
import type {Connection, Query} from './connection.ts'
import {NO_RESOURCE, StatusError} from './errors.ts'
import {endlessness, keptOf, malformed, type Page, pageIn} from './page.ts'
import {pathSegment} from './path-segment.ts'
import {listPath} from './resources.ts'
import type {Wrong} from './shape/wrong.ts'

/** All that a need asks for, and the state of the cluster that it was read from; changes since then can be watched. */
export interface Listed {
  readonly objects: readonly KubernetesObject[]
  readonly resourceVersion: string | undefined
  /** What was left out. */
  readonly wrong?: readonly Wrong[]
}

/** What happens to each object as its page arrives, which may hold nothing else already; the page itself is dropped. */
export type Keep = (object: KubernetesObject, isKept?: boolean) => KubernetesObject

/** How far a list is; `total` counts what the server says remains, and is absent where it does not say. */
export type OnPage = (read: number, total?: number) => void

/**
 * Everything that a need asks for, page by page. The server makes all pages from one state of the cluster; if
 * that state is compacted away underway (410), the list starts again as one page, as client-go's pager does,
 * so that a part never passes for the whole. `chunkSize` 0 asks for one page from the start.
 */
export async function list(
  connection: Connection,
  need: Need,
  chunkSize: number,
  keep: Keep,
  onPage: OnPage = () => {},
  signal?: AbortSignal,
): Promise<Listed> {
  try {
    return await pages(connection, need, chunkSize, keep, onPage, signal)
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 410 || chunkSize === 0) throw error
    return await pages(connection, need, 0, keep, onPage, signal)
  }
}

/** The one object that a need names, as a list; empty if it does not exist. A right to `get` it is enough. */
export async function one(
  connection: Connection,
  need: Need,
  keep: Keep,
): Promise<readonly KubernetesObject[]> {
  const path = `${listPath(need.resource, need.namespace)}/${pathSegment(need.name ?? '', 'resource name')}`
  try {
    const object = await connection.get(path)
    const [wrong] = isJson(object) ? (await sorted(need, [object])).wrong : []
    if (wrong) throw malformed(connection.server, `has a wrong shape: ${wrong.problem}`)
    return [keptOf(object, keep, connection.server)]
  } catch (error) {
    // where the kind is missing, or something else answered, the object may well be there
    if (error instanceof StatusError && error.code === 404 && error.detail !== NO_RESOURCE) return []
    throw error
  }
}

async function pages(
  connection: Connection,
  need: Need,
  chunkSize: number,
  keep: Keep,
  onPage: OnPage,
  signal: AbortSignal | undefined,
): Promise<Listed> {
  const objects: KubernetesObject[] = []
  const wrong: Wrong[] = []
  const ask = (token?: string) => page(connection, need, query(need, chunkSize, token), signal)
  const isEndless = endlessness()
  for (let asked = ask(); ; ) {
    const {items, areKept, drop, token, remaining, resourceVersion} = await asked
    if (isEndless(token, objects.length)) throw malformed(connection.server, 'is a list that has no end')
    // the server makes the next page while we look at this one
    if (token !== undefined) asked = unfinished(ask(token))
    const right = await withoutWrong(need, items, wrong)
    for (const item of right) objects.push(keptOf(item, (object) => keep(object, areKept), connection.server))
    drop?.()
    onPage(objects.length, remaining === undefined ? undefined : objects.length + remaining)
    if (token === undefined) return {objects, resourceVersion, ...(wrong.length > 0 && {wrong})}
  }
}

/** @throws ConnectionError for what is no list: an empty one would be a lie. */
async function page(
  connection: Connection,
  need: Need,
  query: Query,
  signal: AbortSignal | undefined,
): Promise<Page> {
  const answer = await connection.get(listPath(need.resource, need.namespace), query, signal)
  const read = pageIn(answer)
  if (read === undefined) throw malformed(connection.server, 'is not a list')
  return read
}

/** What came as protobuf can have no other shape. */
async function withoutWrong(
  need: Need,
  items: Iterable<unknown>,
  wrong: Wrong[],
): Promise<Iterable<unknown>> {
  if (!Array.isArray(items)) return items
  const found = await sorted(need, items)
  for (const each of found.wrong) wrong.push(each)
  return found.right
}

/** Protobuf does not say in an object what it is. */
function isJson(object: unknown): boolean {
  return typeof object !== 'object' || object === null || 'kind' in object
}

/** Which of them have the shape that they should have, and what is wrong with the others. */
async function sorted({resource}: Need, objects: readonly unknown[]) {
  const {wrongOf} = await import('./shape/wrong-of.ts')
  const [right, wrong]: [unknown[], Wrong[]] = [[], []]
  for (const object of objects) {
    const found = wrongOf(resource, object)
    if (found) wrong.push(found)
    else right.push(object)
  }
  return {right, wrong}
}

/** It may fail before somebody waits for it, or when nobody will any more. */
function unfinished<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

function query(need: Need, chunkSize: number, token: string | undefined): Query {
  return {...selectors(need), limit: chunkSize === 0 ? undefined : chunkSize, continue: token}
}

/** What a list or a watch selects on the server; a name, where many are asked for, is a field like any other. */
export function selectors({labelSelector, fieldSelector, name}: Need): Query {
  return {labelSelector, fieldSelector: name === undefined ? fieldSelector : `metadata.name=${name}`}
}
