import {type ConnectionOptions, createSecureContext} from 'node:tls'
import {Agent, buildConnector, type Dispatcher} from 'undici'
import {isSocks, proxyAuthorization, throughProxy} from './proxy-connect.ts'
import {checkIdentity, serverNameFor} from './server-name.ts'

// HTTP/1.1 only: parallel lists get a connection each, and time limits are per request. Their number is bounded by who
// asks (slots.ts): a pool that is full of watches would never answer a list.
const POOL = {pipelining: 1, keepAliveTimeout: 30_000, allowH2: false}
// Below the 60 s after which load balancers drop a silent connection; client-go's value.
const KEEP_ALIVE = {keepAlive: true, keepAliveInitialDelay: 30_000}

/** The one pool of connections of this process, by way of `proxy` if there is one. */
export function openPool(tls: ConnectionOptions, proxy: URL | undefined, timeout: number): Dispatcher {
  const connect = connector(tls, timeout)
  if (proxy === undefined) return new Agent({...POOL, connect})
  const agent = new Agent({...POOL, connect: throughProxy(proxy, connect, timeout)})
  return isSocks(proxy) ? agent : agent.compose(forwarded(proxyAuthorization(proxy)))
}

/** Checks each server, and each https proxy, by its name, or all by the name that the kubeconfig gives. */
function connector({servername, ...tls}: ConnectionOptions, timeout: number): buildConnector.connector {
  // read once, not for each connection: of a machine's authorities there are hundreds
  const secureContext = createSecureContext(tls)
  const options = {...tls, secureContext, ...KEEP_ALIVE, timeout, allowH2: false}
  const checking = new Map<string, buildConnector.connector>()
  const connectorFor = (name: string) => {
    const named = {...options, checkServerIdentity: checkIdentity(name)} as buildConnector.BuildOptions
    const known = checking.get(name) ?? buildConnector(named)
    checking.set(name, known)
    return known
  }
  return (target, callback) => {
    const name = servername || target.hostname
    const sent = serverNameFor(name)
    // undici would take a name that is not sent from `host`
    const secure = target.protocol === 'https:' && {host: sent, servername: sent}
    connectorFor(name)({...target, ...secure}, callback)
  }
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
