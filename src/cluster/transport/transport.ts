import type {Readable} from 'node:stream'
import type {Dispatcher} from 'undici'
import type {Connection, Query, WatchEvent, WatchLimits} from '../connection.ts'
import {AnswerError, StatusError} from '../errors.ts'
import {type Credentials, discreet, type SignIn} from '../sign-in/credentials.ts'
import {attempt, attemptStream, type HttpRequest, type HttpResponse} from './attempt.ts'
import {JSON_ONLY, loadProtobuf, objectIn, PROTOBUF_FIRST, refusalText} from './content.ts'
import {connectionError, type Peer} from './errors.ts'
import {type Headers, sendable} from './headers.ts'
import {isSummary, leadsOn, summaryPath} from './leading-on.ts'
import {onePool} from './pool.ts'
import type {RequestLog} from './request-log.ts'
import {patient, persistent, signedIn} from './retrying.ts'
import {createSlots} from './slots.ts'
import {statusError} from './status.ts'
import {events} from './watch.ts'

/** Dial, GET, whole or as a stream, and close: there is no way to ask for another verb. */
export type Transport = Pick<Connection, 'dial' | 'get' | 'text' | 'summary' | 'watch' | 'close' | 'warnings'>

export interface TransportOptions extends Peer {
  readonly signIn: SignIn
  readonly headers: Headers
  readonly log?: RequestLog | undefined
  /** `onMultiplexed` is called when the server turns out to answer many at a time over one connection. */
  openPool(credentials: Credentials, onMultiplexed: () => void): Dispatcher
  note(line: string): void
}

/** Answers to `get` in flight at most, where each takes a connection; watches are few and don't count. */
const MAX_GETS = 8
/** And where all share one: as many as are asked for by their names. */
const MAX_MULTIPLEXED = 40

/** Read objects from one API server over one pool of connections. */
export function createTransport(options: TransportOptions): Transport {
  const {server} = options
  const signIn = discreet(options.signIn)
  const closing = new AbortController()
  const slots = createSlots(MAX_GETS)
  const pool = onePool((credentials) => options.openPool(credentials, () => slots.widen(MAX_MULTIPLEXED)))
  const noted = new Set<string>()
  const peer = {...options, note: onceEach(options, noted)}

  async function read<T>(
    [path, query, signal]: readonly [string, Query, AbortSignal | undefined],
    accept: string,
    use: (answer: HttpResponse) => T | Promise<T>,
  ): Promise<T> {
    const stop = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal
    const target = targetOf(server, path, query)
    const once = (used: Credentials) => slots.run(() => attempt(request(target, accept, used), stop))
    const often = (used: Credentials) => persistent(() => once(used), peer.note, stop)
    try {
      const answer = await signedIn(signIn, (used) => patient(() => often(used), peer, stop))
      if (answer.status < 200 || answer.status > 206) throw await refusal(answer, server)
      return await use(answer)
    } catch (error) {
      throw worded(error, options, stop)
    }
  }

  let accepted = PROTOBUF_FIRST
  let isLoading = false
  const get = (path: string, query: Query = {}, signal?: AbortSignal) =>
    accepting((accept) => read([path, query, signal], accept, (answer) => objectIn(answer, server)))

  const text = (path: string, query: Query = {}, signal?: AbortSignal, accept = JSON_ONLY) =>
    read([path, query, signal], accept, ({bytes}) => bytes.toString())

  /** Whoever answers is not the server: it is asked once, in its words nothing is obeyed, and of its refusals none is about us. */
  async function summary(node: string, mostBytes: number, signal: AbortSignal): Promise<string> {
    const stop = AbortSignal.any([signal, closing.signal])
    const target = targetOf(server, summaryPath(node), {})
    try {
      const used = await signIn.credentials()
      const answer = await slots.run(() => attempt({...request(target, JSON_ONLY, used), mostBytes}, stop))
      if (answer.status !== 200) throw await refusal(answer, server)
      return answer.bytes.toString()
    } catch (error) {
      throw worded(error, options, stop)
    }
  }

  /** Asks for what this server may send; one that wants no protobuf is asked for JSON, once and for all. */
  async function accepting<T>(ask: (accept: string) => Promise<T>): Promise<T> {
    const accept = accepted
    // when the request is out
    if (accept === PROTOBUF_FIRST && !isLoading) setImmediate(() => loadProtobuf().catch(() => undefined))
    isLoading = true
    try {
      return await ask(accept)
    } catch (error) {
      if (accept === JSON_ONLY || !isRefusedForm(error)) throw error
      accepted = JSON_ONLY
      return await ask(JSON_ONLY)
    }
  }

  const watch = (path: string, query: Query, limits: WatchLimits) =>
    accepting((accept) => follow(path, query, accept, limits))

  // When a busy server wants to be asked again is left to who follows: that may be much later.
  async function follow(path: string, query: Query, accept: string, given: WatchLimits) {
    const stop = AbortSignal.any([given.signal, closing.signal])
    const target = targetOf(server, path, query)
    const once = (used: Credentials) => attemptStream(request(target, accept, used), {...given, signal: stop})
    try {
      const answer = await signedIn(signIn, (used) => persistent(() => once(used), peer.note, stop))
      const {stream, contentType} = answer
      if (stream === undefined) throw await refusal(answer, server)
      const limits = {...options.limits, body: given.idle, total: 0}
      return changes({stream, contentType}, {...options, limits}, stop)
    } catch (error) {
      throw worded(error, options, stop)
    }
  }

  function request(path: string, accept: string, credentials: Credentials): HttpRequest {
    const {authorization} = credentials
    const headers = sendable({accept, ...options.headers, ...(authorization && {authorization})})
    return {pool: pool.withCertificate(credentials), path, headers, peer: options, log: options.log}
  }

  function dial(): void {
    if (signIn.fixed) pool.withCertificate(signIn.fixed)
  }

  async function close(): Promise<void> {
    closing.abort()
    await pool.close()
  }

  const warnings = () => [...noted].filter((line) => line.startsWith('Warning: ')).length
  return {dial, get, text, summary, watch, close, warnings}
}

async function* changes(
  {stream, contentType}: {readonly stream: Readable; readonly contentType: string},
  peer: Peer,
  stop: AbortSignal,
): AsyncGenerator<WatchEvent, void> {
  try {
    yield* events(stream, contentType, peer.server)
  } catch (error) {
    throw worded(error, peer, stop)
  }
}

function worded(error: unknown, peer: Peer, stop: AbortSignal): AnswerError {
  return stop.aborted ? new AnswerError('error: interrupted') : connectionError(error, peer)
}

async function refusal(answer: HttpResponse, server: URL): Promise<AnswerError> {
  return statusError(answer.status, await refusalText(answer, server), answer.retryAfter)
}

/** 406: something in front of the server wants no protobuf. */
function isRefusedForm(error: unknown): boolean {
  return error instanceof StatusError && error.code === 406
}

function onceEach(options: TransportOptions, noted: Set<string>): (line: string) => void {
  return (line) => {
    if (!noted.has(line)) options.note(line)
    noted.add(line)
  }
}

/** @throws Error for what would lead on to somebody else: no name that anybody gives does. */
function targetOf({pathname}: URL, path: string, query: Query): string {
  if (leadsOn(path) && !isSummary(path)) throw new Error(`bug: ${path} leads on to somebody else`)
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return `${pathname.replace(/\/$/, '')}${path}${text === '' ? '' : `?${text}`}`
}
