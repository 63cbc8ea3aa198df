import type {Socket} from 'node:net'
import {buildConnector} from 'undici'

/** Connect to servers by way of a SOCKS 5 proxy. undici's own support prints an ExperimentalWarning on stderr. */
export function throughSocks(proxy: URL, options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options)
  return (target, callback) => {
    open(proxy, target, options.timeout ?? 0).then(
      (socket) =>
        target.protocol === 'https:'
          ? connect({...target, httpSocket: socket}, callback)
          : callback(null, socket),
      (error) => callback(error, null),
    )
  }
}

async function open(proxy: URL, target: buildConnector.Options, timeout: number): Promise<Socket> {
  const {SocksClient} = await import('socks')
  const {socket} = await SocksClient.createConnection({
    command: 'connect',
    destination: {host: bare(target.hostname), port: portOf(target)},
    ...(timeout > 0 && {timeout}),
    proxy: {host: bare(proxy.hostname), port: Number(proxy.port) || 1080, type: 5, ...identity(proxy)},
  })
  return socket
}

function identity({username, password}: URL) {
  return username === '' ? {} : {userId: decodeURIComponent(username), password: decodeURIComponent(password)}
}

function portOf({port, protocol}: buildConnector.Options): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80)
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}
