import type {Dispatcher} from 'undici'
import type {Query} from './connection.ts'
import {AnswerError} from './errors.ts'
import type {Credentials, SignIn} from './sign-in-credentials.ts'
import {statusError} from './status.ts'
import {decode, readBody} from './transport-body.ts'
import {connectionError, type Peer, timeoutError} from './transport-errors.ts'
import {duration} from './transport-limits.ts'
import {isReset, MAX_RETRIES, pause, retryAfter} from './transport-retry.ts'
import {warnings} from './transport-warnings.ts'

export interface Transport {
  /** GET and nothing else: there is no way to ask this for another verb. */
  get(path: string, query?: Query): Promise<unknown>
  close(): Promise<void>
}

export interface TransportOptions extends Peer {
  readonly signIn: SignIn
  readonly headers: Readonly<Record<string, string | string[]>>
  /** A pool that shows this client certificate; asked again only when the certificate changes. */
  openPool(credentials: Credentials): Dispatcher
  note(line: string): void
}

interface Answer {
  readonly status: number
  readonly bytes: Buffer
  readonly retryAfter: number | undefined
}

/** Read objects from one API server over one pool of connections. */
export function createTransport(options: TransportOptions): Transport {
  const {signIn, limits, server, note} = options
  const closing = new AbortController()
  const noted = new Set<string>()
  const pool = onePool(options)

  async function get(path: string, query: Query = {}): Promise<unknown> {
    const target = `${server.pathname.replace(/\/$/, '')}${path}${search(query)}`
    try {
      const answer = await signedIn(target)
      if (answer.status < 200 || answer.status > 206)
        throw statusError(answer.status, answer.bytes.toString())
      return decode(answer.bytes, server)
    } catch (error) {
      if (closing.signal.aborted) throw new AnswerError('error: interrupted')
      throw connectionError(error, options)
    }
  }

  // client-go signs in again only for later requests; a GET can be asked twice, so this one is.
  async function signedIn(target: string): Promise<Answer> {
    const used = await signIn.credentials()
    const answer = await patient(target, used)
    const renewed = answer.status === 401 ? await signIn.renew(used) : undefined
    return renewed === undefined ? answer : patient(target, renewed)
  }

  async function patient(target: string, credentials: Credentials): Promise<Answer> {
    let waited = 0
    for (let attempt = 0; ; attempt++) {
      const answer = await resilient(target, credentials)
      const wait = answer.retryAfter
      if (wait === undefined || attempt === MAX_RETRIES || waited + wait > limits.waiting) return answer
      if (wait > 2000) once(`Waiting ${duration(wait)}: ${server.origin} is busy (${answer.status})`)
      await pause(wait, closing.signal)
      waited += wait
    }
  }

  async function resilient(target: string, credentials: Credentials): Promise<Answer> {
    for (let resets = 0; ; resets++) {
      try {
        return await ask(target, credentials)
      } catch (error) {
        if (resets === 2 || !(error instanceof BeforeHeaders) || !isReset(error.cause)) throw error
      }
    }
  }

  async function ask(target: string, credentials: Credentials): Promise<Answer> {
    const {signal, clear} = deadline(closing.signal, limits.total, () => timeoutError(options, 'total'))
    try {
      const response = await send(target, credentials, signal)
      for (const text of warnings(response.headers.warning)) once(`Warning: ${text}`)
      const wait = retryAfter(response.statusCode, response.headers['retry-after'])
      return {status: response.statusCode, bytes: await readBody(response), retryAfter: wait}
    } catch (error) {
      throw signal.aborted ? signal.reason : error
    } finally {
      clear()
    }
  }

  async function send(path: string, credentials: Credentials, signal: AbortSignal) {
    const {authorization} = credentials
    const headers = {...options.headers, ...(authorization && {authorization})}
    const request = {origin: server.origin, path, method: onlyGet('GET'), headers, signal}
    const times = {headersTimeout: limits.headers, bodyTimeout: limits.body}
    return pool
      .for(credentials)
      .request({...request, ...times})
      .catch((error) => {
        throw new BeforeHeaders('', {cause: error})
      })
  }

  function once(line: string): void {
    if (noted.has(line)) return
    noted.add(line)
    note(line)
  }

  async function close(): Promise<void> {
    if (closing.signal.aborted) return
    closing.abort(new Error('closed'))
    await pool.close()
  }

  return {get, close}
}

/** Nothing of the answer had come yet. */
class BeforeHeaders extends Error {}

/** The promise to change nothing, kept at run time too. */
function onlyGet(method: string): 'GET' {
  if (method !== 'GET') throw new Error(`bug: ${method} would not be read-only`)
  return 'GET'
}

// A new client certificate needs new connections (client-go closes the old ones too); a new token doesn't.
function onePool({openPool}: TransportOptions) {
  let pool: Dispatcher | undefined
  let shown: Credentials = {}
  return {
    for(credentials: Credentials): Dispatcher {
      const same = credentials.cert === shown.cert && credentials.key === shown.key
      if (pool !== undefined && same) return pool
      pool?.close().catch(() => undefined)
      shown = credentials
      pool = openPool(credentials)
      return pool
    },
    close: async () => pool?.destroy(),
  }
}

function deadline(closing: AbortSignal, total: number, reason: () => Error) {
  const controller = new AbortController()
  const timer = total > 0 ? setTimeout(() => controller.abort(reason()), total) : undefined
  return {signal: AbortSignal.any([closing, controller.signal]), clear: () => clearTimeout(timer)}
}

function search(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}
