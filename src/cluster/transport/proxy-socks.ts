import type {Socket} from 'node:net'
import {SocksClient} from 'socks'
import type {Target} from './proxy-target.ts'

/**
 * A connection to `target` by way of a SOCKS 5 proxy, which looks the name up, as with Go. undici's own support prints an
 * ExperimentalWarning on stderr.
 */
export async function throughSocks(proxy: URL, target: Target, timeout: number): Promise<Socket> {
  const {socket} = await SocksClient.createConnection({
    command: 'connect',
    destination: target,
    ...(timeout > 0 && {timeout}),
    proxy: {host: bare(proxy.hostname), port: Number(proxy.port) || 1080, type: 5, ...identity(proxy)},
  })
  return socket
}

function identity({username, password}: URL) {
  return username === '' ? {} : {userId: decodeURIComponent(username), password: decodeURIComponent(password)}
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}
