import {isatty} from 'node:tty'
import pkg from '../../package.json' with {type: 'json'}
import {clean} from '../model/clean.ts'
import {type ConnectionFlags, parseTimeout} from './connect-flags.ts'
import type {Connection} from './connection.ts'
import {resolveKubeconfig} from './kubeconfig/resolve.ts'
import type {Chosen} from './kubeconfig/types.ts'
import {masked} from './masking.ts'
import {serverUrl} from './server-url.ts'
import type {SignIn} from './sign-in/credentials.ts'
import {isSecure, signIn} from './sign-in/sign-in.ts'
import {type Headers, impersonationHeaders, userAgent} from './transport/headers.ts'
import {limitsFor} from './transport/limits.ts'
import {proxyFor} from './transport/proxy.ts'
import {serverTrust} from './transport/tls.ts'
import {createTransport} from './transport/transport.ts'

export type {ConnectionFlags} from './connect-flags.ts'

/** How a connection reaches the person at the terminal. */
export interface ConnectionIo {
  /** One line for stderr, cleaned. */
  note(line: string): void
  /** Called before a credential plugin runs: it may ask questions, so a spinner has to stop. */
  beforeSignIn?(): void
}

/**
 * A connection by kubectl's flags and kubeconfig rules. Nothing is sent before the first `get`.
 * @throws AnswerError in kubectl's words when the configuration or the credentials can't be used.
 */
export async function connect(flags: ConnectionFlags, io: ConnectionIo): Promise<Connection> {
  const place = {env: process.env, platform: process.platform, note: (line: string) => io.note(masked(line))}
  const limits = limitsFor(parseTimeout(flags.requestTimeout))
  const chosen = resolveKubeconfig(flags, place)
  const {url: server, authorization} = serverUrl(chosen.cluster.server ?? '')
  const host = {
    ...place,
    stdinIsTerminal: isatty(0),
    now: Date.now,
    kuberc: flags.kuberc,
    beforeSignIn: () => io.beforeSignIn?.(),
  }
  const proxy = proxyFor(server, chosen.cluster['proxy-url'], place.env)
  const trust = isSecure(chosen) ? serverTrust(chosen.cluster, place.env, place.platform) : {}
  if (isSecure(chosen) && trust.rejectUnauthorized === false) io.note(INSECURE)
  const {openPool} = await import('./transport/dispatcher.ts')
  const headers = requestHeaders(chosen)
  const dialing = {server, proxy, connectTimeout: limits.connect, allowH2: allowsHttp2(headers, place.env)}
  const transport = createTransport({
    server,
    proxy,
    limits,
    note: place.note,
    log: await logFor(flags, place.note),
    signIn: byUrl(await signIn(chosen, host), authorization),
    headers,
    openPool: ({cert, key}, onMultiplexed) =>
      openPool({...dialing, tls: {...trust, ...(cert && {cert, key})}, onMultiplexed}),
  })
  return {server: displayed(server), namespace: chosen.namespace, ...transport}
}

/** Who the server's URL says that we are, whoever has signed in. */
function byUrl(signedIn: SignIn, authorization: string | undefined): SignIn {
  if (authorization === undefined) return signedIn
  const credentials = async () => ({...(await signedIn.credentials()), authorization})
  return {credentials, renew: async () => undefined}
}

async function logFor({verbosity = 0}: ConnectionFlags, write: (line: string) => void) {
  return verbosity < 6 ? undefined : (await import('./transport/request-log.ts')).requestLog(verbosity, write)
}

const INSECURE = 'Warning: the identity of the server is not checked (insecure-skip-tls-verify)'

// Without the user part a URL may carry, and without a bare slash at the end.
function displayed(server: URL): string {
  return clean(`${server.origin}${server.pathname}`.replace(/\/$/, ''))
}

/** As in client-go DISABLE_HTTP2 forbids it. undici joins what a header has several of, which would name one group for two. */
function allowsHttp2(headers: Headers, {DISABLE_HTTP2: isOff}: NodeJS.ProcessEnv): boolean {
  return !isOff && !Object.values(headers).some((value) => Array.isArray(value) && value.length > 1)
}

function requestHeaders({cluster, user}: Chosen): Headers {
  return {
    'user-agent': userAgent(pkg.version, process.platform, process.arch),
    ...(!cluster['disable-compression'] && {'accept-encoding': 'gzip'}),
    ...impersonationHeaders(user),
  }
}
