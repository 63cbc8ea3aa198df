import {isIPv4, isIPv6} from 'node:net'
import {clean} from '../model/clean.ts'
import {AnswerError} from './errors.ts'
import {type GoUrl, parseGoUrl, UrlError} from './go-url.ts'

/** Where a server is, and what its URL says of who we are. */
export interface ServerUrl {
  readonly url: URL
  /** Of `https://name:password@host`; it counts before every other credential, as in Go. */
  readonly authorization: string | undefined
}

/**
 * The server of a kubeconfig; a host without scheme is plain http (client-go 0.37 rest/url_utils.go).
 * @throws AnswerError in kubectl's words for what is none.
 */
export function serverUrl(text: string): ServerUrl {
  const {scheme, userinfo, host, port, path} = partsOf(text)
  if (!/^https?$/.test(scheme)) throw unreachable(`unsupported protocol scheme "${scheme}"`)
  if (host === '') throw unreachable('http: no Host in request URL')
  if (Number(port) > 65_535) throw unreachable(`dial tcp: address ${port}: invalid port`)
  const joined = path.replace(/\/+/g, '/')
  const address = `${scheme}://${isIPv6(host) ? `[${host}]` : host}${port && `:${port}`}${joined}`
  const url = URL.canParse(address) ? new URL(address) : undefined
  // JavaScript takes `127.1` for an address, Go for a name
  const isMended = url === undefined || (isIPv4(url.hostname) && url.hostname !== host)
  if (isMended) throw unreachable(`dial tcp: lookup ${clean(host)}: no such host`)
  return {url, authorization: authorizationOf(userinfo)}
}

function partsOf(text: string): GoUrl {
  try {
    const parts = parseGoUrl(text)
    if (parts.scheme !== '' && parts.host !== '') return parts
  } catch (error) {
    if (!(error instanceof UrlError)) throw error
  }
  return withoutScheme(text)
}

function withoutScheme(text: string): GoUrl {
  try {
    const parts = parseGoUrl(`http://${text}`)
    if (parts.path === '' || parts.path === '/') return parts
  } catch (error) {
    if (error instanceof UrlError) throw unreachable(error.message)
    throw error
  }
  throw new AnswerError(
    `error: host must be a URL or a host:port pair: ${JSON.stringify(clean(secretless(text)))}`,
  )
}

function secretless(text: string): string {
  return text.replace(/:[^:@/]*@/, ':***@')
}

function unreachable(reason: string): AnswerError {
  return new AnswerError(`Unable to connect to the server: ${clean(reason)}`)
}

function authorizationOf(userinfo: string): string | undefined {
  if (userinfo === '') return undefined
  const [user = '', ...password] = userinfo.split(':')
  const pair = `${decodeURIComponent(user)}:${decodeURIComponent(password.join(':'))}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}
