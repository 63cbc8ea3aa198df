import type {RequestListener} from 'node:http'
import {gzipSync} from 'node:zlib'
import {expect, test} from 'vitest'
import {diskUsage} from '../../src/cluster/disk-usage.ts'
import type {UsageNeed} from '../../src/model/usage.ts'
import {connected, fakeServer, json, kubeconfig} from './fake-server.ts'

const FIGURES = {
  capacityBytes: 1000,
  usedBytes: 600,
  availableBytes: 300,
  inodes: 100,
  inodesUsed: 10,
  inodesFree: 90,
}
const TIME = '2026-05-01T12:00:00Z'
const REF = {name: 'data-db-0', namespace: 'shop'}
const POD = {name: 'db-0', namespace: 'shop', uid: 'uid-db-0'}
const NEED: UsageNeed = {nodeName: 'node-a', pods: [{...POD, claims: ['data-db-0']}]}
const FOUND = {namespace: 'shop', claim: 'data-db-0', nodeName: 'node-a', ...FIGURES, measuredAt: TIME}

const summary = (volume: unknown, podRef: unknown = POD) => ({
  node: {nodeName: 'node-a'},
  pods: [{podRef, containers: [], volume}],
})
const VOLUME = {time: TIME, ...FIGURES, name: 'data', pvcRef: REF}

async function measured(
  answer: RequestListener,
  needs: readonly UsageNeed[] = [NEED],
  seconds = {each: 5, all: 60},
) {
  const server = await fakeServer(answer)
  const connection = await connected({kubeconfig: kubeconfig(server.url, {token: 't'})})
  const told = await diskUsage(connection, needs, () => {}, seconds)
  return {...told, asked: server.requests.map(({url}) => url), notes: connection.notes}
}

const saying = (body: unknown) => measured((_, response) => json(response, body))

test('the figures of the claims that are wanted, by one request a node', async () => {
  expect(await saying(summary([VOLUME]))).toEqual({
    usage: [FOUND],
    omissions: [],
    asked: ['/api/v1/nodes/node-a/proxy/stats/summary'],
    notes: [],
  })
})

test.for<[string, unknown]>([
  ['a Pod that is not there', summary([VOLUME], {...POD, uid: 'other'})],
  ['a Pod under the name of another', summary([VOLUME], {...POD, name: 'db-1'})],
  ['a Pod of another namespace', summary([VOLUME], {...POD, namespace: 'kube-system'})],
  ['a claim of another namespace', summary([{...VOLUME, pvcRef: {...REF, namespace: 'kube-system'}}])],
  ['a claim that the Pod does not mount', summary([{...VOLUME, pvcRef: {...REF, name: 'data-db-1'}}])],
  ['a volume of no claim', summary([{...VOLUME, pvcRef: undefined}])],
  ['a claim without a name', summary([{...VOLUME, pvcRef: {name: ['data-db-0'], namespace: 'shop'}}])],
  ['no list of volumes', summary({0: VOLUME})],
  ['volumes that are none', summary([null, 1, 'a', []])],
  ['Pods that are none', {node: {}, pods: [null, 1, 'a', [], {podRef: 1}]}],
  ['no Pods', {node: {}}],
])('nothing is believed of %s', async ([, body]) => {
  expect(await saying(body)).toMatchObject({usage: [], omissions: []})
})

test.for<[string, object, object]>([
  ['below zero', {usedBytes: -1}, {usedBytes: null}],
  ['a fraction', {usedBytes: 0.5}, {usedBytes: null}],
  ['a text', {usedBytes: '600'}, {usedBytes: null}],
  ['no end', {usedBytes: Number.POSITIVE_INFINITY}, {usedBytes: null}],
  ['none', {usedBytes: undefined, inodesUsed: undefined}, {usedBytes: null, inodesUsed: null}],
  ['more than is exact', {capacityBytes: 2 ** 63}, {capacityBytes: 2 ** 63}],
  ['no inodes at all', {inodes: 0, inodesFree: 0}, {inodes: null, inodesFree: null}],
  ['more free inodes than there are', {inodesFree: 2 ** 64}, {inodes: null, inodesFree: null}],
  ['no time', {time: '\u001b[2J'}, {measuredAt: null}],
])('a figure that is none is not known: %s', async ([, figures, expected]) => {
  expect((await saying(summary([{...VOLUME, ...figures}]))).usage).toEqual([{...FOUND, ...expected}])
})

