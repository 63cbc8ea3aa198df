import {type ConnectionOptions, createSecureContext} from 'node:tls'
import {Agent, type buildConnector, type Dispatcher, ProxyAgent} from 'undici'
import {throughSocks} from './proxy-socks.ts'

// HTTP/1.1 only: parallel lists get a connection each, and time limits are per request. Their number is bounded by who
// asks (slots.ts): a pool that is full of watches would never answer a list.
const POOL = {pipelining: 1, keepAliveTimeout: 30_000, allowH2: false}
// Below the 60 s after which load balancers drop a silent connection; client-go's value.
const KEEP_ALIVE = {keepAlive: true, keepAliveInitialDelay: 30_000}

/** The one pool of connections of this process, by way of `proxy` if there is one. */
export function openPool(tls: ConnectionOptions, proxy: URL | undefined, connectTimeout: number): Dispatcher {
  // read once, not for each connection: of a machine's authorities there are hundreds
  const secureContext = createSecureContext(tls)
  const options = {...tls, secureContext, ...KEEP_ALIVE, timeout: connectTimeout, allowH2: false}
  const connect = options as buildConnector.BuildOptions
  if (proxy === undefined) return new Agent({...POOL, connect})
  if (proxy.protocol.startsWith('socks')) return new Agent({...POOL, connect: throughSocks(proxy, connect)})
  return new ProxyAgent({
    ...POOL,
    uri: proxy.href,
    connectTimeout,
    requestTls: connect,
    proxyTls: proxyTrust(tls),
  })
}

// Go checks an https proxy against the cluster's CA too; unlike Go we show it no client certificate.
function proxyTrust({ca, rejectUnauthorized}: ConnectionOptions): buildConnector.BuildOptions {
  return {allowH2: false, ...(ca && {ca}), ...(rejectUnauthorized === false && {rejectUnauthorized})}
}
