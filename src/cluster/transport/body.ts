import {pipeline, type Readable} from 'node:stream'
import {setImmediate} from 'node:timers/promises'
import type {Dispatcher} from 'undici'
import {clean} from '../../model/clean.ts'
import {drop} from '../drop.ts'
import {AnswerError, ConnectionError} from '../errors.ts'
import type {Peer} from './errors.ts'
import {withPace} from './pace.ts'

/** A server packs long answers only, and loading this takes longer than a short one. */
const zlib = () => process.getBuiltinModule('node:zlib')

/** A larger answer is unpacked in pieces. */
const PIECE = 1 << 24

/** No answer is longer: not all Pods of 5,000 nodes in one page. */
const LONGEST = 256 << 20
/** All that are being read at a time are no longer together: some server may have no end of answers. */
const TOGETHER = 288 << 20
let together = 0
/** What is packed a hundred times smaller is no list of objects; not asked of what is small in any case. */
const RATIO = 100
const SMALL = 16 << 20

/** The body of an answer, unpacked. @throws ConnectionError when it has no measure or no end, or can't be unpacked. */
export async function readBody(
  response: Dispatcher.ResponseData,
  peer: Peer,
  most = LONGEST,
): Promise<Buffer> {
  const isPacked = packedOf(response, peer)
  const bytes = await withPace(response.body, peer, (body) => whole(body, peer, most))
  // undici's pool takes a connection for free only after this turn; a next request would open another one.
  await setImmediate()
  if (!isPacked) return bytes
  const unpackedBytes = await unpack(bytes, peer, most)
  drop(bytes)
  return unpackedBytes
}

async function whole(
  body: AsyncIterable<Buffer>,
  peer: Peer,
  most: number,
  isBomb = (_: number) => false,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      together += chunk.length
      if (size > most || together > TOGETHER)
        throw malformed(peer, `is too long: more than ${most >> 20} MiB`)
      if (isBomb(size)) throw malformed(peer, 'is packed more than a hundred times smaller than it is')
      chunks.push(chunk)
    }
    return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
  } finally {
    together -= size
  }
}

/**
 * Room for what is packed there, whose length stands at its end: unpacked at once it is not in memory twice, nor in pieces
 * each of which costs a turn of the event loop. Whatever stands there, it is no more than is believed.
 */
function roomFor(packed: Buffer): number {
  const length = packed.length < 4 ? 0 : packed.readUInt32LE(packed.length - 4)
  // with one byte to spare zlib sees that it has come to the end
  return Math.min(Math.max(length + 1, 64), Math.max(packed.length * RATIO, SMALL), PIECE)
}

async function unpack(bytes: Buffer, peer: Peer, most: number): Promise<Buffer> {
  const gunzip = zlib().createGunzip({chunkSize: roomFor(bytes)})
  gunzip.end(bytes)
  try {
    return await whole(gunzip, peer, most, (size) => size > SMALL && size > gunzip.bytesWritten * RATIO)
  } catch (error) {
    throw error instanceof AnswerError ? error : malformed(peer, problem(error))
  }
}

function problem(error: unknown): string {
  const isCut = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR'
  return isCut
    ? 'ends in the middle of what is packed with gzip'
    : 'says that it is packed with gzip, and is not'
}

/** What comes in, without gzip; an error of the body is an error here, and who stops reading here stops the body. */
export function unpacked(response: Dispatcher.ResponseData, peer: Peer): Readable {
  return packedOf(response, peer)
    ? pipeline(response.body, zlib().createGunzip(), () => undefined)
    : response.body
}

/** @throws ConnectionError for what nobody has asked for. */
function packedOf({headers, body}: Dispatcher.ResponseData, peer: Peer): boolean {
  const encoding = String(headers['content-encoding'] ?? 'identity').toLowerCase()
  if (encoding === 'gzip' || encoding === 'x-gzip') return true
  if (encoding === 'identity' || encoding === '') return false
  body.on('error', () => undefined).destroy()
  throw malformed(peer, `is packed with ${clean(encoding.slice(0, 20))}, which nobody asked for`)
}

function malformed({server}: Peer, what: string): ConnectionError {
  return new ConnectionError(`error: the answer of ${server.origin} ${what}`, 'Malformed')
}
