import {type ConnectionOptions, createSecureContext} from 'node:tls'
import {buildConnector} from 'undici'
import {checkIdentity, serverNameFor} from './server-name.ts'

// Below the 60 s after which load balancers drop a silent connection; client-go's value.
const KEEP_ALIVE = {keepAlive: true, keepAliveInitialDelay: 30_000}

/** Connect, checking each server, and each https proxy, by its name, or all by the name that the kubeconfig gives. */
export function connector(
  {servername, ...tls}: ConnectionOptions,
  timeout: number,
  allowH2: boolean,
): buildConnector.connector {
  // read once, not for each connection: of a machine's authorities there are hundreds
  const secureContext = createSecureContext(tls)
  const options = {...tls, secureContext, ...KEEP_ALIVE, timeout, allowH2, preferH2: true}
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
