import type {Readable} from 'node:stream'
import type {Dispatcher} from 'undici'
import {clean} from '../../model/clean.ts'
import type {WatchLimits} from '../connection.ts'
import {ConnectionError} from '../errors.ts'
import {readBody, unpacked} from './body.ts'
import {deadline, within} from './deadline.ts'
import type {Peer} from './errors.ts'
import type {Headers} from './headers.ts'
import {leadsOn} from './leading-on.ts'
import type {RequestLog} from './request-log.ts'
import {retryAfter} from './retry.ts'
import {warnings} from './warnings.ts'

export interface HttpResponse {
  readonly status: number
  readonly bytes: Buffer
  /** Empty if it has none. */
  readonly contentType: string
  /** How long the server asks us to wait before the same question, in milliseconds. */
  readonly retryAfter: number | undefined
  readonly warnings: readonly string[]
}

/** An answer that goes on: what a watch was refused with is in `bytes`, else there is a `stream`. */
export interface OpenResponse extends HttpResponse {
  readonly stream: Readable | undefined
}

/** One GET of one path. */
export interface HttpRequest {
  readonly pool: Dispatcher
  readonly path: string
  readonly headers: Headers
  readonly peer: Peer
  readonly log?: RequestLog | undefined
  /** Somebody behind the server answers: so many bytes at most, and no word about where to ask instead. */
  readonly mostBytes?: number
}

/** It failed before anything of the answer had come: `cause` says how. */
export class BeforeHeaders extends Error {}

/**
 * One GET, body included, within the limits.
 * @throws BeforeHeaders, a ConnectionError when `--request-timeout` is over, or whatever broke the body.
 */
export async function attempt(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
  const {limits} = request.peer
  return await within(deadline(request.peer, 'total'), async (late) => {
    const until = late ? AbortSignal.any([signal, late]) : signal
    const response = await send(request, {headersTimeout: limits.headers, bodyTimeout: limits.body}, until)
    return {...head(response), bytes: await readBody(response, request.peer, request.mostBytes)}
  })
}

/**
 * One GET whose body is read while it comes in, for as long as it takes. The limits end with its head.
 * @throws BeforeHeaders, a ConnectionError when the limits are over, or whatever broke the body.
 */
export async function attemptStream(
  request: HttpRequest,
  {signal, idle}: WatchLimits,
): Promise<OpenResponse> {
  const limit = request.peer.limits.total > 0 ? 'total' : 'headers'
  return await within(deadline(request.peer, limit), async (late) => {
    const until = late ? AbortSignal.any([signal, late]) : signal
    const response = await send(request, {headersTimeout: 0, bodyTimeout: idle}, until)
    if (response.statusCode === 200) {
      return {...head(response), bytes: Buffer.alloc(0), stream: unpacked(response, request.peer)}
    }
    return {...head(response), bytes: await readBody(response, request.peer), stream: undefined}
  })
}

type Timeouts = {readonly headersTimeout: number; readonly bodyTimeout: number}

/** As many as Go's HTTP client follows. */
const MOST_REDIRECTS = 10

/** Follows redirects, but not to another server: that would be shown our token, and is one that nobody chose. */
async function send(
  request: HttpRequest,
  timeouts: Timeouts,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  let {path} = request
  for (let redirects = 0; ; redirects++) {
    const response = await sendOnce({...request, path}, timeouts, signal)
    const next = redirectOf(response, path, request.peer)
    if (next === undefined) return response
    await response.body.dump()
    if (request.mostBytes !== undefined || leadsOn(next))
      throw unreachable('the server sends us on to where nothing may be asked')
    if (redirects === MOST_REDIRECTS) throw unreachable('stopped after 10 redirects')
    path = next
  }
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]

function redirectOf(
  {statusCode, headers}: Dispatcher.ResponseData,
  path: string,
  {server}: Peer,
): string | undefined {
  const location = String(headers.location ?? '')
  if (!REDIRECTS.includes(statusCode) || location === '') return undefined
  const base = `${server.origin}${path}`
  const target = URL.canParse(location, base) ? new URL(location, base) : undefined
  if (target?.origin === server.origin) return `${target.pathname}${target.search}`
  throw unreachable(`the server sends us on to ${clean(target?.origin ?? location)}, which is another one`)
}

function unreachable(reason: string): ConnectionError {
  return new ConnectionError(`Unable to connect to the server: ${reason}`, 'Unreachable')
}

async function sendOnce(
  {pool, path, headers, peer, log}: HttpRequest,
  timeouts: Timeouts,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const {origin} = peer.server
  const started = performance.now()
  const tell = (answer: Partial<Dispatcher.ResponseData>) =>
    log?.answered(`${origin}${path}`, {
      ...(answer.statusCode !== undefined && {status: answer.statusCode, headers: answer.headers ?? {}}),
      milliseconds: performance.now() - started,
    })
  log?.asked(`${origin}${path}`, headers)
  try {
    const response = await pool.request({origin, path, headers, method: onlyGet('GET'), signal, ...timeouts})
    tell(response)
    return response
  } catch (error) {
    tell({})
    throw new BeforeHeaders('no answer', {cause: error})
  }
}

function head({statusCode, headers}: Dispatcher.ResponseData): Omit<HttpResponse, 'bytes'> {
  return {
    status: statusCode,
    contentType: String(headers['content-type'] ?? ''),
    retryAfter: retryAfter(statusCode, headers['retry-after']),
    warnings: warnings(headers.warning),
  }
}

/** The promise to change nothing, kept at run time too. */
export function onlyGet(method: string): 'GET' {
  if (method !== 'GET') throw new Error(`bug: ${method} would not be read-only`)
  return 'GET'
}
