import type {RequestListener} from 'node:http'
import {PassThrough} from 'node:stream'
import {setImmediate} from 'node:timers/promises'
import {gzipSync} from 'node:zlib'
import {expect, onTestFinished, test, vi} from 'vitest'
import {openPool} from '../../src/cluster/transport/dispatcher.ts'
import {type Limits, limitsFor} from '../../src/cluster/transport/limits.ts'
import {withPace} from '../../src/cluster/transport/pace.ts'
import {createTransport} from '../../src/cluster/transport/transport.ts'
import {failure, fakeServer} from './fake-server.ts'

/** A transport to a server that answers so. */
async function transportTo(answer: RequestListener, limits: Partial<Limits> = {}) {
  const {url} = await fakeServer(answer, {plain: true})
  const transport = createTransport({
    server: new URL(url),
    proxy: undefined,
    limits: {...limitsFor(undefined), ...limits},
    note: () => undefined,
    signIn: {credentials: async () => ({}), renew: async () => undefined},
    headers: {},
    openPool: (_, onMultiplexed) =>
      openPool({
        server: new URL(url),
        tls: {},
        proxy: undefined,
        connectTimeout: 30_000,
        allowH2: false,
        onMultiplexed,
      }),
  })
  onTestFinished(() => transport.close())
  return {transport, url}
}

test('who sends a byte now and then is given up like who sends nothing', async () => {
  const {transport, url} = await transportTo(
    (_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    },
    {body: 300},
  )
  expect(await failure(transport.get('/api'))).toMatchObject({
    reason: 'Timeout',
    message: `Unable to connect to the server: ${url} sent less than 1000 bytes in 300ms (see --request-timeout)`,
  })
})

test('who takes long and keeps its pace is not', async () => {
  vi.useFakeTimers({toFake: ['setInterval', 'clearInterval']})
  onTestFinished(() => void vi.useRealTimers())
  const body = new PassThrough()
  const peer = {server: new URL('https://s'), proxy: undefined, limits: {...limitsFor(undefined), body: 1000}}
  const read = withPace(body, peer, async (chunks) => Buffer.concat(await Array.fromAsync(chunks)).length)
  for (let second = 0; second < 100; second++) {
    await new Promise((resolve) => body.write(Buffer.alloc(1000), resolve))
    await setImmediate()
    vi.advanceTimersByTime(1000)
  }
  body.end()
  expect(await read).toBe(100_000)
})

const packed = (bytes: Buffer): RequestListener => {
  return (_, response) => void response.writeHead(200, {'content-encoding': 'gzip'}).end(bytes)
}

/** What all that unpacks meanwhile has made. */
function inflated(): () => number {
  onTestFinished(() => void vi.restoreAllMocks())
  const zlib = process.getBuiltinModule('node:zlib')
  const {createGunzip} = zlib
  let bytes = 0
  vi.spyOn(zlib, 'createGunzip').mockImplementation((options) => {
    const gunzip = createGunzip(options)
    const push = gunzip.push.bind(gunzip)
    gunzip.push = (chunk, ...rest) => {
      bytes += chunk?.length ?? 0
      return push(chunk, ...rest)
    }
    return gunzip
  })
  return () => bytes
}

test('what is packed a thousand times smaller is not unpacked', async () => {
  const bytes = inflated()
  const {transport, url} = await transportTo(packed(gzipSync(Buffer.alloc(200 << 20, ' '))))
  const {message} = await failure(transport.get('/api'))
  expect(message).toBe(`error: the answer of ${url} is packed more than a hundred times smaller than it is`)
  expect(bytes()).toBeGreaterThan(16 << 20)
  expect(bytes()).toBeLessThan(50 << 20)
})

test('what is packed well and is not long is', async () => {
  const text = JSON.stringify({a: 'x'.repeat(8 << 20)})
  const {transport} = await transportTo(packed(gzipSync(text)))
  expect(await transport.get('/api')).toEqual({a: 'x'.repeat(8 << 20)})
})

test('so is a list as long as that of a large cluster', async () => {
  const items = Array.from({length: 60_000}, (_, index) => ({
    metadata: {name: `agent-${index}-${Math.imul(index, 2654435761) >>> 0}`, uid: `${index * 7919}-${index}`},
    spec: {containers: Array(4).fill({name: 'app', image: 'registry.example/app:1', resources: {}})},
  }))
  const {transport} = await transportTo(packed(gzipSync(JSON.stringify({items}))))
  expect(((await transport.get('/api')) as {items: object[]}).items).toHaveLength(60_000)
})
