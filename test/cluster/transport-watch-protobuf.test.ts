import type {ServerResponse} from 'node:http'
import {setTimeout as sleep} from 'node:timers/promises'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Connection, WatchEvent} from '../../src/cluster/connection.ts'
import {AnswerError} from '../../src/cluster/errors.ts'
import {decodeEvent} from '../../src/cluster/protobuf/event.ts'
import {frames} from '../../src/cluster/transport/frames.ts'
import {connected, failure, fakeServer, kubeconfig} from './fake-server.ts'
import {frameOf} from './protobuf/kept-proto.ts'
import {line} from './watch-server.ts'

const PROTOBUF = 'application/vnd.kubernetes.protobuf;stream=watch'
const SERVER = new URL('https://cluster')
const {signal} = new AbortController()

const pod = (name: string, resourceVersion = '7') => ({
  metadata: {name, namespace: 'shop', labels: {app: 'dbé'}, resourceVersion},
  spec: {containers: [{name: 'app'}]},
  status: {phase: 'Running', reason: 'x'.repeat(3000)},
})
const change = (type: string, name: string) => ({type, object: pod(name)})
const sent = (type: string, name: string) => frameOf(type, 'v1', 'Pod', pod(name))

async function watching(answer: (response: ServerResponse, accept: string) => void) {
  const server = await fakeServer(({headers}, response) => answer(response, headers.accept ?? ''))
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  const accepted = () => server.requests.map(({headers}) => headers.accept)
  return {connection, accepted, url: server.url}
}

function agreed(response: ServerResponse): ServerResponse {
  response.writeHead(200, {'content-type': PROTOBUF}).flushHeaders()
  return response
}

async function all(connection: Connection): Promise<readonly WatchEvent[]> {
  return await Array.fromAsync(
    await connection.watch('/api/v1/pods', {watch: 'true'}, {signal, idle: 10_000}),
  )
}

test('changes in protobuf are what they are in JSON, with the version to go on from', async () => {
  const {connection} = await watching((response) => {
    agreed(response).write(sent('ADDED', 'a'))
    response.write(Buffer.concat([sent('MODIFIED', 'b'), sent('DELETED', 'b')]))
    response.end(frameOf('BOOKMARK', 'v1', 'Pod', {metadata: {resourceVersion: '9'}}))
  })
  const changes = [
    change('ADDED', 'a'),
    change('MODIFIED', 'b'),
    change('DELETED', 'b'),
    // a kind’s empty parts are there, as in what is kept of JSON
    {type: 'BOOKMARK', object: {metadata: {resourceVersion: '9'}, spec: {containers: []}}},
  ]
  expect(await all(connection)).toStrictEqual(changes.map((each) => ({...each, isKept: true})))
})

test('a change comes as soon as it is sent, and half of one at the end is left out', async () => {
  let response: ServerResponse | undefined
  const {connection} = await watching((next) => {
    response = agreed(next)
  })
  const stream = await connection.watch('/api/v1/pods', {}, {signal, idle: 10_000})
  const changes = stream[Symbol.asyncIterator]()
  response?.write(sent('ADDED', 'a'))
  expect(await changes.next()).toMatchObject({value: {type: 'ADDED'}})
  response?.end(sent('ADDED', 'b').subarray(0, 50))
  expect(await changes.next()).toMatchObject({done: true})
})

test('who wants no protobuf is asked for JSON, once and for all', async () => {
  const {connection, accepted} = await watching((response, accept) => {
    if (accept.includes('protobuf')) response.writeHead(406).end()
    else response.writeHead(200, {'content-type': 'application/json'}).end(line(change('ADDED', 'a')))
  })
  for (const _ of [1, 2]) expect(await all(connection)).toEqual([change('ADDED', 'a')])
  expect(accepted()).toEqual([
    'application/vnd.kubernetes.protobuf, application/json',
    'application/json',
    'application/json',
  ])
})

test('an ERROR event is the same error as in JSON', async () => {
  const status = {
    status: 'Failure',
    message: 'too old resource version: 1 (2)',
    reason: 'Expired',
    details: {retryAfterSeconds: 3},
    code: 410,
  }
  const {connection} = await watching((response) =>
    agreed(response).end(frameOf('ERROR', 'v1', 'Status', status)),
  )
  expect(await failure(all(connection))).toMatchObject({
    name: 'StatusError',
    code: 410,
    reason: 'Expired',
    retryAfter: 3000,
    message: 'Error from server (Expired): too old resource version: 1 (2)',
  })
})

test.each([
  ['of an unknown type', frameOf('SHAKEN', 'v1', 'Pod', pod('a')), 'is not a stream of changes to objects'],
  ['of nothing', Buffer.of(0, 0, 0, 0), 'is not whole: it ends in the middle, or is no protobuf'],
  ['longer than any object', Buffer.from('<html>'), 'is not a stream of changes to objects'],
  ['of another kind', frameOf('ADDED', 'v2', 'Pod', pod('a')), 'is a v2 Pod, which nobody asked for'],
])('a change %s is an error of the stream', async (_, bytes, problem) => {
  const {connection, url} = await watching((response) => agreed(response).end(bytes))
  expect(await failure(all(connection))).toMatchObject({
    name: 'ConnectionError',
    reason: 'Malformed',
    message: `error: the answer of ${url} ${problem}`,
  })
})

test('however the bytes are cut, the frames are the same', async () => {
  const whole = [
    sent('ADDED', 'a'),
    Buffer.of(0, 0, 0, 0),
    sent('DELETED', 'b'),
    frameOf('BOOKMARK', 'v1', 'Pod', {}),
  ]
  const bytes = Buffer.concat(whole)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), {maxLength: 30}), async (places) => {
      const cuts = [0, ...places.toSorted((left, right) => left - right), bytes.length]
      const pieces = cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end))
      const found = await Array.fromAsync(
        frames(
          (async function* () {
            yield* pieces
          })(),
          SERVER,
        ),
      )
      expect(found.map(String)).toEqual(whole.map((each) => String(each.subarray(4))))
    }),
  )
})

test('whatever is changed in a frame: it is read, or the error is one of ours', () => {
  const frame = sent('ADDED', 'a').subarray(4)
  const changes = fc.array(fc.tuple(fc.nat(frame.length - 1), fc.nat(255)), {minLength: 1, maxLength: 4})
  fc.assert(
    fc.property(changes, (changed) => {
      const bytes = Buffer.from(frame)
      for (const [at, byte] of changed) bytes[at] = byte
      try {
        decodeEvent(bytes, SERVER)
      } catch (error) {
        expect(error).toBeInstanceOf(AnswerError)
      }
    }),
    {numRuns: 2000},
  )
})

test('a frame of many pieces is put together once', async () => {
  const large = frameOf('ADDED', 'v1', 'Pod', {...pod('a'), status: {message: 'x'.repeat(3_000_000)}})
  const {connection} = await watching(async (response) => {
    agreed(response)
    for (let at = 0; at < large.length; at += 100_000) {
      response.write(large.subarray(at, at + 100_000))
      await sleep(1)
    }
    response.end()
  })
  const [only] = await all(connection)
  expect(only).toMatchObject({
    type: 'ADDED',
    object: {status: {message: expect.stringMatching(/^x{10000}/)}},
  })
})
