import {writeFileSync} from 'node:fs'
import type {RequestListener, ServerResponse} from 'node:http'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {createGzip, gzipSync} from 'node:zlib'
import {expect, test} from 'vitest'
import type {ConnectionFlags} from '../../src/cluster/connect.ts'
import type {Connection, WatchEvent} from '../../src/cluster/connection.ts'
import {connected, failure, fakeServer, json, kubeconfig, temporaryFolder} from './fake-server.ts'
import {expired, line, status} from './watch-server.ts'

const never = new AbortController().signal

async function watching(answer: RequestListener, flags: ConnectionFlags = {}, user: object = {token: 't'}) {
  const server = await fakeServer(answer)
  const connection = await connected({kubeconfig: kubeconfig(server.url, user), ...flags})
  return {server, connection}
}

/** Of silence: no test waits so long. */
const HOUR = 3_600_000

function watch(connection: Connection, signal: AbortSignal = never, idle = 10_000) {
  return connection.watch('/api/v1/pods', {watch: 'true', resourceVersion: '7'}, {signal, idle})
}

async function all(
  connection: Connection,
  signal?: AbortSignal,
  idle?: number,
): Promise<readonly WatchEvent[]> {
  return await Array.fromAsync(await watch(connection, signal, idle))
}

function added(name: string): object {
  return {type: 'ADDED', object: {metadata: {name}}}
}

function agreed(response: ServerResponse, headers: Readonly<Record<string, string>> = {}): ServerResponse {
  response.writeHead(200, {'content-type': 'application/json', ...headers}).flushHeaders()
  return response
}

test('changes come as they are sent, line by line, and the stream ends when the server ends it', async () => {
  let response: ServerResponse | undefined
  const {server, connection} = await watching((_, next) => {
    response = agreed(next)
  })
  const stream = (await watch(connection))[Symbol.asyncIterator]()
  response?.write(line(added('a')))
  expect(await stream.next()).toEqual({done: false, value: added('a')})
  response?.write(line(added('b')) + line({type: 'BOOKMARK', object: {metadata: {resourceVersion: '9'}}}))
  expect(await stream.next()).toEqual({done: false, value: added('b')})
  response?.end('\n')
  expect(await stream.next()).toMatchObject({value: {type: 'BOOKMARK'}})
  expect(await stream.next()).toMatchObject({done: true})
  expect(server.requests.map(({method, url}) => `${method} ${url}`)).toEqual([
    'GET /api/v1/pods?watch=true&resourceVersion=7',
  ])
})

test('the headers of a watch are those of any other question', async () => {
  const {server, connection} = await watching((_, response) => agreed(response).end(), {
    as: 'me',
    asGroups: ['g'],
  })
  await all(connection)
  expect(server.requests[0]?.headers).toMatchObject({
    accept: 'application/vnd.kubernetes.protobuf, application/json',
    'accept-encoding': 'gzip',
    authorization: 'Bearer t',
    'impersonate-user': 'me',
    'impersonate-group': 'g',
    'user-agent': expect.stringContaining('kubectl-stateful/'),
  })
})

test('one connection carries a list and, when a watch has ended, the next one', async () => {
  const {server, connection} = await watching(({url}, response) =>
    url?.includes('watch') ? agreed(response).end(line(added('a'))) : json(response, {}),
  )
  await connection.get('/api/v1/pods')
  await all(connection)
  await all(connection)
  expect(server.sockets).toHaveLength(1)
})

test('many watches do not keep a list waiting', async () => {
  const {server, connection} = await watching(({url}, response) =>
    url?.includes('watch') ? void agreed(response) : json(response, {kind: 'PodList'}),
  )
  await Promise.all(Array.from({length: 20}, () => watch(connection)))
  expect(await connection.get('/api/v1/pods')).toEqual({kind: 'PodList'})
  expect(server.sockets).toHaveLength(21)
})

test('a character whose bytes come in two pieces is one', async () => {
  const bytes = Buffer.from(line(added('zürich-❤')))
  const {connection} = await watching(async (_, response) => {
    agreed(response)
    for (const byte of bytes) response.write(Buffer.of(byte))
    response.end()
  })
  expect(await all(connection)).toEqual([added('zürich-❤')])
})

