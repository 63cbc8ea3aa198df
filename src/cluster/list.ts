import type {KubernetesObject} from '../model/objects.ts'
import type {Need} from '../model/scope.ts'
import type {Connection, Query} from './connection.ts'
import {ConnectionError, StatusError} from './errors.ts'
import {listPath} from './resources.ts'

/** One page of a list, as far as we look at it. `items` may be null when a Go server had none. */
interface Page {
  readonly metadata?: {
    readonly resourceVersion?: string
    readonly continue?: string
    readonly remainingItemCount?: number
  }
  readonly items?: Iterable<KubernetesObject> | null
}

/** All that a need asks for, and the state of the cluster that it was read from; changes since then can be watched. */
export interface Listed {
  readonly objects: readonly KubernetesObject[]
  readonly resourceVersion: string | undefined
}

/** What happens to each object as its page arrives; the page itself is dropped. */
export type Keep = (object: KubernetesObject) => KubernetesObject

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
  const path = `${listPath(need.resource, need.namespace)}/${encodeURIComponent(need.name ?? '')}`
  try {
    const object = (await connection.get(path)) as KubernetesObject
    await refuseMisshapen(connection, need, [object])
    return [keep(object)]
  } catch (error) {
    if (error instanceof StatusError && error.code === 404) return []
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
  const kept: KubernetesObject[] = []
  const ask = (token?: string) => page(connection, need, query(need, chunkSize, token), signal)
  for (let asked = ask(); ; ) {
    const {metadata, items} = await asked
    const token = metadata?.continue || undefined
    // the server makes the next page while we look at this one
    if (token !== undefined) asked = unfinished(ask(token))
    for (const item of items ?? []) kept.push(keep(item))
    const remaining = metadata?.remainingItemCount
    onPage(kept.length, remaining === undefined ? undefined : kept.length + remaining)
    if (token === undefined) return {objects: kept, resourceVersion: metadata?.resourceVersion || undefined}
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
  const items = (answer as Page | null)?.items
  // what came as protobuf can have no other shape
  if (Array.isArray(items)) await refuseMisshapen(connection, need, items)
  if (items !== undefined) return answer as Page
  throw new ConnectionError(`error: the answer of ${connection.server} is not a list`, 'Malformed')
}

/** @throws ConnectionError that names the object and its field. */
async function refuseMisshapen(
  {server}: Connection,
  {resource}: Need,
  objects: readonly unknown[],
): Promise<void> {
  const {misshapenAs} = await import('./shape/misshapen.ts')
  for (const object of objects) {
    const wrong = misshapenAs(resource, object)
    if (wrong !== undefined)
      throw new ConnectionError(`error: the answer of ${server} has a wrong shape: ${wrong}`, 'Malformed')
  }
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
