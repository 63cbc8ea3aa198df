import {createServer as createHttp, type IncomingMessage} from 'node:http'
import {type AddressInfo, connect as connectTcp, createServer, type Server, type Socket} from 'node:net'
import {afterEach, beforeEach, expect, onTestFinished, test, vi} from 'vitest'
import {proxyFor} from '../../src/cluster/transport/proxy.ts'
import {connected, failure, fakeServer, json, kubeconfig} from './fake-server.ts'

const PROXY = 'http://proxy.test:3128'

test.each<[string, string, string]>([
  ['https://a.test', '', PROXY],
  ['https://a.test', '*', ''],
  ['https://a.test', 'x, *', ''],
  ['https://a.test', 'a.test', ''],
  ['https://A.test', 'a.TEST', ''],
  ['https://b.a.test', 'a.test', ''],
  ['https://ba.test', 'a.test', PROXY],
  ['https://a.test', '.a.test', PROXY],
  ['https://b.a.test', '.a.test', ''],
  ['https://b.a.test', '*.a.test', ''],
  ['https://a.test', '*.a.test', PROXY],
  ['https://a.test', 'a.test:443', ''],
  ['https://a.test:6443', 'a.test:443', PROXY],
  ['https://a.test:6443', 'a.test:6443', ''],
  ['https://10.1.2.3', '10.1.2.3', ''],
  ['https://10.1.2.3', '10.1.2.4', PROXY],
  ['https://10.1.2.3:6443', '10.1.2.3:6443', ''],
  ['https://10.1.2.3', '10.0.0.0/8', ''],
  ['https://11.1.2.3', '10.0.0.0/8', PROXY],
  ['https://a.test', '10.0.0.0/8', PROXY],
  ['https://10.1.2.3', '10.0.0.0/x', PROXY],
  ['https://10.1.2.3', '10.0.0.0/99', PROXY],
  ['https://[fd00::1]', 'fd00::1', ''],
  ['https://[fd00::1]:6443', '[fd00::1]:6443', ''],
  ['https://[fd00::1]', 'fd00::/8', ''],
  ['https://[fd00::1]', '10.0.0.0/8', PROXY],
  ['https://a.test', ', :443, ', PROXY],
  ['https://localhost:6443', '', ''],
  ['https://127.0.0.1', '', ''],
  ['https://127.8.9.1', '', ''],
  ['https://[::1]', '', ''],
])('%s with NO_PROXY=%j goes by way of %j', (server, no, proxy) => {
  const found = proxyFor(new URL(server), undefined, {HTTPS_PROXY: PROXY, NO_PROXY: no})
  expect(found?.origin ?? '').toBe(proxy)
})

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['https://a.test', {https_proxy: PROXY}, `${PROXY}/`],
  ['https://a.test', {HTTPS_PROXY: '', https_proxy: PROXY}, `${PROXY}/`],
  ['https://a.test', {HTTPS_PROXY: 'http://upper.test', https_proxy: PROXY}, 'http://upper.test/'],
  ['https://a.test', {HTTPS_PROXY: 'proxy.test:3128'}, `${PROXY}/`],
  ['https://a.test', {HTTP_PROXY: PROXY}, ''],
  ['http://a.test', {HTTP_PROXY: PROXY}, `${PROXY}/`],
  ['http://a.test', {HTTPS_PROXY: PROXY}, ''],
  ['https://a.test', {HTTPS_PROXY: PROXY, no_proxy: 'a.test'}, ''],
  ['https://a.test', {HTTPS_PROXY: 'http://['}, 'http://http//['],
  ['https://a.test', {ALL_PROXY: PROXY}, ''],
])('%s with %j goes by way of %j', (server, env, proxy) => {
  expect(proxyFor(new URL(server), undefined, env)?.href ?? '').toBe(proxy)
})

test("the kubeconfig's proxy-url counts before all of it", () => {
  const env = {HTTPS_PROXY: PROXY, NO_PROXY: '*'}
  expect(proxyFor(new URL('https://localhost'), 'socks5://s.test:1080', env)?.href).toBe(
    'socks5://s.test:1080',
  )
})

beforeEach(() => {
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'])
    vi.stubEnv(name, '')
})
afterEach(() => vi.unstubAllEnvs())

interface FakeProxy {
  readonly port: number
  readonly asked: string[]
}

async function listen(server: Server, asked: string[]): Promise<FakeProxy> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {port: (server.address() as AddressInfo).port, asked}
}

