import {pipeline, type Readable} from 'node:stream'
import {setImmediate} from 'node:timers/promises'
import {promisify} from 'node:util'
import type {Dispatcher} from 'undici'

/** A server packs long answers only, and loading this takes longer than a short one. */
const zlib = () => process.getBuiltinModule('node:zlib')

/** A page of a list is about a megabyte; each piece of it costs a turn of the event loop. */
const PIECE = {chunkSize: 1 << 20}

/** The body of an answer, unpacked. */
export async function readBody(response: Dispatcher.ResponseData): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of response.body) chunks.push(chunk)
  // undici's pool takes a connection for free only after this turn; a next request would open another one.
  await setImmediate()
  const bytes = Buffer.concat(chunks)
  return isPacked(response) ? await promisify(zlib().gunzip)(bytes, PIECE) : bytes
}

/** What comes in, without gzip; an error of the body is an error here, and who stops reading here stops the body. */
export function unpacked(response: Dispatcher.ResponseData): Readable {
  return isPacked(response) ? pipeline(response.body, zlib().createGunzip(), () => undefined) : response.body
}

function isPacked({headers}: Dispatcher.ResponseData): boolean {
  return headers['content-encoding'] === 'gzip'
}