test('a line may be of any length', async () => {
  const name = 'x'.repeat(3_000_000)
  const {connection} = await watching((_, response) => agreed(response).end(line(added(name))))
  expect(await all(connection)).toEqual([added(name)])
})

test('a gzip stream is unpacked as it comes', async () => {
  const packer = createGzip()
  const {connection} = await watching((_, response) => {
    packer.pipe(agreed(response, {'content-encoding': 'gzip'}))
    packer.write(line(added('a')))
    packer.flush()
  })
  const stream = (await watch(connection))[Symbol.asyncIterator]()
  expect(await stream.next()).toEqual({done: false, value: added('a')})
  packer.end(line(added('b')))
  expect(await stream.next()).toEqual({done: false, value: added('b')})
  expect(await stream.next()).toMatchObject({done: true})
})

test('gzip that ends early is an error', async () => {
  const packed = gzipSync(line(added('a')))
  const {connection} = await watching((_, response) =>
    agreed(response, {'content-encoding': 'gzip'}).end(packed.subarray(0, 20)),
  )
  expect(await failure(all(connection))).toMatchObject({reason: 'Unreachable'})
})

test('half a line at the end of the stream is left out', async () => {
  const {connection} = await watching((_, response) =>
    agreed(response).end(`${line(added('a'))}{"type":"ADDED","obj`),
  )
  expect(await all(connection)).toEqual([added('a')])
})

test('a reset in the middle of a line is an error, after what was whole', async () => {
  const {connection} = await watching(({socket}, response) => {
    agreed(response).write(`${line(added('a'))}{"type":"ADDED","obj`, () => socket.destroy())
  })
  const stream = (await watch(connection))[Symbol.asyncIterator]()
  expect(await stream.next()).toEqual({done: false, value: added('a')})
  expect(await failure(stream.next())).toMatchObject({
    reason: 'Unreachable',
    message: expect.stringMatching(/connection reset by peer|unexpected EOF/),
  })
})

test.each([
  ['text', '<h1>Please log in</h1>\n', 'is not JSON: Please log in'],
  ['half JSON', '{"type":"ADDED","secret\n', 'ends in the middle: it is not whole JSON'],
  ['another object', '{"kind":"PodList","items":[]}\n', 'is not a stream of changes to objects'],
  [
    'an unknown change',
    line({type: 'SHAKEN', object: {metadata: {}}}),
    'is not a stream of changes to objects',
  ],
  ['a change of nothing', line({type: 'ADDED', object: null}), 'is not a stream of changes to objects'],
  ['null', 'null\n', 'is not a stream of changes to objects'],
])('a line that is %s is an error of the stream', async (_, text, problem) => {
  const {server, connection} = await watching((_request, response) => agreed(response).end(text))
  expect(await failure(all(connection))).toMatchObject({
    name: 'ConnectionError',
    reason: 'Malformed',
    message: `error: the answer of ${server.url} ${problem}`,
  })
})

test('an ERROR event is the same error as a status', async () => {
  const {connection} = await watching((_, response) =>
    agreed(response).end(line({type: 'ERROR', object: expired()})),
  )
  expect(await failure(all(connection))).toMatchObject({
    name: 'StatusError',
    code: 410,
    reason: 'Expired',
    message: 'Error from server (Expired): too old resource version: 1 (2)',
  })
})

test.each<[unknown, object]>([
  [
    status(500, 'InternalError', 'boom', {retryAfterSeconds: 3}),
    {code: 500, retryAfter: 3000, detail: 'boom'},
  ],
  [{}, {code: 500}],
  [null, {code: 500}],
])('an ERROR event %j tells what it can', async (object, expected) => {
  const {connection} = await watching((_, response) => agreed(response).end(line({type: 'ERROR', object})))
  expect(await failure(all(connection))).toMatchObject({name: 'StatusError', ...expected})
})

test.each<[number, string, object]>([
  [403, 'Forbidden', {retryAfter: undefined}],
  [410, 'Expired', {retryAfter: undefined}],
  [429, 'TooManyRequests', {retryAfter: 7000}],
])('status %i is told in the words of kubectl, and never asked again here', async (code, reason, more) => {
  const {server, connection} = await watching((_, response) => {
    response.writeHead(code, {'content-type': 'application/json', 'retry-after': '7'})
    response.end(JSON.stringify(status(code, reason, 'no')))
  })
  const message = `Error from server (${reason}): no`
  expect(await failure(watch(connection))).toMatchObject({name: 'StatusError', code, message, ...more})
  expect(server.requests).toHaveLength(1)
})

