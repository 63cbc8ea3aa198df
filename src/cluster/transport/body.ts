import {pipeline, type Readable} from 'node:stream'
import {setImmediate} from 'node:timers/promises'
import {promisify} from 'node:util'
import type {Dispatcher} from 'undici'
import {drop} from '../drop.ts'

/** A server packs long answers only, and loading this takes longer than a short one. */
const zlib = () => process.getBuiltinModule('node:zlib')

/** A larger answer is unpacked in pieces. */
const PIECE = 1 << 26

/** The body of an answer, unpacked. */
export async function readBody(response: Dispatcher.ResponseData): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of response.body) chunks.push(chunk)
  // undici's pool takes a connection for free only after this turn; a next request would open another one.
  await setImmediate()
  const bytes = Buffer.concat(chunks)
  if (!isPacked(response)) return bytes
  const unpacked = await promisify(zlib().gunzip)(bytes, {chunkSize: roomFor(bytes)})
  drop(bytes)
  return unpacked
}

/**
 * Room for what is packed there, whose length stands at its end: unpacked at once it is not in memory twice, nor in pieces
 * each of which costs a turn of the event loop. Whatever stands there, it is no more than deflate can do.
 */
function roomFor(packed: Buffer): number {
  const length = packed.length < 4 ? 0 : packed.readUInt32LE(packed.length - 4)
  // with one byte to spare zlib sees that it has come to the end
  return Math.min(Math.max(length + 1, 64), packed.length * 1032 + 64, PIECE)
}

/** What comes in, without gzip; an error of the body is an error here, and who stops reading here stops the body. */
export function unpacked(response: Dispatcher.ResponseData): Readable {
  return isPacked(response) ? pipeline(response.body, zlib().createGunzip(), () => undefined) : response.body
}

function isPacked({headers}: Dispatcher.ResponseData): boolean {
  return headers['content-encoding'] === 'gzip'
}
