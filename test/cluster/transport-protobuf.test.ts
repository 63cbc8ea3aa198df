import type {ServerResponse} from 'node:http'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {projected} from '../../src/cluster/collect.ts'
import {AnswerError, ConnectionError, StatusError} from '../../src/cluster/errors.ts'
import {list} from '../../src/cluster/list.ts'
import {decodeProtobuf} from '../../src/cluster/protobuf/answer.ts'
import {connected, failure, fakeServer, json, kubeconfig} from './fake-server.ts'
import {answerOf} from './protobuf/kept-proto.ts'

const PROTOBUF = 'application/vnd.kubernetes.protobuf'
const SERVER = new URL('https://cluster')

function protobuf(response: ServerResponse, body: Buffer, status = 200): void {
  response.writeHead(status, {'content-type': PROTOBUF}).end(body)
}

const pod = (name: string) => ({
  metadata: {name, namespace: 'shop', labels: {app: 'db'}, creationTimestamp: '2026-01-02T03:04:05Z'},
  spec: {containers: [{name: 'app', resources: {requests: {memory: '1Gi'}}}], priority: 0},
  status: {phase: 'Running', containerStatuses: [{name: 'app', ready: false, restartCount: 0}]},
})

const PODS = answerOf('v1', 'PodList', {metadata: {resourceVersion: '7'}, items: [pod('a'), pod('b')]})

async function askedOf(answer: (accept: string, response: ServerResponse, path: string) => void) {
  const server = await fakeServer(({headers, url}, response) =>
    answer(headers.accept ?? '', response, url ?? ''),
  )
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  const accepted = () => server.requests.map(({headers}) => headers.accept)
  return {connection, accepted}
}

test('a server is asked for protobuf and may send JSON; an answer is read as what it says that it is', async () => {
  const {connection, accepted} = await askedOf((_, response, path) =>
    path.endsWith('/a') ? protobuf(response, answerOf('v1', 'Pod', pod('a'))) : json(response, pod('b')),
  )
  expect(await connection.get('/api/v1/namespaces/shop/pods/a')).toStrictEqual(pod('a'))
  expect(await connection.get('/api/v1/namespaces/shop/pods/b')).toStrictEqual(pod('b'))
  expect(accepted()).toEqual(Array(2).fill(`${PROTOBUF}, application/json`))
})

test('a list in protobuf is the same list as in JSON', async () => {
  const {connection} = await askedOf((_, response) => protobuf(response, PODS))
  const listed = await list(connection, {resource: 'pods'}, 500, projected('pods'))
  expect(listed).toStrictEqual({objects: [pod('a'), pod('b')], resourceVersion: '7'})
})

test('who wants no protobuf is asked for JSON, once and for all', async () => {
  const {connection, accepted} = await askedOf((accept, response) =>
    accept.includes(PROTOBUF)
      ? json(response, {kind: 'Status', message: 'no'}, 406)
      : json(response, pod('a')),
  )
  for (const _ of [1, 2]) expect(await connection.get('/api/v1/pods/a')).toEqual(pod('a'))
  expect(accepted()).toEqual([`${PROTOBUF}, application/json`, 'application/json', 'application/json'])
})

test('and so are all that were asked for at the same time', async () => {
  const {connection, accepted} = await askedOf((accept, response, path) => {
    if (accept.includes(PROTOBUF))
      setTimeout(() => response.writeHead(406).end(), path.endsWith('0') ? 0 : 50)
    else json(response, pod(path))
  })
  const names = ['0', '1', '2']
  const read = await Promise.all(names.map((name) => connection.get(`/api/v1/pods/${name}`)))
  expect(read).toEqual(names.map((name) => pod(`/api/v1/pods/${name}`)))
  expect(accepted().length).toBe(6)
})

test('who wants neither is told so', async () => {
  const {connection, accepted} = await askedOf((_, response) => response.writeHead(406).end('no'))
  const error = await failure(connection.get('/api/v1/pods/a'))
  expect([error.message, accepted().length]).toEqual(['Error from server: 406 Not Acceptable: no', 2])
})

