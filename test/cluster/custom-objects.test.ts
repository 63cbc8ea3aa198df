import type {RequestListener} from 'node:http'
import {expect, test} from 'vitest'
import {customObjects} from '../../src/cluster/custom/read.ts'
import {connected, failure, fakeServer, json, kubeconfig} from './fake-server.ts'

const PG = {type: 'clusters', group: 'postgresql.cnpg.io', name: 'pg'}
const GROUP = {
  metadata: {name: 'postgresql.cnpg.io'},
  versions: [
    {
      version: 'v1',
      resources: [
        {
          resource: 'clusters',
          responseKind: {group: '', version: '', kind: 'Cluster'},
          scope: 'Namespaced',
          singularResource: 'cluster',
          shortNames: ['pgc'],
        },
      ],
    },
    {
      version: 'v1beta1',
      resources: [{resource: 'clusters', responseKind: {kind: 'Cluster'}, scope: 'Cluster'}],
    },
  ],
}
const ALL = {kind: 'APIGroupDiscoveryList', items: [{metadata: {name: 'other'}, versions: []}, GROUP]}
const OBJECT = {
  metadata: {name: 'pg', namespace: 'shop', uid: 'u', managedFields: [], annotations: {a: 'secret'}},
  spec: {instances: 3},
  status: {phase: 'a'},
}

async function read(answer: RequestListener, names = [PG]) {
  const server = await fakeServer(answer)
  const connection = await connected({kubeconfig: kubeconfig(server.url, {token: 't'})})
  const asked = () => server.requests.map(({url}) => url)
  return {objects: () => customObjects(connection, names, 'shop'), asked, requests: server.requests}
}

const serving =
  (types: object, object: unknown = OBJECT): RequestListener =>
  ({url = ''}, response) =>
    json(response, url === '/apis' ? types : object)

test('a type is looked up by one request, and each object by another', async () => {
  const {objects, asked, requests} = await read(serving(ALL), [
    PG,
    {...PG, type: 'pgc'},
    {...PG, type: 'cluster'},
  ])
  expect((await objects())[0]).toEqual({
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: {name: 'pg', namespace: 'shop', uid: 'u', annotations: {}},
    of: {group: 'postgresql.cnpg.io', version: 'v1', plural: 'clusters', kind: 'Cluster', namespaced: true},
    spec: {instances: 3},
    status: {phase: 'a'},
  })
  const path = '/apis/postgresql.cnpg.io/v1/namespaces/shop/clusters/pg'
  expect(asked()).toEqual(['/apis', path, path, path])
  expect(requests[0]?.headers.accept).toContain('as=APIGroupDiscoveryList')
})

test('a version may be named, as with kubectl', async () => {
  const {objects, asked} = await read(serving(ALL), [{...PG, group: 'v1beta1.postgresql.cnpg.io'}])
  await objects()
  expect(asked()[1]).toBe('/apis/postgresql.cnpg.io/v1beta1/clusters/pg')
})

test('an old server lists its groups, and is asked for the one', async () => {
  const {objects, asked} = await read(({url = ''}, response) =>
    json(
      response,
      url === '/apis'
        ? {kind: 'APIGroupList', groups: [{name: 'postgresql.cnpg.io', preferredVersion: {version: 'v1'}}]}
        : url === '/apis/postgresql.cnpg.io/v1'
          ? {
              resources: [
                {name: 'clusters/status', kind: 'Cluster'},
                {name: 'clusters', kind: 'Cluster', namespaced: true},
              ],
            }
          : OBJECT,
    ),
  )
  expect((await objects()).map(({kind}) => kind)).toEqual(['Cluster'])
  expect(asked()).toEqual([
    '/apis',
    '/apis/postgresql.cnpg.io/v1',
    '/apis/postgresql.cnpg.io/v1/namespaces/shop/clusters/pg',
  ])
})

test.for<[string, object]>([
  ['a type that is not there', {...PG, type: 'nosuch'}],
  ['a group that is not there', {...PG, group: 'example.org'}],
  ['a version that is not there', {...PG, group: 'v9.postgresql.cnpg.io'}],
])('%s', async ([, name]) => {
  const {objects} = await read(serving(ALL), [{...PG, ...name}])
  expect((await failure(objects())).message).toMatch(
    /^error: the server doesn't have a resource type "(nosuch|clusters)" in group "[a-z0-9.]+"$/,
  )
})

test.for<[string, unknown]>([
  ['is nothing', null],
  [
    'has items that are none',
    {kind: 'APIGroupDiscoveryList', items: [null, 1, {versions: [{resources: [{}]}]}]},
  ],
  ['has groups that are none', {kind: 'APIGroupList', groups: {a: 1}}],
])('a discovery that %s has no types', async ([, types]) => {
  const {objects} = await read(serving(types as object))
  expect((await failure(objects())).message).toMatch(
    /doesn't have a resource type "clusters" in group "postgresql.cnpg.io"$/,
  )
})

test('names lead nowhere else, whoever says them', async () => {
  const group = {...GROUP, versions: [{version: 'v1/../..', resources: GROUP.versions[0]?.resources ?? []}]}
  const hostile = await read(serving({...ALL, items: [group]}))
  expect((await failure(hostile.objects())).message).toMatch(/^error: invalid resource name /)
  const named = await read(serving(ALL), [{...PG, name: '../x'}])
  expect((await failure(named.objects())).message).toMatch(/^error: invalid resource name /)
  expect([...hostile.asked(), ...named.asked()]).toEqual(['/apis', '/apis'])
})

test.for<[string, unknown]>([
  ['has no metadata', {}],
  ['has no name', {metadata: {uid: 'u'}}],
  ['has another shape', {metadata: {name: 'pg', labels: 'a'}}],
  ['is a list', []],
])('an object that %s is refused', async ([, object]) => {
  const {objects} = await read(serving(ALL, object))
  expect((await failure(objects())).message).toMatch(/has a wrong shape: Cluster with other metadata/)
})
