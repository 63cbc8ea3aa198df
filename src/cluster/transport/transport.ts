import {setTimeout} from 'node:timers/promises'
import type {Dispatcher} from 'undici'
import type {Connection, Query} from '../connection.ts'
import {AnswerError} from '../errors.ts'
import type {Credentials, SignIn} from '../sign-in/credentials.ts'
import {type Answer, attempt, BeforeHeaders, type Headers} from './attempt.ts'
import {decode} from './body.ts'
import {connectionError, type Peer} from './errors.ts'
import {duration} from './limits.ts'
import {onePool} from './pool.ts'
import {isReset, MAX_RESETS, MAX_RETRIES} from './retry.ts'
import {statusError} from './status.ts'

/** GET and close: there is no way to ask for another verb. */
export type Transport = Pick<Connection, 'get' | 'close'>

export interface TransportOptions extends Peer {
  readonly signIn: SignIn
  readonly headers: Headers
  openPool(credentials: Credentials): Dispatcher
  note(line: string): void
}

/** Read objects from one API server over one pool of connections. */
export function createTransport(options: TransportOptions): Transport {
  const {signIn, limits, server} = options
  const closing = new AbortController()
  const pool = onePool((credentials) => options.openPool(credentials))
  const note = onceEach(options)

  async function get(path: string, query: Query = {}): Promise<unknown> {
    try {
      const {status, bytes} = await signedIn(`${server.pathname.replace(/\/$/, '')}${path}${search(query)}`)
      if (status < 200 || status > 206) throw statusError(status, bytes.toString())
      return decode(bytes, server)
    } catch (error) {
      throw closing.signal.aborted ? new AnswerError('error: interrupted') : connectionError(error, options)
    }
  }

  // client-go signs in again only for later requests; a GET can be asked twice, so this one is.
  async function signedIn(target: string): Promise<Answer> {
    const used = await signIn.credentials()
    const answer = await patient(target, used)
    const renewed = answer.status === 401 ? await signIn.renew(used) : undefined
    return renewed === undefined ? answer : patient(target, renewed)
  }

  // A wait that is longer than what is left of the limit is not begun: the server's own text says more.
  async function patient(target: string, credentials: Credentials): Promise<Answer> {
    let left = limits.waiting
    for (let retries = 0; ; retries++) {
      const answer = await persistent(target, credentials)
      const wait = answer.retryAfter
      if (wait === undefined || retries === MAX_RETRIES || wait > left) return answer
      if (wait > 2000) note(`Waiting ${duration(wait)}: ${server.origin} is busy (${answer.status})`)
      await setTimeout(wait, undefined, {signal: closing.signal})
      left -= wait
    }
  }

  async function persistent(target: string, credentials: Credentials): Promise<Answer> {
    for (let resets = 0; ; resets++) {
      try {
        return await ask(target, credentials)
      } catch (error) {
        const mayRetry = resets < MAX_RESETS && !closing.signal.aborted
        if (!mayRetry || !(error instanceof BeforeHeaders) || !isReset(error.cause)) throw error
      }
    }
  }

  async function ask(target: string, credentials: Credentials): Promise<Answer> {
    if (closing.signal.aborted) throw new Error('closed')
    const {authorization} = credentials
    const headers = {...options.headers, ...(authorization && {authorization})}
    const answer = await attempt(pool.withCertificate(credentials), target, headers, options)
    for (const text of answer.warnings) note(`Warning: ${text}`)
    return answer
  }

  async function close(): Promise<void> {
    closing.abort()
    await pool.close()
  }

  return {get, close}
}

function onceEach(options: TransportOptions): (line: string) => void {
  const noted = new Set<string>()
  return (line) => {
    if (!noted.has(line)) options.note(line)
    noted.add(line)
  }
}

function search(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}
