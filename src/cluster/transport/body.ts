import {pipeline, type Readable} from 'node:stream'
import {setImmediate} from 'node:timers/promises'
import {createGunzip} from 'node:zlib'
import type {Dispatcher} from 'undici'

/** The body of an answer, unpacked while it comes in. */
export async function readBody(response: Dispatcher.ResponseData): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of unpacked(response)) chunks.push(chunk)
  // undici's pool takes a connection for free only after this turn; a next request would open another one.
  await setImmediate()
  return Buffer.concat(chunks)
}

/** What comes in, without gzip; an error of the body is an error here, and who stops reading here stops the body. */
export function unpacked({body, headers}: Dispatcher.ResponseData): Readable {
  return headers['content-encoding'] === 'gzip' ? pipeline(body, createGunzip(), () => undefined) : body
}
