import {
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import type {AddressInfo} from 'node:net'
import {afterEach, expect, onTestFinished, test, vi} from 'vitest'
import type {ConnectionFlags} from '../../src/cluster/connect.ts'
import {connected, failure, fixture, kubeconfig} from './fake-server.ts'

type Answer = (request: Http2ServerRequest, response: Http2ServerResponse) => void

afterEach(() => vi.unstubAllEnvs())

/** A server that offers HTTP/2 before HTTP/1.1, as the API server does. */
async function server(answer: Answer) {
  const sessions: ServerHttp2Session[] = []
  const requests: Http2ServerRequest[] = []
  const secure = {cert: fixture('server.crt'), key: fixture('server.key'), allowHTTP1: true}
  const listening = createSecureServer(secure, (request, response) => {
    requests.push(request)
    answer(request, response)
  })
  listening.on('session', (session) => {
    session.on('error', () => undefined)
    sessions.push(session)
  })
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const session of sessions) session.destroy()
    listening.close()
  })
  const {port} = listening.address() as AddressInfo
  return {url: `https://127.0.0.1:${port}`, sessions, requests}
}

function connectionTo(url: string, flags: ConnectionFlags = {}) {
  return connected({kubeconfig: kubeconfig(url, {token: 'x'}), ...flags})
}

function json(response: Http2ServerResponse, body: unknown): void {
  response.writeHead(200, {'content-type': 'application/json'})
  response.end(JSON.stringify(body))
}

test('all that is read by name shares one connection, and goes out at once', async () => {
  const waiting: Http2ServerResponse[] = []
  const {url, sessions} = await server((request, response) => {
    if (request.url === '/first') return json(response, {})
    // nobody is answered before all have asked
    waiting.push(response)
    if (waiting.length === 40) for (const each of waiting) json(each, {})
  })
  const connection = await connectionTo(url)
  await connection.get('/first')
  await Promise.all(Array.from({length: 40}, (_, index) => connection.get(`/nodes/${index}`)))
  expect(sessions).toHaveLength(1)
})

test.each<[string, ConnectionFlags, Record<string, string>]>([
  ['with several groups, each of which takes a header', {as: 'me', asGroups: ['a', 'b']}, {}],
  ['when DISABLE_HTTP2 says so, as in kubectl', {}, {DISABLE_HTTP2: 'yes'}],
])('HTTP/1.1 is spoken %s', async (_, flags, env) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const {url, requests} = await server((_request, response) => json(response, {}))
  await (await connectionTo(url, flags)).get('/version')
  const [{httpVersion, rawHeaders}] = requests as [Http2ServerRequest]
  const groups = rawHeaders.filter((_text, index) => rawHeaders[index - 1] === 'Impersonate-Group')
  expect({httpVersion, groups}).toEqual({httpVersion: '1.1', groups: flags.asGroups ?? []})
})

test('one group goes over HTTP/2', async () => {
  const {url, requests} = await server((_, response) => json(response, {}))
  await (await connectionTo(url, {as: 'me', asGroups: ['a']})).get('/version')
  const [{httpVersion, headers}] = requests as [Http2ServerRequest]
  expect({httpVersion, group: headers['impersonate-group']}).toEqual({httpVersion: '2.0', group: 'a'})
})

test('a server that sends its clients elsewhere is asked again over a new connection', async () => {
  const {url, sessions} = await server((request, response) => {
    json(response, {from: request.url})
    // as kube-apiserver does with --goaway-chance
    if (request.url === '/first') request.stream.session?.goaway()
  })
  const connection = await connectionTo(url)
  expect(await connection.get('/first')).toEqual({from: '/first'})
  expect(await connection.get('/second')).toEqual({from: '/second'})
  expect(sessions).toHaveLength(2)
})

test('what was under way when a server began to leave is answered', async () => {
  const held: Http2ServerResponse[] = []
  const {url} = await server((request, response) => {
    if (request.url === '/first') return json(response, {})
    held.push(response)
    if (held.length < 3) return
    request.stream.session?.goaway()
    for (const each of held) json(each, {late: true})
  })
  const connection = await connectionTo(url)
  await connection.get('/first')
  const answers = await Promise.all(['/a', '/b', '/c'].map((path) => connection.get(path)))
  expect(answers).toEqual([{late: true}, {late: true}, {late: true}])
})

test.each<[string, (request: Http2ServerRequest) => void]>([
  ['breaks', ({stream}) => stream.session?.destroy()],
  ['is cut at the other end', ({stream}) => stream.session?.socket.destroy()],
  ['refuses the request', ({stream}) => stream.close(7)],
])('a connection that %s before it answers is asked once more', async (_, fail) => {
  const {url, requests} = await server((request, response) => {
    if (requests.length === 2) fail(request)
    else json(response, {asked: requests.length})
  })
  const connection = await connectionTo(url)
  await connection.get('/first')
  expect(await connection.get('/second')).toEqual({asked: 3})
})

test.each<[string, (request: Http2ServerRequest) => void]>([
  ['connection', ({stream}) => stream.session?.destroy()],
  ['stream', ({stream}) => stream.close(2)],
])('a body whose %s is cut is an error, not half a list', async (_, fail) => {
  const {url, requests} = await server((request, response) => {
    response.writeHead(200, {'content-type': 'application/json'})
    response.write('{"items":[', () => setTimeout(fail, 20, request))
  })
  const error = await failure((await connectionTo(url)).get('/api/v1/pods'))
  expect(error).toMatchObject({name: 'ConnectionError', reason: 'Unreachable'})
  expect(error.message).toMatch(/^Unable to connect to the server: (unexpected EOF|stream error)/)
  expect(requests).toHaveLength(1)
})

test('a server that falls silent is given up, at once or in the middle', async () => {
  const {url} = await server((request, response) => {
    if (request.url === '/half') response.writeHead(200).write('{')
  })
  const connection = await connectionTo(url, {requestTimeout: '300ms'})
  const errors = await Promise.all(['/half', '/none'].map((path) => failure(connection.get(path))))
  expect(errors.map(({reason}) => reason)).toEqual(['Timeout', 'Timeout'])
})

test('a watch goes on beside other requests', async () => {
  const {url, sessions} = await server((request, response) => {
    if (!request.url.includes('watch')) return json(response, {})
    response.writeHead(200, {'content-type': 'application/json'})
    for (const name of ['a', 'b']) {
      response.write(`${JSON.stringify({type: 'ADDED', object: {metadata: {name}}})}\n`)
    }
  })
  const connection = await connectionTo(url)
  const stop = new AbortController()
  const changes = await connection.watch('/api/v1/pods', {watch: 1}, {signal: stop.signal, idle: 10_000})
  const names: (string | undefined)[] = []
  for await (const {object} of changes) {
    names.push(object.metadata?.name)
    await connection.get('/version')
    if (names.length === 2) break
  }
  expect(names).toEqual(['a', 'b'])
  expect(sessions).toHaveLength(1)
})