/** A real CONNECT proxy; whatever host it is asked for, it connects to `port` on loopback. */
function connectProxy(port: number, refuse = false): Promise<FakeProxy> {
  const asked: string[] = []
  const server = createHttp((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.end('{"by":"proxy"}')
  })
  server.on('connect', ({url, headers}: IncomingMessage, socket: Socket) => {
    asked.push([url, headers['proxy-authorization'], headers.authorization].filter(Boolean).join(' '))
    if (refuse) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n')
    const target = connectTcp(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      target.pipe(socket).pipe(target)
    })
    for (const end of [target, socket])
      end.on('error', () => [target, socket].map((other) => other.destroy()))
  })
  return listen(server, asked)
}

/** As much of a SOCKS 5 proxy as a client without a password needs. */
function socksProxy(port: number): Promise<FakeProxy> {
  const asked: string[] = []
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]))
      socket.once('data', (request: Buffer) => {
        asked.push(request.subarray(5, 5 + (request[4] ?? 0)).toString())
        const target = connectTcp(port, '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
          target.pipe(socket).pipe(target)
        })
        for (const end of [target, socket])
          end.on('error', () => [target, socket].map((other) => other.destroy()))
      })
    })
  })
  return listen(server, asked)
}

const ELSEWHERE = 'https://elsewhere.test:6443'

test('proxy-url: a tunnel, credentials to the proxy only in its own header, and the name is still checked', async () => {
  const server = await fakeServer((_, response) => json(response, {}), {cert: 'other-name'})
  const proxy = await connectProxy(server.port)
  const cluster = {'proxy-url': `http://me:pw@127.0.0.1:${proxy.port}`}
  const connection = await connected({kubeconfig: kubeconfig(ELSEWHERE, {token: 't'}, cluster)})
  for (let count = 0; count < 3; count++) expect(await connection.get('/api')).toEqual({})
  expect(proxy.asked).toEqual([`elsewhere.test:6443 Basic ${Buffer.from('me:pw').toString('base64')}`])
  expect(server.requests[0]?.headers).toMatchObject({authorization: 'Bearer t', host: 'elsewhere.test:6443'})
  expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization')
})

test('HTTPS_PROXY is used, NO_PROXY takes it away', async () => {
  const server = await fakeServer((_, response) => json(response, {}), {cert: 'other-name'})
  const proxy = await connectProxy(server.port)
  vi.stubEnv('HTTPS_PROXY', `127.0.0.1:${proxy.port}`)
  await (await connected({kubeconfig: kubeconfig(ELSEWHERE)})).get('/api')
  expect(proxy.asked).toEqual(['elsewhere.test:6443'])
  vi.stubEnv('NO_PROXY', '.test')
  await failure((await connected({kubeconfig: kubeconfig(ELSEWHERE), requestTimeout: '5s'})).get('/api'))
  expect(proxy.asked).toHaveLength(1)
})

test('a plain http server is asked for through the proxy, not tunnelled to', async () => {
  const proxy = await connectProxy(1)
  vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${proxy.port}`)
  const connection = await connected({kubeconfig: kubeconfig('http://elsewhere.test:8001')})
  expect(await connection.get('/api')).toEqual({by: 'proxy'})
  expect(proxy.asked).toEqual(['GET http://elsewhere.test:8001/api'])
})

test('a socks5 proxy-url, the name looked up by the proxy', async () => {
  const server = await fakeServer((_, response) => json(response, {}), {cert: 'other-name'})
  const proxy = await socksProxy(server.port)
  const cluster = {'proxy-url': `socks5://127.0.0.1:${proxy.port}`}
  const connection = await connected({kubeconfig: kubeconfig(ELSEWHERE, {token: 'abc'}, cluster)})
  for (let count = 0; count < 3; count++) expect(await connection.get('/api')).toEqual({})
  expect(proxy.asked).toEqual(['elsewhere.test'])
})

test('a proxy that refuses, or is not there, is told apart from the server', async () => {
  const proxy = await connectProxy(1, true)
  const by = (url: string) => ({kubeconfig: kubeconfig(ELSEWHERE, {token: 'abc'}, {'proxy-url': url})})
  const refusing = await connected(by(`http://127.0.0.1:${proxy.port}`))
  expect((await failure(refusing.get('/api'))).message).toBe(
    'Unable to connect to the server: proxyconnect tcp: the proxy answered 407 Proxy Authentication Required',
  )
  const absent = await connected(by('http://me:canary@127.0.0.1:1'))
  expect((await failure(absent.get('/api'))).message).toBe(
    'Unable to connect to the server: proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused',
  )
})
