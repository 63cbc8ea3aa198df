import type {Socket} from 'node:net'
import type {ConnectionOptions} from 'node:tls'
import {Agent, buildConnector, type Dispatcher, ProxyAgent} from 'undici'

/** Connections to one server at most, and so requests in flight. */
export const MAX_CONNECTIONS = 8

// HTTP/1.1 only: parallel lists get a connection each, and time limits are per request.
const POOL = {connections: MAX_CONNECTIONS, pipelining: 1, keepAliveTimeout: 30_000, allowH2: false}
// Below the 60 s after which load balancers drop a silent connection; client-go's value.
const KEEP_ALIVE = {keepAlive: true, keepAliveInitialDelay: 30_000}

/** The one pool of connections of this process, by way of `proxy` if there is one. */
export function openPool(tls: ConnectionOptions, proxy: URL | undefined, connectTimeout: number): Dispatcher {
  const connect = {
    ...tls,
    ...KEEP_ALIVE,
    timeout: connectTimeout,
    allowH2: false,
  } as buildConnector.BuildOptions
  if (proxy === undefined) return new Agent({...POOL, connect})
  if (proxy.protocol.startsWith('socks')) return new Agent({...POOL, connect: throughSocks(proxy, connect)})
  return new ProxyAgent({
    ...POOL,
    uri: proxy.href,
    requestTls: connect,
    connectTimeout,
    proxyTls: {allowH2: false},
  })
}

// undici's own SOCKS support prints an ExperimentalWarning on stderr.
function throughSocks(proxy: URL, options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options)
  return (target, callback) => {
    openSocks(proxy, target.hostname, portOf(target), options.timeout ?? undefined).then(
      (socket) =>
        target.protocol === 'https:'
          ? connect({...target, httpSocket: socket}, callback)
          : callback(null, socket),
      (error) => callback(error, null),
    )
  }
}

function portOf({port, protocol}: buildConnector.Options): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80)
}

async function openSocks(
  proxy: URL,
  host: string,
  port: number,
  timeout: number | undefined,
): Promise<Socket> {
  const {SocksClient} = await import('socks')
  const userId = decodeURIComponent(proxy.username)
  const {socket} = await SocksClient.createConnection({
    command: 'connect',
    destination: {host, port},
    ...(timeout && {timeout}),
    proxy: {
      host: proxy.hostname,
      port: Number(proxy.port) || 1080,
      type: 5,
      ...(userId && {userId, password: decodeURIComponent(proxy.password)}),
    },
  })
  return socket
}
