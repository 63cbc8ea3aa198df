import {pipeline, type Readable} from 'node:stream'
import {setImmediate} from 'node:timers/promises'
import type {Dispatcher} from 'undici'
import {ConnectionError} from '../errors.ts'
import {extract} from './status.ts'

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
  if (headers['content-encoding'] !== 'gzip') return body
  // a server packs long answers only, and loading this takes longer than a short one
  const {createGunzip} = process.getBuiltinModule('node:zlib')
  return pipeline(body, createGunzip(), () => undefined)
}

/**
 * The one place where bytes become an object: JSON as the server sent it, times as strings, nothing left out.
 * @throws ConnectionError when they are not JSON; the text quotes foreign pages, but never pieces of JSON.
 */
export function decode(bytes: Buffer, server: URL): unknown {
  const text = bytes.toString()
  try {
    return JSON.parse(text)
  } catch {
    throw new ConnectionError(`error: the answer of ${server.origin} ${problem(text)}`, 'Malformed')
  }
}

function problem(text: string): string {
  return /^\s*[[{]/.test(text)
    ? 'ends in the middle: it is not whole JSON'
    : `is not JSON: ${extract(text) || '(empty)'}`
}
