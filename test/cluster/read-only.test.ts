import {Agent} from 'undici'
import {expect, onTestFinished, test} from 'vitest'
import {collect, projected} from '../../src/cluster/collect.ts'
import {list, one} from '../../src/cluster/list.ts'
import {podLog} from '../../src/cluster/pod-log.ts'
import {leadsOn, summaryPath} from '../../src/cluster/transport/leading-on.ts'
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

/** What the API server passes on to a node, a Pod, a Service, or into a container. */
const LEADING_ON = [
  '/api/v1/nodes/node-a/proxy',
  '/api/v1/nodes/node-a/proxy/',
  '/api/v1/nodes/node-a/proxy/exec/shop/db-0/db?command=sh',
  '/api/v1/nodes/node-a/proxy/run/shop/db-0/db',
  '/api/v1/nodes/node-a/proxy/logs/',
  '/api/v1/nodes/node-a/proxy/stats/summary/',
  '/api/v1/nodes/node-a/proxy/stats/summary?only_cpu_and_memory=true',
  '/api/v1/nodes/node-a/proxy/stats/../exec/shop/db-0/db',
  '/api/v1/nodes/node-a:10255/proxy/stats/summary',
  '/api/v1/nodes/https:node-a:/proxy/stats/summary',
  '/api/v1/namespaces/shop/pods/db-0/proxy/stats/summary',
  '/api/v1/namespaces/shop/pods/db-0/exec?command=sh',
  '/api/v1/namespaces/shop/pods/db-0/attach',
  '/api/v1/namespaces/shop/pods/db-0/portforward',
  '/api/v1/namespaces/shop/services/db/proxy/stats/summary',
  '/api/v1/proxy/nodes/node-a/stats/summary',
]

test.for(LEADING_ON)('%s is a bug of ours, and is not sent', async (path) => {
  const server = await fakeServer((_, response) => json(response, {items: []}))
  const connection = await connected({kubeconfig: kubeconfig(server.url, {token: 't'})})
  const idle = {signal: new AbortController().signal, idle: 1000}
  for (const ask of [
    () => connection.get(path),
    () => connection.text(path),
    () => connection.watch(path, {}, idle),
  ])
    expect((await failure(ask())).message).toMatch(/^bug: .* leads on to somebody else$/)
  expect(server.requests).toEqual([])
})

test.for([
  '/api/v1/namespaces/proxy/pods/exec/log',
  '/api/v1/namespaces/pods/services/proxy',
  '/api/v1/nodes/proxy',
  '/apis/apps/v1/namespaces/nodes/statefulsets/exec',
])('%s is somebody called like that', (path) => {
  expect(leadsOn(path)).toBe(false)
})

test.for([
  '/api/v1//nodes/node-a/proxy/run',
  '/api/v1/nodes/node-a/%70roxy/run',
  '/api/v1/pods/../nodes/a/proxy/b',
  '/api/v1/nodes/node-a/%70roxy/run/%FF',
  '/api/v1/nodes/node-a/%2570roxy/run',
  '/api/v1/namespaces/shop/services/a%3Fb/proxy/x',
  '/api/v1/foo%23%2F..%2Fnodes/node-a/proxy/run',
  '/k8s/clusters/c%2D1/api/v1/nodes/node-a/proxy/run',
  '/k8s/clusters/c-2/api/v1/nodes/node-a/proxy/run',
])('%s leads on, however it is written', (path) => {
  expect(leadsOn(path)).toBe(true)
})

test('of a kubelet one thing is asked, by the name of its node', async () => {
  const server = await fakeServer((_, response) => json(response, {node: {}}))
  const connection = await connected({kubeconfig: kubeconfig(server.url, {token: 't'})})
  await connection.summary('node-a.example.com', 1000, new AbortController().signal)
  expect(server.requests.map(({method, url}) => `${method} ${url}`)).toEqual([
    'GET /api/v1/nodes/node-a.example.com/proxy/stats/summary',
  ])
})

test.for([...ELSEWHERE, '', 'node-a:10255', 'https:node-a:', 'node-a?', 'node-a#', 'A', 'node-a/', '%2e'])(
  'a node called %j leads nowhere',
  (name) => {
    expect(() => summaryPath(name)).toThrow(/^error: invalid resource name /)
  },
)

test.for([
  '/api/v1/nodes/node-a/proxy/stats/summary',
  '/api/v1/nodes/node-a/%70roxy/run/a/b/%FF',
  '/k8s/clusters/c-2/api/v1/nodes/node-a/proxy/run',
])('a server that sends us on to %s is not followed', async (location) => {
  const server = await fakeServer((request, response) =>
    request.url?.startsWith('/api/v1/pods')
      ? response.writeHead(302, {location}).end()
      : json(response, {items: []}),
  )
  const connection = await connected({kubeconfig: kubeconfig(server.url, {token: 't'})})
  expect((await failure(list(connection, {resource: 'pods'}, 500, (object) => object))).message).toMatch(
    /the server sends us on to where nothing may be asked$/,
  )
  expect(server.requests).toHaveLength(1)
})
