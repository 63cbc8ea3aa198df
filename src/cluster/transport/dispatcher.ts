import type {Socket} from 'node:net'
import {type ConnectionOptions, createSecureContext} from 'node:tls'
import {Agent, buildConnector, type Dispatcher, ProxyAgent} from 'undici'
import {throughSocks} from './proxy-socks.ts'

/** How the connections of a pool are made. */
export interface PoolOptions {
  readonly server: URL
  readonly tls: ConnectionOptions
  readonly proxy: URL | undefined
  readonly connectTimeout: number
  /** Whether HTTP/2 may be spoken where the server offers it. */
  readonly allowH2: boolean
  /** The server speaks HTTP/2: one connection carries all. Not told behind an HTTP proxy. */
  readonly onMultiplexed: () => void
}

/** A page of a list is about a megabyte: so much is under way before a server has to wait for us, for each of eight lists. */
const PAGE = 1 << 20
const H2 = {settings: {initialWindowSize: PAGE}, connectionWindowSize: 8 * PAGE}
// How many requests there are at a time is bounded by who asks (slots.ts): a pool that is full of watches would never answer a list.
const POOL = {keepAliveTimeout: 30_000, h2Options: H2}
// Below the 60 s after which load balancers drop a silent connection; client-go's value.
const KEEP_ALIVE = {keepAlive: true, keepAliveInitialDelay: 30_000}

/** The one pool of connections of this process, by way of `proxy` if there is one; else the first is dialed at once. */
export function openPool({
  server,
  tls,
  proxy,
  connectTimeout,
  allowH2,
  onMultiplexed,
}: PoolOptions): Dispatcher {
  // read once, not for each connection: of a machine's authorities there are hundreds
  const secureContext = createSecureContext(tls)
  const connect = {...tls, secureContext, ...KEEP_ALIVE, timeout: connectTimeout, allowH2, preferH2: true}
  const options = connect as buildConnector.BuildOptions
  if (proxy !== undefined && !proxy.protocol.startsWith('socks')) {
    return new ProxyAgent({
      ...POOL,
      allowH2,
      uri: proxy.href,
      connectTimeout,
      requestTls: options,
      proxyTls: proxyTrust(tls),
    })
  }
  const dial = proxy ? throughSocks(proxy, options) : buildConnector(options)
  return new Agent({...POOL, allowH2, connect: ahead(telling(dial, onMultiplexed), server)})
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

// Go checks an https proxy against the cluster's CA too; unlike Go we show it no client certificate.
function proxyTrust({ca, rejectUnauthorized}: ConnectionOptions): buildConnector.BuildOptions {
  return {allowH2: false, ...(ca && {ca}), ...(rejectUnauthorized === false && {rejectUnauthorized})}
}
