import {clean} from '../../model/clean.ts'
import {AnswerError, ConnectionError} from '../errors.ts'
import {duration, type Limits} from './limits.ts'

/** The server that we were talking to when it failed. */
export interface Peer {
  readonly server: URL
  readonly proxy: URL | undefined
  readonly limits: Limits
}

interface Failure {
  readonly message: string
  readonly code?: string
  readonly cert?: {readonly subjectaltname?: string}
  readonly errors?: readonly unknown[]
}

/** What made a request fail, in the words of kubectl and Go. Errors that are already worded are returned as they are. */
export function connectionError(error: unknown, peer: Peer): AnswerError {
  if (error instanceof AnswerError) return error
  const failure = failureOf(error)
  const limit = TIMEOUTS[failure.code ?? '']
  if (limit !== undefined) return timeoutError(peer, limit)
  if (failure.code === 'ECONNREFUSED' && peer.proxy === undefined) return refused(peer.server)
  const reason = isUntrusted(failure) ? 'Untrusted' : 'Unreachable'
  return new ConnectionError(`Unable to connect to the server: ${cause(failure, peer)}`, reason)
}

const TIMEOUTS: Readonly<Record<string, keyof Limits>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  ETIMEDOUT: 'connect',
  UND_ERR_HEADERS_TIMEOUT: 'headers',
  UND_ERR_BODY_TIMEOUT: 'body',
}

/** A limit was reached; the text names the server, the limit and the flag that moves it. */
export function timeoutError({server, limits}: Peer, limit: keyof Limits): ConnectionError {
  const reached = limits.total || limits[limit]
  const within = reached > 0 ? ` ${limit === 'body' ? 'for' : 'within'} ${duration(reached)}` : ''
  const what = limit === 'body' ? 'sent nothing more' : 'did not answer'
  const flag = limits.total ? 'as --request-timeout asks' : 'see --request-timeout'
  return new ConnectionError(
    `Unable to connect to the server: ${server.origin} ${what}${within} (${flag})`,
    'Timeout',
  )
}

function refused({host}: URL): ConnectionError {
  const text = `The connection to the server ${host} was refused - did you specify the right host or port?`
  return new ConnectionError(text, 'Refused')
}

// undici and Node wrap: what happened to the socket is innermost, or first of the addresses tried.
function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return {message: String(error)}
  const failure: Failure = error
  const [inner] = failure.errors ?? []
  if (inner instanceof Error) return failureOf(inner)
  const isWrapper = failure.code === undefined || failure.code.startsWith('UND_ERR_PRX')
  return isWrapper && error.cause instanceof Error ? failureOf(error.cause) : failure
}

function cause(failure: Failure, peer: Peer): string {
  const {code = '', message} = failure
  const certificate = CERTIFICATE[code]
  if (certificate !== undefined) return `tls: failed to verify certificate: x509: ${certificate}`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongName(failure, peer)
  const at = (peer.proxy ?? peer.server).host
  const network = NETWORK[code]
  if (network !== undefined)
    return `${peer.proxy ? 'proxyconnect tcp: ' : ''}dial tcp ${at}: connect: ${network}`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `dial tcp: lookup ${(peer.proxy ?? peer.server).hostname}: ${LOOKUP[code]}`
  if (code === 'ECONNRESET' || code === 'EPIPE') return `read tcp ${at}: connection reset by peer`
  if (code === 'UND_ERR_SOCKET') return 'unexpected EOF: the server closed the connection'
  return tlsCause(code, message) ?? clean(message).slice(0, 300)
}

const UNKNOWN_AUTHORITY = 'certificate signed by unknown authority'
const NOT_NOW = 'certificate has expired or is not yet valid'
const CERTIFICATE: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: NOT_NOW,
  CERT_NOT_YET_VALID: NOT_NOW,
}
function isUntrusted({code = ''}: Failure): boolean {
  return code in CERTIFICATE || code === 'ERR_TLS_CERT_ALTNAME_INVALID'
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
}
const LOOKUP = {ENOTFOUND: 'no such host', EAI_AGAIN: 'Temporary failure in name resolution'}

function wrongName({cert}: Failure, {server}: Peer): string {
  const names = (cert?.subjectaltname ?? '').replace(/(DNS|IP Address):/g, '')
  return `tls: failed to verify certificate: x509: certificate is valid for ${clean(names)}, not ${server.hostname}`
}

function tlsCause(code: string, message: string): string | undefined {
  if (
    code === 'ERR_SSL_WRONG_VERSION_NUMBER' ||
    /wrong version number|packet length too long/.test(message)
  ) {
    return 'http: server gave HTTP response to HTTPS client'
  }
  const [, alert] = /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_ALERT_(\w+)$/.exec(code) ?? []
  if (alert !== undefined) return `remote error: tls: ${alert.toLowerCase().replaceAll('_', ' ')}`
  const [, proxyStatus] = /^Proxy response \((\d+)\)/.exec(message) ?? []
  return proxyStatus === undefined ? undefined : `proxyconnect tcp: the proxy answered ${proxyStatus}`
}
