import {ConnectionError} from '../errors.ts'
import type {HttpResponse} from './attempt.ts'
import {extract} from './status.ts'

const PROTOBUF = 'application/vnd.kubernetes.protobuf'
export const JSON_ONLY = 'application/json'
/** A server has half the work with it, and we with what we skip of it; it sends JSON of kinds that it has only so. */
export const PROTOBUF_FIRST = `${PROTOBUF}, ${JSON_ONLY}`

/**
 * The object in an answer, in whichever form it was sent: of JSON all that there is, of protobuf what `kept.proto` names.
 * @throws ConnectionError when it can't be understood, at once or, in protobuf, at the item of a list that is broken.
 */
export async function objectIn(
  {bytes, contentType}: Pick<HttpResponse, 'bytes' | 'contentType'>,
  server: URL,
): Promise<unknown> {
  if (!isProtobuf(contentType)) return decode(bytes, server)
  const {decodeProtobuf} = await loadProtobuf()
  return decodeProtobuf(bytes, server)
}

/** A watch says `;stream=watch` besides. */
export function isProtobuf(contentType: string): boolean {
  return contentType.startsWith(PROTOBUF)
}

/** Loads what protobuf takes; worth it while an answer is on its way. */
export function loadProtobuf() {
  return import('../protobuf/answer.ts')
}

/** A refusal as the text that it is, or would be in JSON; empty when it can't be understood. */
export async function refusalText({bytes, contentType}: HttpResponse, server: URL): Promise<string> {
  if (!isProtobuf(contentType)) return bytes.toString()
  return await objectIn({bytes, contentType}, server).then(JSON.stringify, () => '')
}

/**
 * JSON as the server sent it, times as strings, nothing left out.
 * @throws ConnectionError when it is none; the text quotes foreign pages, but never pieces of JSON.
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