test('logs are not asked for in protobuf', async () => {
  const {connection, accepted} = await askedOf((_, response) => response.end(''))
  await connection.text('/api/v1/namespaces/shop/pods/a/log')
  expect(accepted()).toEqual(['application/json'])
})

test('a refusal in protobuf has the words that it has in JSON', async () => {
  const status = {status: 'Failure', message: 'pods "x" is forbidden', reason: 'Forbidden', code: 403}
  const {connection} = await askedOf((_, response, path) => {
    if (path === '/broken') return protobuf(response, Buffer.from('k8s\0\u00ff'), 403)
    return protobuf(response, answerOf('v1', 'Status', status), 403)
  })
  const error = await failure(connection.get('/api/v1/pods/x'))
  expect(error).toBeInstanceOf(StatusError)
  expect(error.message).toBe('Error from server (Forbidden): pods "x" is forbidden')
  expect((await failure(connection.get('/broken'))).message).toBe('Error from server (Forbidden): unknown')
})

const NOT_WHOLE =
  'error: the answer of https://cluster is not whole: it ends in the middle, or is no protobuf'

/** All of it, items included. */
function readAll(bytes: Buffer): object {
  const read = decodeProtobuf(bytes, SERVER) as {items?: Iterable<object>}
  return read.items ? {...read, items: [...read.items]} : read
}

function problemOf(bytes: Buffer): unknown {
  try {
    readAll(bytes)
    return undefined
  } catch (error) {
    return error
  }
}

describe('what is no whole protobuf', () => {
  test.each([
    ['other bytes', Buffer.from('<html>'), NOT_WHOLE],
    ['nothing', Buffer.alloc(0), NOT_WHOLE],
    [
      'a kind that nobody reads',
      answerOf('v1', 'Secret\u001b', pod('a'), 'Pod'),
      'error: the answer of https://cluster is a v1 Secret^[, which nobody asked for',
    ],
    [
      'a kind of another group, whose fields have other numbers',
      answerOf('events.k8s.io/v1', 'Event', pod('a'), 'Pod'),
      'error: the answer of https://cluster is a events.k8s.io/v1 Event, which nobody asked for',
    ],
    [
      'a revision whose data is no JSON',
      answerOf('apps/v1', 'ControllerRevision', {revision: 1, data: Buffer.from('{"password')}),
      NOT_WHOLE,
    ],
  ])('%s', (_, bytes, message) => {
    const error = problemOf(bytes)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({message, reason: 'Malformed'})
  })

  test('a list that is cut anywhere', () => {
    for (let length = 0; length < PODS.length; length++) {
      expect(problemOf(PODS.subarray(0, length)), String(length)).toBeInstanceOf(ConnectionError)
    }
  })

  test('whatever is changed in it: it is read, or the error is one of ours', () => {
    const change = fc.tuple(fc.nat(PODS.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, {minLength: 1, maxLength: 4}), (changes) => {
        const bytes = Buffer.from(PODS)
        for (const [at, byte] of changes) bytes[at] = byte
        const error = problemOf(bytes)
        if (error !== undefined) expect(error).toBeInstanceOf(AnswerError)
      }),
      {numRuns: 2000},
    )
  })

  test('an item that is broken breaks the list, and those before it are no list', async () => {
    const broken = Buffer.from(PODS)
    const name = broken.lastIndexOf('app')
    broken[name - 1] = 0x7f
    const {connection} = await askedOf((_, response) => protobuf(response, broken))
    const error = await failure(list(connection, {resource: 'pods'}, 500, projected('pods')))
    expect(error).toBeInstanceOf(ConnectionError)
  })

  test('one object is no list', async () => {
    const {connection} = await askedOf((_, response) => protobuf(response, answerOf('v1', 'Pod', pod('a'))))
    const error = await failure(list(connection, {resource: 'pods'}, 500, projected('pods')))
    expect(error.message).toMatch(/^error: the answer of .* is not a list$/)
  })
})
