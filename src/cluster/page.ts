import type {KubernetesObject} from '../model/objects.ts'
import {AnswerError, ConnectionError} from './errors.ts'

/** One page of a list, as far as we look at it. */
export interface Page {
  readonly items: Iterable<unknown>
  readonly resourceVersion: string | undefined
  /** Of the next page; undefined: this is the last one. */
  readonly token: string | undefined
  readonly remaining: number | undefined
  /** Nothing is in the items but what is kept. */
  readonly areKept: boolean | undefined
  /** To be called when nobody will go through the items any more. */
  readonly drop: (() => void) | undefined
}

/** Page that an answer is; undefined for what is none. `items` is null where a Go server had none. */
export function pageIn(answer: unknown): Page | undefined {
  const {metadata, items, areKept, drop} = (answer ?? {}) as Answered
  const {resourceVersion, continue: token, remainingItemCount} = partsOf(metadata)
  if (items !== null && !isSeveral(items)) return undefined
  return {
    items: items ?? [],
    resourceVersion: textIn(resourceVersion),
    token: textIn(token),
    remaining: typeof remainingItemCount === 'number' ? remainingItemCount : undefined,
    areKept: areKept === true || undefined,
    drop: typeof drop === 'function' ? (drop as () => void) : undefined,
  }
}

/** What a server has sent, and what our decoder of protobuf says of it. */
interface Answered {
  readonly metadata?: unknown
  readonly items?: unknown
  readonly areKept?: unknown
  readonly drop?: unknown
}

/** A text is several characters, and no list. */
function isSeveral(items: unknown): items is Iterable<unknown> {
  return typeof items === 'object' && items !== null && Symbol.iterator in items
}

function partsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** So many pages without an object in a row: the server only says that there is more. */
const EMPTY = 100

/** Tells of a list whether it goes in a circle, or nowhere, by the token of each next page and by how many objects there were before. */
export function endlessness(): (token: string | undefined, count: number) => boolean {
  let [last, counted, empty]: [string | undefined, number, number] = [undefined, -1, 0]
  return (token, count) => {
    const isSame = token !== undefined && token === last
    empty = count === counted ? empty + 1 : 0
    last = token
    counted = count
    return isSame || (token !== undefined && empty > EMPTY)
  }
}

/**
 * What is kept of an object that a server has sent.
 * @throws ConnectionError when it is none, or its parts are not what the API says.
 */
export function keptOf(
  sent: unknown,
  keep: (object: KubernetesObject) => KubernetesObject,
  server: string,
): KubernetesObject {
  const {name} = partsOf(partsOf(sent).metadata)
  if (typeof name !== 'string' || name === '') throw malformed(server, 'holds something that is no object')
  try {
    return keep(sent as KubernetesObject)
  } catch (error) {
    if (error instanceof AnswerError) throw error
    throw malformed(server, `holds an object of a wrong shape: ${JSON.stringify(name.slice(0, 253))}`)
  }
}

/** @param problem Goes on from `the answer of https://…`. */
export function malformed(server: string, problem: string): ConnectionError {
  return new ConnectionError(`error: the answer of ${server} ${problem}`, 'Malformed')
}
