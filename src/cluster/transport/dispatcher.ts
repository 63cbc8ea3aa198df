import type {Socket} from 'node:net'
import type {ConnectionOptions} from 'node:tls'
import {Agent, type buildConnector, type Dispatcher} from 'undici'
import {connector} from './connector.ts'
import {isSocks, proxyAuthorization, throughProxy} from './proxy-connect.ts'

/** How the connections of a pool are made. */
export interface PoolOptions {
  readonly server: URL
  readonly tls: ConnectionOptions
  readonly proxy: URL | undefined
  readonly connectTimeout: number
  /** Whether HTTP/2 may be spoken where the server offers it; never behind a proxy, which may take it for itself. */
  readonly allowH2: boolean
  /** The server speaks HTTP/2: one connection carries all. */
  readonly onMultiplexed: () => void
}

/** A page of a list is about a megabyte: so much is under way before a server has to wait for us, for each of eight lists. */
const PAGE = 1 << 20
const H2 = {settings: {initialWindowSize: PAGE}, connectionWindowSize: 8 * PAGE}
// How many requests there are at a time is bounded by who asks (slots.ts): a pool that is full of watches would never answer a list.
const POOL = {keepAliveTimeout: 30_000, h2Options: H2}

/** The one pool of connections of this process, by way of `proxy` if there is one; else the first is dialed at once. */
export function openPool(options: PoolOptions): Dispatcher {
  const {server, tls, proxy, connectTimeout, allowH2, onMultiplexed} = options
  const connect = connector(tls, connectTimeout, allowH2 && proxy === undefined)
  if (proxy === undefined)
    return new Agent({...POOL, allowH2, connect: ahead(telling(connect, onMultiplexed), server)})
  const agent = new Agent({...POOL, allowH2: false, connect: throughProxy(proxy, connect, connectTimeout)})
  return isSocks(proxy) ? agent : agent.compose(forwarded(proxyAuthorization(proxy)))
}

/** Connector that has dialed before anybody asks, so that hands are shaken while what will be asked is still being loaded. */
function ahead(
  dial: buildConnector.connector,
  {protocol, host, hostname, port}: URL,
): buildConnector.connector {
  const target = {protocol, host, hostname: hostname.replace(/^\[|\]$/g, ''), port}
  let first: Promise<Socket> | undefined = new Promise((resolve, reject) => {
    dial(target, (error, socket) => (error ? reject(error) : resolve(socket.unref())))
  })
  first.catch(() => undefined)
  return (wanted, callback) => {
    if (first === undefined) return dial(wanted, callback)
    first.then(
      (socket) => (socket.destroyed ? dial(wanted, callback) : callback(null, socket.ref())),
      (error) => callback(error, null),
    )
    first = undefined
  }
}

function telling(dial: buildConnector.connector, onMultiplexed: () => void): buildConnector.connector {
  return (target, callback) =>
    dial(target, (...[error, socket]: buildConnector.CallbackArgs) => {
      if (error) return callback(error, null)
      if (isMultiplexed(socket)) onMultiplexed()
      callback(null, socket)
    })
}

function isMultiplexed(socket: Socket): boolean {
  return 'alpnProtocol' in socket && socket.alpnProtocol === 'h2'
}

/** What is not encrypted goes to an HTTP proxy whole, and is not tunnelled. */
function forwarded(authorization: string | undefined): Parameters<Dispatcher['compose']>[0] {
  return (dispatch) => (options, handler) => {
    const origin = String(options.origin ?? '')
    if (!origin.startsWith('http:')) return dispatch(options, handler)
    const headers = {...options.headers, ...(authorization && {'proxy-authorization': authorization})}
    return dispatch({...options, headers, path: `${origin}${options.path}`}, handler)
  }
}
