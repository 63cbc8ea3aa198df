import type {Dispatcher} from 'undici'
import {readBody} from './body.ts'
import {type Peer, timeoutError} from './errors.ts'
import {retryAfter} from './retry.ts'
import {warnings} from './warnings.ts'

export type Headers = Readonly<Record<string, string | string[]>>

export interface Answer {
  readonly status: number
  readonly bytes: Buffer
  /** How long the server asks us to wait before the same question, in milliseconds. */
  readonly retryAfter: number | undefined
  readonly warnings: readonly string[]
}

/** It failed before anything of the answer had come: `cause` says how. */
export class BeforeHeaders extends Error {}

/**
 * One GET, body included, within the limits.
 * @throws BeforeHeaders, a ConnectionError when `--request-timeout` is over, or whatever broke the body.
 */
export async function attempt(pool: Dispatcher, path: string, headers: Headers, peer: Peer): Promise<Answer> {
  const {signal, clear} = deadline(peer)
  try {
    const response = await send(pool, path, headers, peer, signal)
    return {
      status: response.statusCode,
      retryAfter: retryAfter(response.statusCode, response.headers['retry-after']),
      warnings: warnings(response.headers.warning),
      bytes: await readBody(response),
    }
  } catch (error) {
    throw signal?.aborted ? signal.reason : error
  } finally {
    clear()
  }
}

async function send(
  pool: Dispatcher,
  path: string,
  headers: Headers,
  {server, limits}: Peer,
  signal: AbortSignal | undefined,
): Promise<Dispatcher.ResponseData> {
  const request = {origin: server.origin, path, headers, method: onlyGet('GET'), ...(signal && {signal})}
  try {
    return await pool.request({...request, headersTimeout: limits.headers, bodyTimeout: limits.body})
  } catch (error) {
    throw new BeforeHeaders('no answer', {cause: error})
  }
}

/** The promise to change nothing, kept at run time too. */
export function onlyGet(method: string): 'GET' {
  if (method !== 'GET') throw new Error(`bug: ${method} would not be read-only`)
  return 'GET'
}

interface Deadline {
  readonly signal: AbortSignal | undefined
  clear(): void
}

function deadline(peer: Peer): Deadline {
  const {total} = peer.limits
  if (total === 0) return {signal: undefined, clear: () => undefined}
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(timeoutError(peer, 'total')), total)
  return {signal: controller.signal, clear: () => clearTimeout(timer)}
}
