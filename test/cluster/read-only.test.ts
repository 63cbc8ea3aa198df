import {Agent} from 'undici'
import {expect, onTestFinished, test} from 'vitest'
import {list, one} from '../../src/cluster/list.ts'
import {podLog} from '../../src/cluster/pod-log.ts'
import {listPath, logPath, objectPath, resourceKeys} from '../../src/cluster/resources.ts'
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
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  expect(Object.keys(connection).toSorted()).toEqual([
    'close',
    'get',
    'namespace',
    'notes',
    'server',
    'text',
    'watch',
  ])
  await list(connection, {resource: 'pods'}, 500, (object) => object)
  expect(server.requests.map(({method, url}) => `${method} ${url}`)).toEqual(['GET /api/v1/pods?limit=500'])
})

/** Where names may lead to that come from somebody else. */
const ELSEWHERE = ['.', '..', '', 'a/exec', 'a/proxy/b', '../secrets', 'a%2Fproxy', '..%2f']

test.for(ELSEWHERE)('a name %j leads nowhere', async (name) => {
  for (const key of resourceKeys) {
    expect(() => objectPath(key, 'shop', name)).toThrow(/^error: invalid resource name /)
  }
  expect(() => listPath('pods', name)).toThrow(/^error: invalid namespace /)
  expect(() => logPath('shop', name)).toThrow(/^error: invalid resource name /)
  const server = await fakeServer((_, response) => json(response, {items: []}))
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  expect(await one(connection, {resource: 'services', namespace: 'shop', name}, (object) => object)).toEqual(
    [],
  )
  expect(
    await podLog(connection, {namespace: 'shop', pod: name, container: 'a', previous: false}),
  ).toMatchObject({
    resource: 'pods/log',
    reason: 'Error',
  })
  expect(server.requests).toEqual([])
})

test('names that objects have are paths of theirs', () => {
  expect(objectPath('nodes', undefined, 'node-a.example.com')).toBe('/api/v1/nodes/node-a.example.com')
  expect(objectPath('statefulSets', 'shop', 'system:a b')).toBe(
    '/apis/apps/v1/namespaces/shop/statefulsets/system%3Aa%20b',
  )
  expect(logPath('shop', 'db-0')).toBe('/api/v1/namespaces/shop/pods/db-0/log')
})