test('after a 401 a watch signs in once more', async () => {
  const path = join(temporaryFolder(), 'token')
  writeFileSync(path, 'first')
  const {server, connection} = await watching(
    ({headers}, response) => {
      if (headers.authorization === 'Bearer second') return void agreed(response).end(line(added('a')))
      writeFileSync(path, 'second')
      json(response, status(401, 'Unauthorized', 'Unauthorized'), 401)
    },
    {},
    {tokenFile: path},
  )
  expect(await all(connection)).toEqual([added('a')])
  expect(server.requests).toHaveLength(2)
})

test('warnings are noted', async () => {
  const {connection} = await watching((_, response) => agreed(response, {warning: '299 - "old API"'}).end())
  await all(connection)
  expect(connection.notes).toEqual(['Warning: old API'])
})

test('a connection that is reset before the answer is tried again', async () => {
  let left = 2
  const {connection} = await watching(({socket}, response) =>
    left-- > 0 ? void socket.destroy() : void agreed(response).end(line(added('a'))),
  )
  expect(await all(connection)).toEqual([added('a')])
})

test('--request-timeout bounds the time until the server agrees', async () => {
  const {server, connection} = await watching(() => undefined, {requestTimeout: '200ms'})
  expect(await failure(watch(connection))).toMatchObject({
    reason: 'Timeout',
    message: `Unable to connect to the server: ${server.url} did not answer within 200ms (as --request-timeout asks)`,
  })
})

test('and the time of an error’s text, but not that of the changes', async () => {
  const {server, connection} = await watching(
    async ({url}, response) => {
      if (url?.includes('/nodes')) return void response.writeHead(500).write('{')
      agreed(response).write(line(added('a')))
      await sleep(1200)
      response.end(line(added('b')))
    },
    {requestTimeout: '1s'},
  )
  expect(await all(connection)).toEqual([added('a'), added('b')])
  const refused = connection.watch('/api/v1/nodes', {}, {signal: never, idle: 10_000})
  expect(await failure(refused)).toMatchObject({reason: 'Timeout'})
  expect(server.requests).toHaveLength(2)
})

test('a stream that stays silent for longer than it may is given up', async () => {
  const {server, connection} = await watching((_, response) => void agreed(response).write(line(added('a'))))
  expect(await failure(all(connection, never, 150))).toMatchObject({
    reason: 'Timeout',
    message: `Unable to connect to the server: ${server.url} sent nothing more for 150ms (see --request-timeout)`,
  })
})

test.each([
  ['while it waits for the answer', () => undefined],
  ['in the stream', (response: ServerResponse) => agreed(response)],
  ['in a packed stream', (response: ServerResponse) => agreed(response, {'content-encoding': 'gzip'})],
])('the signal ends a watch %s at once', async (_, answer) => {
  const {server, connection} = await watching((_request, response) => void answer(response))
  const controller = new AbortController()
  const outcome = failure(all(connection, controller.signal, HOUR))
  while (server.requests.length === 0) await sleep(5)
  await sleep(20)
  controller.abort()
  expect((await outcome).message).toBe('error: interrupted')
  expect((await failure(watch(connection, controller.signal))).message).toBe('error: interrupted')
})

test('a stream that nobody reads, or stops reading, is closed by the signal or by stopping', async () => {
  const {server, connection} = await watching(
    (_, response) => void agreed(response, {'content-encoding': 'gzip'}).write(gzipSync(line(added('a')))),
  )
  const controller = new AbortController()
  await watch(connection, controller.signal)
  controller.abort()
  for await (const _ of await watch(connection)) break
  while (server.sockets.some(({destroyed}) => !destroyed)) await sleep(5)
})

test('closing the connection ends its watches', async () => {
  const {connection} = await watching((_, response) => void agreed(response))
  const outcome = failure(all(connection))
  await sleep(50)
  await connection.close()
  expect((await outcome).message).toBe('error: interrupted')
})