test.for<[string, RequestListener, string, RegExp]>([
  ['is no JSON', (_, response) => response.end('<html>'), 'Malformed', /^node-a: .* sent no summary$/],
  ['is no summary', (_, response) => json(response, {items: []}), 'Malformed', /sent no summary$/],
  ['is a list', (_, response) => json(response, []), 'Malformed', /sent no summary$/],
  [
    'has no end',
    (_, response) => response.end('a'.repeat(9 << 20)),
    'Malformed',
    /is too long: more than 8 MiB$/,
  ],
  [
    'has no end when it is unpacked',
    (_, response) => response.writeHead(200, {'content-encoding': 'gzip'}).end(gzipSync('a'.repeat(9 << 20))),
    'Malformed',
    /is too long: more than 8 MiB$/,
  ],
  [
    'sends us elsewhere',
    (_, response) => response.writeHead(302, {location: '/api/v1/namespaces/shop/secrets/a'}).end(),
    'Unreachable',
    /sends us on to where nothing may be asked$/,
  ],
  ['says that we are nobody', (_, response) => json(response, {}, 401), 'Unauthorized', /^node-a: /],
  [
    'is that of a server that does not reach it',
    (_, response) =>
      json(
        response,
        {kind: 'Status', message: 'error trying to reach service: dial tcp: \u001b[31mno', code: 503},
        503,
      ),
    'HTTP503',
    /^node-a: error trying to reach service: dial tcp: \^\[\[31mno$/,
  ],
  [
    'wants us to wait',
    (_, response) => response.writeHead(503, {'retry-after': '1', warning: '299 - "obey"'}).end('later'),
    'ServiceUnavailable',
    /^node-a: 503 Service Unavailable: later$/,
  ],
])('an answer that %s', async ([, answer, reason, message]) => {
  const {usage, omissions, asked, notes} = await measured(answer)
  expect({usage, omissions}).toEqual({
    usage: [],
    omissions: [{resource: 'nodes/proxy', reason, message: expect.stringMatching(message)}],
  })
  expect(asked).toHaveLength(1)
  expect(notes).toEqual([])
})

const nodes = (count: number) =>
  Array.from({length: count}, (_, index) => ({...NEED, nodeName: `node-${index}`}))

test('a node that does not answer is named, and the others are answered', async () => {
  const silent = new Set(
    ['node-1', 'node-3', 'node-4', 'node-5', 'node-6'].map((name) => `/api/v1/nodes/${name}/`),
  )
  const {usage, omissions} = await measured(
    (request, response) =>
      [...silent].some((path) => request.url?.startsWith(path))
        ? undefined
        : json(response, summary([VOLUME])),
    nodes(8),
    {each: 0.5, all: 60},
  )
  expect(usage.map(({nodeName}) => nodeName)).toEqual(['node-0', 'node-2', 'node-7'])
  expect(omissions).toEqual([
    {
      resource: 'nodes/proxy',
      reason: 'Timeout',
      message: 'node-1, node-3, node-4 and 2 more: no answer in time',
    },
  ])
})

test('whoever may ask none of the first nodes asks no others', async () => {
  const refusal = {kind: 'Status', reason: 'Forbidden', message: 'nodes "node-0" is forbidden', code: 403}
  const {omissions, asked} = await measured((_, response) => json(response, refusal, 403), nodes(100))
  expect(omissions).toEqual([
    {resource: 'nodes/proxy', reason: 'Forbidden', message: 'nodes "node-0" is forbidden'},
  ])
  expect(asked.length).toBeLessThanOrEqual(32)
})

test('whoever may not ask one node asks the others, and it is said which one', async () => {
  const refusal = {kind: 'Status', reason: 'Forbidden', message: 'nodes is forbidden', code: 403}
  const {usage, omissions, asked} = await measured(
    (request, response) =>
      request.url?.includes('/node-0/') ? json(response, refusal, 403) : json(response, summary([VOLUME])),
    nodes(40),
  )
  expect(asked).toHaveLength(40)
  expect(usage).toHaveLength(39)
  expect(omissions).toEqual([
    {resource: 'nodes/proxy', reason: 'Forbidden', message: 'node-0: nodes is forbidden'},
  ])
})

test('all of them together have a time', async () => {
  const {omissions} = await measured(() => undefined, nodes(40), {each: 5, all: 0.3})
  expect(omissions.map(({reason, message}) => `${reason} ${message}`)).toEqual([
    'Timeout node-0, node-1, node-2 and 37 more: no answer in time',
  ])
})

test('a name that no node has is asked of nobody', async () => {
  const {omissions, asked} = await measured(
    (_, response) => json(response, {}),
    [{...NEED, nodeName: '../a'}],
  )
  expect(omissions).toMatchObject([{resource: 'nodes/proxy', reason: 'Error'}])
  expect(asked).toEqual([])
})

test('so many are asked at a time', async () => {
  let [now, most] = [0, 0]
  await measured((_, response) => {
    most = Math.max(most, ++now)
    setTimeout(() => {
      now--
      json(response, summary([VOLUME]))
    }, 10)
  }, nodes(60))
  expect(most).toBeLessThanOrEqual(16)
})
