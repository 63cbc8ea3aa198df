import {expect, test} from 'vitest'
import {collect, collectMore, projected} from '../../src/cluster/collect.ts'
import type {Connection, Query} from '../../src/cluster/connection.ts'
import {ConnectionError, StatusError} from '../../src/cluster/errors.ts'
import {type KubernetesObject, nameOf} from '../../src/model/objects.ts'

interface Asked {
  readonly path: string
  readonly query: Query
}

/** A connection whose answers a function makes up; it remembers what it was asked. */
function connectionTo(answer: (asked: Asked) => unknown): {connection: Connection; asked: Asked[]} {
  const asked: Asked[] = []
  const get = async (path: string, query: Query = {}) => {
    if (path === '/version') return {gitVersion: 'v1.37.1'}
    const one = {path, query: JSON.parse(JSON.stringify(query))}
    asked.push(one)
    return answer(one)
  }
  return {
    connection: {
      server: 'https://x',
      namespace: 'shop',
      dial: () => undefined,
      get,
      text,
      summary: () => Promise.reject(new Error('nobody asks kubelets')),
      watch: noWatch,
      close: async () => {},
    },
    asked,
  }
}

const text = () => Promise.reject(new Error('objects are no text'))
const noWatch = () => Promise.reject(new Error('a one-shot question watches nothing'))

function reading(connection: Connection, chunkSize = 2) {
  return {connection, chunkSize, keep: projected, onProgress: () => {}}
}

function pods(...names: readonly string[]) {
  return names.map((name) => ({metadata: {name, namespace: 'shop'}, spec: {containers: []}}))
}

function forbidden(resource: string): StatusError {
  const detail = `${resource} is forbidden`
  return new StatusError(`Error from server (Forbidden): ${detail}`, 403, 'Forbidden', detail)
}

test('pages are followed to the last one, each asked for once', async () => {
  const {connection, asked} = connectionTo(({query}) =>
    query.continue === 'two'
      ? {metadata: {}, items: pods('c')}
      : {metadata: {continue: 'two', remainingItemCount: 1}, items: pods('a', 'b')},
  )
  const snapshot = await collect(reading(connection), [
    {resource: 'pods', namespace: 'shop', labelSelector: 'app=db'},
  ])
  expect(snapshot.pods.map(({metadata}) => metadata?.name)).toEqual(['a', 'b', 'c'])
  expect(snapshot.server).toEqual({version: 'v1.37.1'})
  const path = '/api/v1/namespaces/shop/pods'
  expect(asked).toEqual([
    {path, query: {labelSelector: 'app=db', limit: 2}},
    {path, query: {labelSelector: 'app=db', limit: 2, continue: 'two'}},
  ])
})

test('progress says how much there is of what there is any, where the server tells what remains', async () => {
  const {connection} = connectionTo(({path, query}) => {
    if (path.endsWith('/services')) return {metadata: {}, items: []}
    if (path.endsWith('/nodes'))
      return {metadata: {}, items: pods(...Array.from({length: 1234}, (_, index) => `node-${index}`))}
    return query.continue === 'two'
      ? {metadata: {}, items: pods('c')}
      : {metadata: {continue: 'two', remainingItemCount: 1}, items: pods('a', 'b')}
  })
  const texts: string[] = []
  const onProgress = (text: string) => void texts.push(text)
  await collect({...reading(connection), onProgress}, [
    {resource: 'pods', namespace: 'shop'},
    {resource: 'services', namespace: 'shop'},
    {resource: 'nodes'},
  ])
  expect([...new Set(texts)]).toEqual([
    'Reading pods 2 of 3',
    'Reading pods 2 of 3 · nodes 1,234',
    'Reading pods 3 · nodes 1,234',
  ])
})

test('a list that expires underway starts again as one page, and nothing is there twice', async () => {
  const {connection, asked} = connectionTo(({query}) => {
    if (query.limit === undefined) return {metadata: {}, items: pods('a', 'b', 'c')}
    if (query.continue) throw new StatusError('gone', 410, 'Expired', 'gone')
    return {metadata: {continue: 'two'}, items: pods('a', 'b')}
  })
  const snapshot = await collect(reading(connection), [{resource: 'pods'}])
  expect(snapshot.pods.map(({metadata}) => metadata?.name)).toEqual(['a', 'b', 'c'])
  expect(asked.map(({query}) => query)).toEqual([{limit: 2}, {limit: 2, continue: 'two'}, {}])
})

test('a list that expires again is an omission, not a part that passes for the whole', async () => {
  const {connection} = connectionTo(({query}) => {
    if (query.continue || query.limit === undefined) throw new StatusError('gone', 410, 'Expired', 'gone')
    return {metadata: {continue: 'two'}, items: pods('a', 'b')}
  })
  const snapshot = await collect(reading(connection), [{resource: 'pods'}])
  expect([snapshot.pods, snapshot.omissions]).toEqual([
    [],
    [{resource: 'pods', reason: 'Expired', message: 'gone'}],
  ])
})

