import {Agent} from 'undici'
import {expect, onTestFinished, test} from 'vitest'
import {collect, projected} from '../../src/cluster/collect.ts'
import {list, one} from '../../src/cluster/list.ts'
import {podLog} from '../../src/cluster/pod-log.ts'
import {readOnly} from '../../src/cluster/transport/read-only.ts'
import {connected, failure, fakeServer, json, kubeconfig} from './fake-server.ts'

const OTHERS = ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const

async function readOnlyPool() {
  const server = await fakeServer((_, response) => json(response, {}), {plain: true})
  const pool = readOnly(new Agent())
  onTestFinished(() => pool.destroy())
  return {
    server,
    ask: (more: object) => pool.request({origin: server.url, path: '/', method: 'GET', ...more}),
  }
}

test('GET goes through', async () => {
  const {server, ask} = await readOnlyPool()
  const {statusCode, body} = await ask({})
  await body.dump()
  expect({statusCode, sent: server.requests.map(({method}) => method)}).toEqual({
    statusCode: 200,
    sent: ['GET'],
  })
})

test.for([...OTHERS.map((method) => ({method})), {method: 'get'}, {body: 'a'}, {upgrade: 'SPDY/3.1'}])(
  '%o is a bug of ours, and is not sent',
  async (more) => {
    const {server, ask} = await readOnlyPool()
    expect((await failure(ask(more))).message).toMatch(/^bug: .* would not be read-only$/)
    expect(server.requests).toEqual([])
  },
)

test('every connection of ours is read-only', async () => {
  const server = await fakeServer((_, response) => json(response, {items: []}))
  const connection = await connected({kubeconfig: kubeconfig(server.url, {token: 't'})})
  await list(connection, {resource: 'pods'}, 500, (object) => object)
  expect(server.requests.map(({method, url}) => `${method} ${url}`)).toEqual(['GET /api/v1/pods?limit=500'])
})

/** Where names may lead to that come from somebody else. */
const ELSEWHERE = ['.', '..', 'a/exec', 'a/proxy/b', '../secrets', 'a%2Fproxy', '..%2f']

test.for(ELSEWHERE)('a name %j leads nowhere', async (name) => {
  const server = await fakeServer((_, response) => json(response, {items: []}))
  const connection = await connected({kubeconfig: kubeconfig(server.url, {token: 't'})})
  const service = {resource: 'services', namespace: 'shop', name} as const
  expect((await failure(one(connection, service, (object) => object))).message).toMatch(
    /^error: invalid resource name /,
  )
  const list = {connection, chunkSize: 500, keep: projected, onProgress: () => {}}
  const {services, omissions} = await collect(list, [service, {resource: 'pods', namespace: name}])
  expect({services, refused: omissions.map(({resource}) => resource)}).toEqual({
    services: [],
    refused: ['services', 'pods'],
  })
  const log = {namespace: 'shop', pod: name, container: 'a', previous: false}
  expect(await podLog(connection, log)).toMatchObject({resource: 'pods/log', reason: 'Error'})
  expect(server.requests.map(({url}) => url)).toEqual(['/version'])
})
