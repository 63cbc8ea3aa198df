import {setTimeout} from 'node:timers/promises'
import type {Dispatcher} from 'undici'
import type {Connection, Query, WatchEvent, WatchLimits} from '../connection.ts'
import {AnswerError} from '../errors.ts'
import type {Credentials, SignIn} from '../sign-in/credentials.ts'
import {type Answer, attempt, attemptStream, BeforeHeaders, type Headers, type Request} from './attempt.ts'
import {decode} from './body.ts'
import {connectionError, type Peer} from './errors.ts'
import {duration} from './limits.ts'
import {onePool} from './pool.ts'
import {isReset, MAX_RESETS, MAX_RETRIES} from './retry.ts'
import {createSlots} from './slots.ts'
import {statusError} from './status.ts'
import {events} from './watch.ts'

/** GET, whole or as a stream, and close: there is no way to ask for another verb. */
export type Transport = Pick<Connection, 'get' | 'watch' | 'close'>

export interface TransportOptions extends Peer {
  readonly signIn: SignIn
  readonly headers: Headers
  openPool(credentials: Credentials): Dispatcher
  note(line: string): void
}

/** Answers to `get` in flight at most; watches are few and don't count. */
const MAX_GETS = 8

/** Read objects from one API server over one pool of connections. */
export function createTransport(options: TransportOptions): Transport {
  const {signIn, limits, server} = options
  const closing = new AbortController()
  const pool = onePool((credentials) => options.openPool(credentials))
  const note = onceEach(options)
  const inTurn = createSlots(MAX_GETS)

  async function get(path: string, query: Query = {}, signal?: AbortSignal): Promise<unknown> {
    const stop = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal
    const target = targetOf(server, path, query)
    const once = (used: Credentials) => inTurn(() => attempt(request(target, used), stop))
    try {
      const answer = await signedIn((used) => patient(() => persistent(() => once(used), stop), stop))
      if (answer.status < 200 || answer.status > 206) throw refusal(answer)
      return decode(answer.bytes, server)
    } catch (error) {
      throw worded(error, options, stop)
    }
  }

  // A busy server's wish to be asked later is left to who follows: it knows better how long that may take.
  async function watch(
    path: string,
    query: Query,
    watching: WatchLimits,
  ): Promise<AsyncIterable<WatchEvent>> {
    const stop = AbortSignal.any([watching.signal, closing.signal])
    const target = targetOf(server, path, query)
    const once = (used: Credentials) => attemptStream(request(target, used), {...watching, signal: stop})
    try {
      const answer = await signedIn((used) => persistent(() => once(used), stop))
      if (answer.stream === undefined) throw refusal(answer)
      return wordedEach(answer.stream, watching, stop)
    } catch (error) {
      throw worded(error, options, stop)
    }
  }

  async function* wordedEach(body: AsyncIterable<Buffer>, {idle}: WatchLimits, stop: AbortSignal) {
    try {
      yield* events(body, server)
    } catch (error) {
      throw worded(error, {...options, limits: {...limits, body: idle, total: 0}}, stop)
    }
  }

  // client-go signs in again only for later requests; a GET can be asked twice, so this one is.
  async function signedIn<A extends Answer>(send: (used: Credentials) => Promise<A>): Promise<A> {
    const used = await signIn.credentials()
    const answer = await send(used)
    const renewed = answer.status === 401 ? await signIn.renew(used) : undefined
    return renewed === undefined ? answer : send(renewed)
  }

  // A wait that is longer than what is left of the limit is not begun: the server's own text says more.
  async function patient(send: () => Promise<Answer>, stop: AbortSignal): Promise<Answer> {
    let left = limits.waiting
    for (let retries = 0; ; retries++) {
      const answer = await send()
      const wait = answer.retryAfter
      if (wait === undefined || retries === MAX_RETRIES || wait > left) return answer
      if (wait > 2000) note(`Waiting ${duration(wait)}: ${server.origin} is busy (${answer.status})`)
      await setTimeout(wait, undefined, {signal: stop})
      left -= wait
    }
  }

  async function persistent<A extends Answer>(send: () => Promise<A>, stop: AbortSignal): Promise<A> {
    for (let resets = 0; ; resets++) {
      try {
        if (stop.aborted) throw new Error('closed')
        const answer = await send()
        for (const text of answer.warnings) note(`Warning: ${text}`)
        return answer
      } catch (error) {
        const mayRetry = resets < MAX_RESETS && !stop.aborted
        if (!mayRetry || !(error instanceof BeforeHeaders) || !isReset(error.cause)) throw error
      }
    }
  }

  function request(path: string, credentials: Credentials): Request {
    const {authorization} = credentials
    const headers = {...options.headers, ...(authorization && {authorization})}
    return {pool: pool.withCertificate(credentials), path, headers, peer: options}
  }

  async function close(): Promise<void> {
    closing.abort()
    await pool.close()
  }

  return {get, watch, close}
}

function worded(error: unknown, peer: Peer, stop: AbortSignal): AnswerError {
  return stop.aborted ? new AnswerError('error: interrupted') : connectionError(error, peer)
}

function refusal({status, bytes, retryAfter}: Answer): AnswerError {
  return statusError(status, bytes.toString(), retryAfter)
}

function onceEach(options: TransportOptions): (line: string) => void {
  const noted = new Set<string>()
  return (line) => {
    if (!noted.has(line)) options.note(line)
    noted.add(line)
  }
}

function targetOf({pathname}: URL, path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return `${pathname.replace(/\/$/, '')}${path}${text === '' ? '' : `?${text}`}`
}