test('what may not be read is an omission with the API’s reason; the subject of the question is an error', async () => {
  const {connection} = connectionTo(({path}) => {
    throw forbidden(path)
  })
  const snapshot = await collect(reading(connection), [{resource: 'nodes'}])
  expect(snapshot.omissions).toEqual([
    {resource: 'nodes', reason: 'Forbidden', message: '/api/v1/nodes is forbidden'},
  ])
  const extra = await collect(reading(connection), [{resource: 'events', isExtra: true}])
  expect(extra.omissions).toEqual([])
  const subject = collect(reading(connection), [
    {resource: 'statefulSets', namespace: 'shop', isSubject: true},
  ])
  await expect(subject).rejects.toThrow('Error from server (Forbidden)')
})

test('a silent list is an omission; nobody signed in, or a mistake of ours, never is', async () => {
  const failing = (error: Error) =>
    collect(reading(connectionTo(() => Promise.reject(error)).connection), [{resource: 'nodes'}])
  const {omissions} = await failing(new ConnectionError('Unable to connect', 'Timeout'))
  expect(omissions).toEqual([{resource: 'nodes', reason: 'Timeout', message: 'Unable to connect'}])
  await expect(failing(new StatusError('logged in?', 401, 'Unauthorized', ''))).rejects.toThrow('logged in?')
  await expect(failing(new TypeError('a mistake'))).rejects.toThrow('a mistake')
})

test('a Go server’s null list is an empty one', async () => {
  const {connection} = connectionTo(() => ({metadata: {}, items: null}))
  const snapshot = await collect(reading(connection), [{resource: 'volumeAttachments'}])
  expect([snapshot.volumeAttachments, snapshot.omissions]).toEqual([[], []])
})

test('what is read later is added to the same kind, under the first clock', async () => {
  const {connection, asked} = connectionTo(({query}) => ({
    items: pods(query.labelSelector === 'a' ? 'a' : 'b'),
  }))
  const first = await collect(reading(connection, 500), [{resource: 'pods', labelSelector: 'a'}])
  const both = await collectMore(reading(connection, 500), first, [{resource: 'pods', labelSelector: '!a'}])
  expect(both.pods.map(({metadata}) => metadata?.name)).toEqual(['a', 'b'])
  expect(both.observedAt).toBe(first.observedAt)
  expect(asked.length).toBe(2)
})

test('no list ever asks for an old state of the cluster', async () => {
  const {connection, asked} = connectionTo(() => ({items: []}))
  await collect(reading(connection), [{resource: 'pods'}, {resource: 'nodes'}, {resource: 'events'}])
  expect(asked.flatMap(({query}) => Object.keys(query))).not.toContain('resourceVersion')
})

test('one object by its name is a GET, for which the right to get it is enough; a missing one is an empty list', async () => {
  const {connection, asked} = connectionTo(({path}) => {
    if (path.endsWith('/web')) return {metadata: {name: 'web', namespace: 'shop'}}
    throw new StatusError('not found', 404, 'NotFound', 'not found')
  })
  const need = {resource: 'statefulSets', namespace: 'shop', isSubject: true} as const
  const found = await collect(reading(connection), [{...need, name: 'web'}])
  const missing = await collect(reading(connection), [{...need, name: 'db'}])
  expect([found.statefulSets.map(({metadata}) => metadata?.name), missing.statefulSets]).toEqual([
    ['web'],
    [],
  ])
  const path = '/apis/apps/v1/namespaces/shop/statefulsets'
  expect(asked).toEqual([
    {path: `${path}/web`, query: {}},
    {path: `${path}/db`, query: {}},
  ])
})

test('more of a kind that may not be read does not hide what was read of it', async () => {
  const {connection} = connectionTo(({path}) => {
    if (path === '/api/v1/namespaces/shop/pods') return {items: pods('a')}
    throw forbidden(path.split('/').at(-1) ?? '')
  })
  const first = await collect(reading(connection), [{resource: 'pods', namespace: 'shop'}])
  const more = await collectMore(reading(connection), first, [{resource: 'pods'}, {resource: 'nodes'}])
  expect(more.pods).toEqual(first.pods)
  expect(more.omissions.map(({resource}) => resource)).toEqual(['nodes'])
})

test('the next page is asked for before the objects of this one are looked at', async () => {
  const steps: string[] = []
  const {connection} = connectionTo(({query}) => {
    steps.push(`asked for ${query.continue ?? 'the first'}`)
    return query.continue
      ? {metadata: {}, items: pods('c')}
      : {metadata: {continue: 'two'}, items: pods('a', 'b')}
  })
  const keep = () => (object: KubernetesObject) => {
    steps.push(nameOf(object))
    return object
  }
  await collect({...reading(connection), keep}, [{resource: 'pods'}])
  expect(steps).toEqual(['asked for the first', 'asked for two', 'a', 'b', 'c'])
})

test('a page that can’t be read ends the list, though the next one was asked for', async () => {
  const {connection} = connectionTo(({query}) => {
    if (query.continue) throw new ConnectionError('late', 'Timeout')
    const items = function* () {
      yield* pods('a')
      throw new ConnectionError('broken', 'Malformed')
    }
    return {metadata: {continue: 'two'}, items: items()}
  })
  const {pods: read, omissions} = await collect(reading(connection), [{resource: 'pods'}])
  expect([read, omissions]).toEqual([[], [{resource: 'pods', reason: 'Malformed', message: 'broken'}]])
})
