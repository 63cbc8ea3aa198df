import {setImmediate} from 'node:timers/promises'
import type {KubernetesObject} from '../../model/objects.ts'
import type {WatchEvent} from '../connection.ts'
import {ConnectionError, type StatusError} from '../errors.ts'
import {decode} from './content.ts'
import {statusError} from './status.ts'

const NEWLINE = 0x0a
const TYPES: readonly unknown[] = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'] satisfies WatchEvent['type'][]

/**
 * The changes in the body of a watch: one JSON text per line. What comes after the last newline is not whole and is
 * left out.
 * @throws StatusError for an ERROR event, ConnectionError for a line that is no event, or whatever broke the body.
 */
export async function* events(body: AsyncIterable<Buffer>, server: URL): AsyncGenerator<WatchEvent, void> {
  const {misshapen} = await import('../shape/misshapen.ts')
  for await (const line of lines(body)) {
    if (line.length === 0) continue
    const change = event(decode(line, server), server)
    const wrong = change.type === 'BOOKMARK' ? undefined : misshapen(change.object)
    if (wrong !== undefined) throw malformed(server, `has a wrong shape: ${wrong}`)
    yield change
  }
  // As after any body: only in the next turn is the connection free for the next watch.
  await setImmediate()
}

// Cut as bytes: no byte of a character in UTF-8 is a newline, so characters that come in two pieces are joined.
async function* lines(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let begun: Buffer[] = []
  for await (const chunk of body) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...begun, chunk.subarray(start, end)])
      begun = []
      start = end + 1
    }
    if (start < chunk.length) begun.push(chunk.subarray(start))
  }
}

function event(line: unknown, server: URL): WatchEvent {
  const {type, object} = (line ?? {}) as {readonly type?: unknown; readonly object?: unknown}
  if (type === 'ERROR') throw refusal(object)
  const isObject = typeof object === 'object' && object !== null && 'metadata' in object
  if (isObject && TYPES.includes(type)) return line as WatchEvent
  throw malformed(server, 'is not a stream of changes to objects')
}

function malformed(server: URL, problem: string): ConnectionError {
  return new ConnectionError(`error: the answer of ${server.origin} ${problem}`, 'Malformed')
}

interface Status {
  readonly code?: unknown
  readonly details?: {readonly retryAfterSeconds?: unknown}
}

function refusal(object: unknown): StatusError {
  const {code, details} = (object ?? {}) as Status & KubernetesObject
  const seconds = Number(details?.retryAfterSeconds)
  return statusError(
    typeof code === 'number' ? code : 500,
    JSON.stringify(object ?? null),
    seconds > 0 ? seconds * 1000 : undefined,
  )
}
