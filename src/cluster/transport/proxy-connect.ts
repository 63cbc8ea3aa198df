import type {Socket} from 'node:net'
import type {TLSSocket} from 'node:tls'
import type {buildConnector} from 'undici'
import {ProxyError} from './proxy-errors.ts'
import type {Target} from './proxy-target.ts'

/**
 * Connect by way of `proxy`, whatever it speaks. As in Go an https proxy is checked, and shown a client certificate, like a
 * server of the cluster.
 */
export function throughProxy(
  proxy: URL,
  connect: buildConnector.connector,
  timeout: number,
): buildConnector.connector {
  return (options, callback) => {
    open(proxy, options, connect, timeout).then(
      (socket) =>
        options.protocol === 'https:'
          ? connect({...options, httpSocket: socket}, callback)
          : callback(null, socket),
      (error) => callback(new ProxyError('the proxy', {cause: error}), null),
    )
  }
}

async function open(
  proxy: URL,
  options: buildConnector.Options,
  connect: buildConnector.connector,
  timeout: number,
): Promise<Socket> {
  const target = targetOf(options)
  if (isSocks(proxy)) return (await import('./proxy-socks.ts')).throughSocks(proxy, target, timeout)
  const socket = await connected(proxy, connect)
  if (options.protocol !== 'https:') return socket
  return (await import('./proxy-tunnel.ts')).tunnel(socket, target, proxyAuthorization(proxy), timeout)
}

export function isSocks({protocol}: URL): boolean {
  return protocol === 'socks5:' || protocol === 'socks5h:'
}

/** What the proxy is told of us: name and password of its URL. */
export function proxyAuthorization({username, password}: URL): string | undefined {
  if (username === '' && password === '') return undefined
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

function connected(proxy: URL, connect: buildConnector.connector): Promise<Socket | TLSSocket> {
  const {promise, resolve, reject} = Promise.withResolvers<Socket | TLSSocket>()
  const {protocol, host} = proxy
  const port = proxy.port || (protocol === 'https:' ? '443' : '80')
  connect({protocol, host, hostname: bare(proxy.hostname), port}, (error, socket) =>
    error === null ? resolve(socket as Socket) : reject(error),
  )
  return promise
}

function targetOf({hostname, port, protocol}: buildConnector.Options): Target {
  return {host: bare(hostname), port: Number(port) || (protocol === 'https:' ? 443 : 80)}
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}
