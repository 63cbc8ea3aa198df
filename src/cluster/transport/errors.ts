import {clean} from '../../model/clean.ts'
import {AnswerError, ConnectionError} from '../errors.ts'
import {duration, type Limits} from './limits.ts'
import {ProxyError, ProxyRefusal} from './proxy-errors.ts'
import {WrongName} from './server-name.ts'

/** The server that we were talking to when it failed. */
export interface Peer {
  readonly server: URL
  readonly proxy: URL | undefined
  readonly limits: Limits
}

interface Failure {
  readonly message: string
  readonly code?: string
  readonly errors?: readonly unknown[]
}

/** What made a request fail, in the words of kubectl and Go. Errors that are already worded are returned as they are. */
export function connectionError(error: unknown, peer: Peer): AnswerError {
  if (error instanceof AnswerError) return error
  const failure = failureOf(error)
  const limit = TIMEOUTS[failure.code ?? '']
  if (limit !== undefined) return timeoutError(peer, limit)
  const proxy = isOfProxy(error) ? peer.proxy : undefined
  if (failure.code === 'ECONNREFUSED' && proxy === undefined) return refused(peer.server)
  const by =
    proxy === undefined
      ? ''
      : `${proxy.protocol.startsWith('socks') ? 'socks connect' : 'proxyconnect'} tcp: `
  return new ConnectionError(
    `Unable to connect to the server: ${by}${cause(failure, proxy ?? peer.server)}`,
    isUntrusted(failure) ? 'Untrusted' : 'Unreachable',
  )
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
  return failure.code === undefined && error.cause instanceof Error ? failureOf(error.cause) : failure
}

/** Whether it failed on the way to the proxy, or there. */
function isOfProxy(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error instanceof ProxyError || isOfProxy(error.cause)
}

function cause(failure: Failure, at: URL): string {
  const {code = '', message} = failure
  const certificate = CERTIFICATE[code]
  if (certificate !== undefined) return `tls: failed to verify certificate: x509: ${certificate}`
  if (failure instanceof WrongName) return `tls: failed to verify certificate: x509: ${message}`
  const network = NETWORK[code || (/^connect (E[A-Z]+)/.exec(message)?.[1] ?? '')]
  if (network !== undefined) return `dial tcp ${at.host}: connect: ${network}`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `dial tcp: lookup ${at.hostname}: ${LOOKUP[code]}`
  if (code === 'ECONNRESET' || code === 'EPIPE') return `read tcp ${at.host}: connection reset by peer`
  if (code === 'UND_ERR_SOCKET' || code === 'UND_ERR_INFO')
    return 'unexpected EOF: the server closed the connection'
  if (failure instanceof ProxyRefusal) return `the proxy answered ${clean(message).slice(0, 100)}`
  return protocolCause(code, message) ?? clean(message).slice(0, 300)
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
function isUntrusted(failure: Failure): boolean {
  return (failure.code ?? '') in CERTIFICATE || failure instanceof WrongName
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
}
const LOOKUP = {ENOTFOUND: 'no such host', EAI_AGAIN: 'Temporary failure in name resolution'}

function protocolCause(code: string, message: string): string | undefined {
  if (
    code === 'ERR_SSL_WRONG_VERSION_NUMBER' ||
    /wrong version number|packet length too long/.test(message)
  ) {
    return 'http: server gave HTTP response to HTTPS client'
  }
  const [, alert] = /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_ALERT_(\w+)$/.exec(code) ?? []
  if (alert !== undefined) return `remote error: tls: ${alert.toLowerCase().replaceAll('_', ' ')}`
  const [, reset] = /^Stream closed with error code NGHTTP2_(\w+)/.exec(message) ?? []
  return reset && `stream error: ${reset}; received from peer`
}
