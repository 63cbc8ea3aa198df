import {createServer as createHttp} from 'node:http'
import {type AddressInfo, createServer, type Server, type Socket} from 'node:net'
import {onTestFinished} from 'vitest'
import {kubeconfig} from '../cluster/fake-server.ts'
import {planted} from './planted.ts'
import type {Situation, Situations} from './situation.ts'

const WHO = `me:${planted('url')}`
const ELSEWHERE = 'https://elsewhere.test:6443'

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** A proxy that refuses everybody, and says whom. */
function refusingProxy(): Promise<number> {
  const server = createHttp()
  server.on('connect', ({headers}, socket: Socket) => {
    const echo = headers['proxy-authorization'] ?? ''
    socket.end(`HTTP/1.1 407 ${echo}\r\nx-you: ${echo}\r\ncontent-length: ${echo.length}\r\n\r\n${echo}`)
  })
  return listening(server)
}

/** It says something, and nothing that anybody understands. */
function babbling(): Promise<number> {
  return listening(createServer((socket) => socket.once('data', (data: Buffer) => socket.end(data))))
}

type Proxy = (port: number) => string
const PROXIES: Readonly<Record<string, readonly [Proxy, () => Promise<number> | number, RegExp?]>> = {
  'refuses us': [(port) => `http://${WHO}@127.0.0.1:${port}`, refusingProxy],
  'is not there': [() => `http://${WHO}@127.0.0.1:1`, () => 1],
  'has no name': [() => `http://${WHO}@nowhere.invalid:3128`, () => 1],
  'speaks no TLS': [(port) => `https://${WHO}@127.0.0.1:${port}`, refusingProxy],
  'speaks no SOCKS': [(port) => `socks5://${WHO}@127.0.0.1:${port}`, babbling],
  'is no SOCKS proxy that is there': [() => `socks5://${WHO}@127.0.0.1:1`, () => 1],
  'has no port': [() => `http://${WHO}@127.0.0.1:port`, () => 1],
  'has a space': [() => `http://${WHO}@127.0.0.1 :1`, () => 1],
  'has no scheme': [() => `${WHO}@127.0.0.1:1`, () => 1],
  'is no proxy': [() => `ftp://${WHO}@127.0.0.1:1`, () => 1],
  'has an odd password': [() => `http://me:%zz${planted('url')}@127.0.0.1:1`, () => 1],
}

function byKubeconfig([proxy, start]: (typeof PROXIES)[string]): Situation {
  const arrange = async () => ({
    kubeconfig: kubeconfig(ELSEWHERE, {token: planted('token')}, {'proxy-url': proxy(await start())}),
    flags: ['--request-timeout=20s'],
  })
  return {arrange, says: /./}
}

function byEnvironment([proxy, start]: (typeof PROXIES)[string]): Situation {
  const arrange = async () => ({
    kubeconfig: kubeconfig(ELSEWHERE, {token: planted('token')}),
    env: {HTTPS_PROXY: proxy(await start())},
    flags: ['--request-timeout=20s'],
  })
  return {arrange, says: /./}
}

const SERVERS = [
  `https://${WHO}@127.0.0.1:1`,
  `https://${WHO}@127.0.0.1:port`,
  `https://${WHO}@ 127.0.0.1:1`,
  `https://${WHO}/@127.0.0.1:1`,
  `https://${planted('user')}@127.0.0.1:1`,
  `ftp://${WHO}@127.0.0.1:1`,
  `${WHO}@127.0.0.1:1`,
  `://${WHO}@127.0.0.1:1`,
  `https://${WHO}@nowhere.invalid:1`,
  `http://${WHO}@127.0.0.1:1`,
  `https://me:%zz${planted('url')}@127.0.0.1:1`,
]

/** Servers and proxies whose addresses hold a password. */
export const addresses: Situations = Object.fromEntries([
  ...Object.entries(PROXIES).flatMap(([what, proxy]) => [
    [`a proxy-url that ${what}`, byKubeconfig(proxy)],
    [`an HTTPS_PROXY that ${what}`, byEnvironment(proxy)],
  ]),
  ...SERVERS.map((server, index) => {
    const start = () =>
      index % 2 === 0
        ? {kubeconfig: kubeconfig(server, {token: planted('token')})}
        : {flags: [`--server=${server}`]}
    return [`a server ${server}`, {arrange: start, says: /./}]
  }),
] as const)
