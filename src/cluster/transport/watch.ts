import {setImmediate} from 'node:timers/promises'
import type {KubernetesObject} from '../../model/objects.ts'
import type {WatchEvent} from '../connection.ts'
import type {StatusError} from '../errors.ts'
import {decode, isProtobuf} from './content.ts'
import {frames, noChanges} from './frames.ts'
import {statusError} from './status.ts'

const NEWLINE = 0x0a
/** No object is that long. */
const LONGEST_LINE = 64 << 20
const TYPES: readonly unknown[] = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'] satisfies WatchEvent['type'][]

/**
 * The changes in the body of a watch: one JSON text per line, or one frame of protobuf each. What comes at the end and is not
 * whole is left out.
 * @throws StatusError for an ERROR event, ConnectionError for what is no event, or whatever broke the body.
 */
export async function* events(
  body: AsyncIterable<Buffer>,
  contentType: string,
  server: URL,
): AsyncGenerator<WatchEvent, void> {
  for await (const sent of isProtobuf(contentType) ? inFrames(body, server) : inLines(body, server)) {
    yield event(sent, server)
  }
  // As after any body: only in the next turn is the connection free for the next watch.
  await setImmediate()
}

async function* inLines(body: AsyncIterable<Buffer>, server: URL): AsyncGenerator<unknown, void> {
  for await (const line of lines(body, server)) if (line.length > 0) yield decode(line, server)
}

async function* inFrames(body: AsyncIterable<Buffer>, server: URL): AsyncGenerator<unknown, void> {
  const {decodeEvent} = await import('../protobuf/event.ts')
  for await (const frame of frames(body, server)) yield {...decodeEvent(frame, server), isKept: true}
}

// Cut as bytes: no byte of a character in UTF-8 is a newline, so characters that come in two pieces are joined.
async function* lines(body: AsyncIterable<Buffer>, server: URL): AsyncGenerator<Buffer, void> {
  let begun: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...begun, chunk.subarray(start, end)])
      begun = []
      length = 0
      start = end + 1
    }
    length += chunk.length - start
    if (length > LONGEST_LINE) throw noChanges(server)
    if (start < chunk.length) begun.push(chunk.subarray(start))
  }
}

function event(sent: unknown, server: URL): WatchEvent {
  const {type, object} = (sent ?? {}) as {readonly type?: unknown; readonly object?: unknown}
  if (type === 'ERROR') throw refusal(object)
  const isObject = typeof object === 'object' && object !== null && 'metadata' in object
  if (isObject && TYPES.includes(type)) return sent as WatchEvent
  throw noChanges(server)
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
