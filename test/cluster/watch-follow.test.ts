import {execFile} from 'node:child_process'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {promisify} from 'node:util'
import {createGzip} from 'node:zlib'
import {expect, test, vi} from 'vitest'
import {collect, projected} from '../../src/cluster/collect.ts'
import type {Need} from '../../src/model/scope.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {json, kubeconfig} from './fake-server.ts'
import {eventually, fastTime, follower, podsNeed, stillTime} from './watch-follower.ts'
import {begin, expired, type Fault, line, of, refuse, status, watchServer} from './watch-server.ts'

const nodesNeed: Need = {resource: 'nodes'}

function names({pods}: ClusterSnapshot): readonly (string | undefined)[] {
  return pods.map(({metadata}) => metadata?.name)
}

/** A server with one Pod, `a`, at resourceVersion 101. */
async function serverWithPod() {
  const server = await watchServer()
  server.put('pods', 'a')
  return server
}

async function watched(server: Awaited<ReturnType<typeof watchServer>>, count = 1) {
  await eventually(() => expect(server.open()).toHaveLength(count))
}

test('lists, then watches from the list’s resourceVersion, and shows what changes', async () => {
  const server = await serverWithPod()
  const {pods, snapshots} = await follower(server)
  await pods('a')
  await watched(server)
  server.put('pods', 'b')
  server.put('pods', 'a', {labels: {changed: 'yes'}})
  const both = await pods('a', 'b')
  expect(both.pods[0]?.metadata?.labels).toEqual({changed: 'yes'})
  server.remove('pods', 'a')
  await pods('b')
  expect(snapshots[0]).toMatchObject({server: {version: 'v1.37.1'}, omissions: []})
  expect(snapshots[0]?.observedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  expect(server.log).toEqual(['list pods', 'watch pods 101'])
  expect(server.asked[1]?.query).toEqual({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: '101',
    timeoutSeconds: '300',
  })
})

test('the first snapshot waits for every list, and what follows is what collect would read', async () => {
  const held = Promise.withResolvers<void>()
  const server = await serverWithPod()
  server.put('nodes', 'n', {namespace: undefined})
  server.fail(
    'list',
    of('nodes', (asked) => void held.promise.then(() => refuse(500, 'Slow')(asked))),
  )
  const {connection, pods, snapshots} = await follower(server, [podsNeed, nodesNeed])
  await watched(server)
  expect(snapshots).toHaveLength(0)
  held.resolve()
  await pods('a')
  await watched(server, 2)
  for (const name of ['z', 'b', 'y']) server.put('pods', name)
  const newest = await pods('a', 'b', 'y', 'z')
  const reading = {connection, chunkSize: 500, keep: projected, onProgress: () => {}}
  const fresh = await collect(reading, [podsNeed, nodesNeed])
  expect({...newest, observedAt: ''}).toEqual({...fresh, observedAt: ''})
})

test('pages are followed, and the selectors are the server’s work', async () => {
  const server = await watchServer()
  server.fail(
    'list',
    ({response}) =>
      void begin({response} as never).end(
        JSON.stringify({
          metadata: {resourceVersion: '100', continue: 'two'},
          items: [{metadata: {name: 'p', uid: 'p'}}],
        }),
      ),
  )
  server.put('pods', 'q', {labels: {app: 'db'}})
  server.put('pods', 'other')
  const {pods} = await follower(server, [{...podsNeed, labelSelector: 'app=db'}], {chunkSize: 1})
  await pods('p', 'q')
  await watched(server)
  expect(server.asked.map(({query: {labelSelector, limit}}) => [labelSelector, limit])).toEqual([
    ['app=db', '1'],
    ['app=db', '1'],
    ['app=db', undefined],
  ])
})

test('a bookmark is where a broken watch goes on', async () => {
  const server = await serverWithPod()
  const {pods, notes, waits} = await follower(server, [podsNeed], {timing: stillTime()})
  await watched(server)
  server.bookmark()
  await sleep(200)
  server.reset()
  await watched(server)
  server.put('pods', 'b')
  await pods('a', 'b')
  expect(server.log).toEqual(['list pods', 'watch pods 101', 'watch pods 102'])
  expect([waits(), notes]).toEqual([[800], []])
})

test('a watch that the server ends in its time is taken up at once', async () => {
  const server = await serverWithPod()
  const {waits} = await follower(server)
  await watched(server)
  await sleep(30)
  server.end()
  await eventually(() => expect(server.log).toHaveLength(3))
  expect(server.log[2]).toBe('watch pods 101')
  expect(waits()).toEqual([])
})

test('one that the server ends as soon as it has begun is not asked for in circles', async () => {
  const server = await serverWithPod()
  const ended: Fault = (asked) => void begin(asked).end()
  server.fail('watch', ended, ended, ended)
  const {waits} = await follower(server, [podsNeed], {timing: stillTime()})
  await watched(server)
  expect(server.log).toEqual(['list pods', ...Array(4).fill('watch pods 101')])
  expect(waits()).toEqual([800, 1600, 3200])
})

test.each<[string, Fault]>([
  ['410 as a status', refuse(410, 'Expired')],
  ['410 as an ERROR event', (asked) => void begin(asked).end(line({type: 'ERROR', object: expired()}))],
  [
    'a resourceVersion that is too large',
    (asked) => {
      const object = status(504, 'Timeout', 'Too large resource version: 9, current: 1', {
        retryAfterSeconds: 1,
      })
      begin(asked).end(line({type: 'ERROR', object}))
    },
  ],
  ['a line that is no JSON', (asked) => void begin(asked).end('<html>\n')],
])('%s: lists again, and what vanished meanwhile is gone', async (_, fault) => {
  const server = await serverWithPod()
  server.put('pods', 'b')
  const {pods, waits} = await follower(server)
  await pods('a', 'b')
  await watched(server)
  // So old that the state may well have expired.
  await sleep(110)
  server.fail('watch', ({query, ...asked}) => {
    server.remove('pods', 'a')
    server.put('pods', 'c')
    return fault({query, ...asked})
  })
  server.end()
  await pods('b', 'c')
  await watched(server)
  expect(server.log).toEqual(['list pods', 'watch pods 102', 'watch pods 102', 'list pods', 'watch pods 104'])
  expect(waits()).toEqual([])
})

test('a list that is older than what was told before is not believed: nobody sees the past once more', async () => {
  const server = await serverWithPod()
  server.put('pods', 'b')
  const {pods, snapshots} = await follower(server)
  await pods('a', 'b')
  await watched(server)
  await sleep(110)
  server.fail('watch', refuse(410, 'Expired'))
  server.fail('list', ({response}) => {
    server.put('pods', 'c')
    json(response, {metadata: {resourceVersion: '101'}, items: []})
    return undefined
  })
  server.end()
  await pods('a', 'b', 'c')
  expect(snapshots.map((each) => each.pods.length)).not.toContain(0)
})

test('but one that stays behind is: the past has been restored', async () => {
  const server = await serverWithPod()
  server.put('pods', 'b')
  const {pods} = await follower(server)
  await pods('a', 'b')
  await watched(server)
  await sleep(110)
  server.fail('watch', refuse(410, 'Expired'))
  const item = {metadata: {name: 'old', namespace: 'shop', uid: 'old', resourceVersion: '7'}}
  const past: Fault = ({response}) => {
    json(response, {metadata: {resourceVersion: '7'}, items: [item]})
    return undefined
  }
  server.fail('list', ...Array(6).fill(past))
  server.end()
  await pods('old')
})

test('410 right after each list does not spin', async () => {
  const server = await serverWithPod()
  server.fail('watch', ...Array(3).fill(refuse(410, 'Expired')))
  const {waits} = await follower(server, [podsNeed], {timing: stillTime()})
  await watched(server)
  expect(server.log).toEqual(Array(4).fill(['list pods', 'watch pods 101']).flat())
  expect(waits()).toEqual([800, 1600, 3200])
})

test('a history that is compacted during an outage: DELETED is seen by listing again', async () => {
  const server = await serverWithPod()
  server.put('pods', 'b')
  const {pods} = await follower(server)
  await watched(server)
  await server.stop()
  server.remove('pods', 'a')
  server.put('pods', 'b', {labels: {x: 'y'}})
  server.compact()
  server.put('pods', 'c')
  await server.start()
  const newest = await pods('b', 'c')
  expect(newest.pods[0]?.metadata?.labels).toEqual({x: 'y'})
  expect(server.log.filter((each) => each.startsWith('list'))).toHaveLength(2)
})

test('what happens during an outage is told by the resumed watch where the server still knows it', async () => {
  const server = await serverWithPod()
  const {pods} = await follower(server)
  await watched(server)
  server.reset()
  server.remove('pods', 'a')
  server.put('pods', 'b')
  await pods('b')
  expect(server.log).toEqual(['list pods', 'watch pods 101', 'watch pods 101'])
})

test('429 with Retry-After: waits that long, and goes on where it was', async () => {
  const server = await serverWithPod()
  server.fail('watch', refuse(429, 'TooManyRequests', {'retry-after': '7'}), refuse(429, 'TooManyRequests'))
  const {waits} = await follower(server, [podsNeed], {timing: stillTime()})
  await watched(server)
  expect(server.log).toEqual(['list pods', ...Array(3).fill('watch pods 101')])
  expect(waits()).toEqual([7000, 1600])
})

test.each<[string, Fault]>([
  ['500', refuse(500, 'InternalError')],
  ['503', refuse(503, 'ServiceUnavailable')],
  [
    '500 as an ERROR event',
    (asked) => void begin(asked).end(line({type: 'ERROR', object: status(500, 'InternalError', 'boom')})),
  ],
  ['a page of a gateway', ({response}) => void response.writeHead(502).end('<h1>Bad Gateway</h1>')],
  ['a reset', (asked) => void begin(asked).write(' ', () => asked.request.socket.destroy())],
  [
    'a reset in the middle of a line',
    (asked) =>
      void begin(asked).write('{"type":"DELETED","object":{"meta', () => asked.request.socket.destroy()),
  ],
])('%s: the watch goes on where it was, without a list', async (_, fault) => {
  const server = await serverWithPod()
  server.fail('watch', fault, fault)
  const {pods, notes, waits} = await follower(server, [podsNeed], {timing: stillTime()})
  await watched(server)
  server.put('pods', 'b')
  await pods('a', 'b')
  expect(server.log).toEqual(['list pods', ...Array(3).fill('watch pods 101')])
  expect([waits(), notes]).toEqual([[800, 1600], []])
})

test('what came before the reset is not asked for again', async () => {
  const server = await serverWithPod()
  server.fail('watch', (asked) => {
    const object = {metadata: {name: 'ü', namespace: 'shop', uid: 'u', resourceVersion: '150'}}
    const bytes = Buffer.from(line({type: 'ADDED', object}))
    const middle = bytes.indexOf('ü') + 1
    begin(asked).write(bytes.subarray(0, middle), () => {
      asked.response.write(bytes.subarray(middle))
      asked.response.write('{"type":"DEL', () => asked.request.socket.destroy())
    })
  })
  const {pods} = await follower(server)
  await pods('a', 'ü')
  await watched(server)
  expect(server.log).toEqual(['list pods', 'watch pods 101', 'watch pods 150'])
})

test('a gzip stream', async () => {
  const server = await serverWithPod()
  server.fail('watch', (asked) => {
    const packer = createGzip()
    packer.pipe(begin(asked, {'content-encoding': 'gzip'}))
    packer.write(
      line({
        type: 'ADDED',
        object: {metadata: {name: 'b', namespace: 'shop', uid: 'b', resourceVersion: '150'}},
      }),
    )
    packer.flush()
  })
  const {pods} = await follower(server)
  await pods('a', 'b')
})

test('a silent stream is given up, and goes on where it was', async () => {
  const server = await serverWithPod()
  server.fail('watch', (asked) => void begin(asked))
  const idle = vi.fn(() => 150)
  const timing = {...fastTime(), idle}
  const {pods} = await follower(server, [podsNeed], {timing})
  await eventually(() => expect(server.log.length).toBeGreaterThan(2))
  server.put('pods', 'b')
  await pods('a', 'b')
  expect(server.log.slice(0, 3)).toEqual(['list pods', 'watch pods 101', 'watch pods 101'])
  expect(idle).toHaveBeenCalledWith(300)
})

test('refused for a while: one note when it is long, one when it is over, and nothing is lost', async () => {
  const server = await serverWithPod()
  const {pods, notes, waits} = await follower(server, [podsNeed, {resource: 'services', namespace: 'shop'}])
  await watched(server, 2)
  await server.stop()
  await eventually(() => expect(notes).toHaveLength(1))
  expect(notes[0]).toBe(
    `Warning: pods, services can't be kept up to date: The connection to the server ${server.url.slice(8)} was refused - did you specify the right host or port?`,
  )
  server.put('pods', 'b')
  await server.start()
  await pods('a', 'b')
  await eventually(() => expect(notes.length).toBeGreaterThan(1))
  await watched(server, 2)
  await sleep(50)
  expect(notes.slice(1).join()).toMatch(/^(pods, services|pods|services): up to date again/)
  expect(
    waits()
      .toSorted((one, other) => one - other)
      .slice(0, 4),
  ).toEqual([800, 800, 1600, 1600])
  expect(server.log.filter((each) => each.startsWith('list'))).toHaveLength(2)
})

test('an outage that is over soon is not worth a note', async () => {
  const server = await serverWithPod()
  const {pods, notes} = await follower(server, [podsNeed], {timing: stillTime(10)})
  await watched(server)
  await server.stop()
  await server.start()
  server.put('pods', 'b')
  await pods('a', 'b')
  await sleep(150)
  expect(notes).toEqual([])
})

test('a watch that is accepted and breaks again and again is told too', async () => {
  const server = await serverWithPod()
  const broken: Fault = (asked) => void begin(asked).write(' ', () => asked.request.socket.destroy())
  server.fail('watch', ...Array(4).fill(broken))
  const {notes} = await follower(server)
  await eventually(() => expect(notes).toHaveLength(2))
  expect(notes[0]).toMatch(/^Warning: pods can't be kept up to date: Unable to connect to the server: /)
  expect(notes[1]).toBe('pods: up to date again')
})

test('what may not be read is an omission, and asked for again only now and then', async () => {
  const server = await serverWithPod()
  server.fail('list', of('nodes', refuse(403, 'Forbidden')))
  const {snapshots, pods, waits, notes} = await follower(server, [podsNeed, nodesNeed], {factor: 1000})
  await pods('a')
  expect(snapshots[0]?.omissions).toEqual([
    {resource: 'nodes', reason: 'Forbidden', message: 'Forbidden it is'},
  ])
  server.put('nodes', 'n')
  await eventually(() => expect(snapshots.at(-1)).toMatchObject({omissions: [], nodes: [{}]}))
  expect([waits(), notes]).toEqual([[300_000], []])
})

test.each<[string, Fault]>([
  ['403', refuse(403, 'Forbidden')],
  ['404', refuse(404, 'NotFound')],
  ['405', refuse(405, 'MethodNotAllowed')],
  ['429 for an hour', refuse(429, 'TooManyRequests', {'retry-after': '3600'})],
])(
  '%s for a watch of what may be listed: it is listed at intervals, which is said once',
  async (_, fault) => {
    const server = await serverWithPod()
    server.fail('watch', ...Array(100).fill(of('pods', fault)))
    const {pods, snapshots, notes, end, stop} = await follower(server, [podsNeed, nodesNeed], {factor: 10})
    await pods('a')
    server.put('pods', 'b')
    await pods('a', 'b')
    server.remove('pods', 'a')
    await pods('b')
    await eventually(() => expect(notes).toHaveLength(1))
    const count = (verb: string) => server.log.filter((each) => each.startsWith(`${verb} pods`)).length
    server.put('pods', 'c')
    await pods('b', 'c')
    stop()
    expect(await end).toBeUndefined()
    expect(notes).toEqual([
      expect.stringMatching(
        /^Warning: pods can't be watched, and are listed every few seconds instead: Error from server /,
      ),
    ])
    expect(snapshots.every(({omissions}) => omissions.length === 0)).toBe(true)
    expect(count('watch')).toBeLessThan(count('list'))
  },
)

test('a server that lists and breaks every watch is listed after a while, until its watches hold', async () => {
  const server = await serverWithPod()
  server.fail('watch', ...Array(7).fill(refuse(500, 'InternalError')))
  const {notes, pods} = await follower(server)
  await eventually(() => expect(notes.join('\n')).toContain("pods can't be watched"))
  server.put('pods', 'b')
  await pods('a', 'b')
  await watched(server)
  expect(server.log.filter((each) => each.startsWith('watch'))).toHaveLength(8)
})

test('what can’t be read for now is an omission until it can', async () => {
  const server = await serverWithPod()
  server.put('nodes', 'n')
  server.fail('list', of('nodes', refuse(500, 'InternalError')))
  const {snapshots, waits} = await follower(server, [podsNeed, nodesNeed])
  await eventually(() => expect(snapshots.at(-1)).toMatchObject({omissions: [], nodes: [{}]}))
  expect(waits()).toEqual([800])
})

test.each<[string, Fault, object]>([
  ['403', refuse(403, 'Forbidden'), {code: 403}],
  ['401', refuse(401, 'Unauthorized'), {code: 401}],
  ['500', refuse(500, 'InternalError'), {code: 500}],
])('%s for the list of the subject ends it', async (_, fault, expected) => {
  const server = await serverWithPod()
  server.fail('list', fault)
  const {end, snapshots} = await follower(server)
  expect(await end).toMatchObject({name: 'StatusError', ...expected})
  expect(snapshots).toEqual([])
})

test('so does a right that is taken away from the subject; others become omissions', async () => {
  const server = await serverWithPod()
  const {end, snapshots} = await follower(server, [podsNeed, nodesNeed])
  await watched(server, 2)
  for (const kind of ['nodes', 'pods']) {
    server.fail('watch', of(kind, refuse(403, 'Forbidden')))
    server.fail('list', of(kind, refuse(403, 'Forbidden')))
  }
  server.end('nodes')
  await eventually(() => expect(snapshots.at(-1)?.omissions).toHaveLength(1))
  server.end('pods')
  expect(await end).toMatchObject({code: 403})
})

test('who waits is told at once that nothing answers, and goes on until it does', async () => {
  const server = await serverWithPod()
  server.fail('list', ...Array(3).fill(of('pods', refuse(503, 'ServiceUnavailable'))))
  const troubles: string[] = []
  const {pods, notes, snapshots} = await follower(server, [podsNeed], {
    isPatient: true,
    onTrouble: (message) => troubles.push(message),
  })
  await pods('a')
  expect(snapshots[0]?.omissions).toEqual([])
  await eventually(() =>
    expect(notes.join('\n')).toMatch(/can't be kept up to date:.*\n.*: up to date again/),
  )
  expect(troubles).toEqual(Array(3).fill('Error from server (ServiceUnavailable): ServiceUnavailable it is'))
})

test.each<[string, Fault]>([
  ['403', refuse(403, 'Forbidden')],
  ['401', refuse(401, 'Unauthorized')],
])('but %s ends a wait as well', async (_, fault) => {
  const server = await serverWithPod()
  server.fail('list', fault)
  const {end} = await follower(server, [podsNeed], {isPatient: true})
  expect(await end).toMatchObject({name: 'StatusError'})
})

test.each<[string, Fault]>([
  ['403', refuse(403, 'Forbidden')],
  ['401', refuse(401, 'Unauthorized')],
])('%s of a server that was away a moment ago is not believed at once', async (_, fault) => {
  const server = await serverWithPod()
  const {pods, snapshots} = await follower(server, [podsNeed], {timing: stillTime()})
  await watched(server)
  server.fail('watch', refuse(503, 'ServiceUnavailable'), fault, fault)
  server.reset()
  await watched(server)
  server.put('pods', 'b')
  await pods('a', 'b')
  expect(snapshots.every(({omissions}) => omissions.length === 0)).toBe(true)
})

test('a change that is told twice, or after a later one of the same object, is no news', async () => {
  const server = await serverWithPod()
  let body: ReturnType<typeof begin> | undefined
  server.fail('watch', (asked) => {
    body = begin(asked)
    return undefined
  })
  const {pods, snapshots} = await follower(server)
  await eventually(() => expect(body).toBeDefined())
  const event = (type: string, name: string, version: number) =>
    body?.write(
      line({
        type,
        object: {metadata: {name, namespace: 'shop', uid: name, resourceVersion: String(version)}},
      }),
    )
  event('ADDED', 'b', 110)
  event('ADDED', 'b', 110)
  event('DELETED', 'b', 130)
  event('MODIFIED', 'b', 120)
  event('ADDED', 'd', 125)
  event('ADDED', 'c', 140)
  await pods('a', 'c', 'd')
  body?.end()
  await watched(server)
  expect(server.log.at(-1)).toBe('watch pods 140')
  expect(snapshots.at(-1)?.pods.map(({metadata}) => metadata?.name)).not.toContain('b')
})

test('nobody signed in ends it, whatever was asked', async () => {
  const server = await serverWithPod()
  server.fail('watch', of('nodes', refuse(401, 'Unauthorized')))
  const {end} = await follower(server, [podsNeed, nodesNeed])
  expect(await end).toMatchObject({code: 401})
})

test('what one slow look misses is in the next, and only one look is under way', async () => {
  const server = await serverWithPod()
  const seen: (readonly unknown[])[] = []
  const {promise: isSlow, resolve} = Promise.withResolvers<void>()
  let looking = 0
  let most = 0
  await follower(server, [podsNeed], {
    async onSnapshot(snapshot) {
      most = Math.max(most, ++looking)
      seen.push(names(snapshot))
      await isSlow
      looking--
    },
  })
  await watched(server)
  for (const name of ['b', 'c', 'd', 'e']) {
    server.put('pods', name)
    await sleep(10)
  }
  resolve()
  await eventually(() => expect(seen.at(-1)).toHaveLength(5))
  expect(seen.length).toBeLessThanOrEqual(3)
  expect(most).toBe(1)
})

test('changes that come together are shown together; endless ones are shown nevertheless', async () => {
  const server = await serverWithPod()
  const {snapshots, pods} = await follower(server, [podsNeed], {factor: 1})
  await watched(server)
  for (const name of ['b', 'c', 'd']) server.put('pods', name)
  await pods('a', 'b', 'c', 'd')
  expect(snapshots).toHaveLength(2)
  for (let count = 0; snapshots.length === 2 && count < 200; count++) {
    server.put('pods', 'a', {labels: {count: String(count)}})
    await sleep(10)
  }
  expect(snapshots.length).toBe(3)
})

test('what says nothing new, such as a heartbeat, shows nothing, and its object stays the same one', async () => {
  const server = await watchServer()
  const beat = (lastHeartbeatTime: string, status = 'True') =>
    server.put(
      'nodes',
      'n',
      {namespace: undefined},
      {
        status: {conditions: [{type: 'Ready', status, lastHeartbeatTime}]},
      },
    )
  beat('2026-05-01T12:00:00Z')
  const {snapshots} = await follower(server, [nodesNeed])
  await watched(server)
  for (const second of [10, 20, 30]) beat(`2026-05-01T12:00:${second}Z`)
  await sleep(50)
  expect(snapshots).toHaveLength(1)
  beat('2026-05-01T12:00:40Z', 'False')
  await eventually(() => expect(snapshots).toHaveLength(2))
  const [before, after] = snapshots.map(({nodes}) => nodes[0])
  expect(after?.status?.conditions?.[0]?.status).toBe('False')
  expect(after?.metadata).toBe(before?.metadata)
})

test('however much changes, a list is read once, and nobody is shown more than the last of what came together', async () => {
  const server = await serverWithPod()
  const {pods, snapshots} = await follower(server)
  await watched(server)
  for (let count = 0; count < 300; count++)
    server.put('pods', `b-${count % 3}`, {labels: {count: String(count)}})
  server.remove('pods', 'b-0')
  await pods('a', 'b-1', 'b-2')
  expect(server.log).toEqual(['list pods', 'watch pods 101'])
  expect(snapshots.length).toBeLessThan(30)
})

test('who takes long to look gets as long a rest', async () => {
  const server = await serverWithPod()
  const timing = fastTime()
  const looks: {readonly begun: number; readonly ended: number}[] = []
  const onSnapshot = async () => {
    const begun = timing.now()
    await sleep(20)
    looks.push({begun, ended: timing.now()})
  }
  await follower(server, [podsNeed], {timing, onSnapshot})
  await watched(server)
  server.put('pods', 'b')
  await eventually(() => expect(looks).toHaveLength(2))
  const [first, second] = looks as [(typeof looks)[0], (typeof looks)[0]]
  // nobody rests for longer than five seconds; a timer may be early by a millisecond, which is a hundred on this clock
  expect(second.begun - first.ended).toBeGreaterThan(Math.min(first.ended - first.begun, 5000) - 200)
})

test('bookmarks alone show nothing', async () => {
  const server = await serverWithPod()
  const {snapshots} = await follower(server)
  await watched(server)
  server.bookmark()
  await sleep(50)
  expect(snapshots).toHaveLength(1)
})

test.each([
  [
    'at once',
    () => {
      throw new Error('no terminal')
    },
  ],
  ['later', () => Promise.reject(new Error('no terminal'))],
])('an error of the one who looks ends it: %s', async (_, onSnapshot) => {
  const server = await serverWithPod()
  const {end} = await follower(server, [podsNeed], {onSnapshot})
  expect(await end).toMatchObject({message: 'no terminal'})
})

test('an error of the one who is told ends it', async () => {
  const server = await serverWithPod()
  server.fail('watch', ...Array(9).fill(refuse(500, 'InternalError')))
  const onNote = () => {
    throw new Error('no terminal')
  }
  const {end} = await follower(server, [podsNeed], {onNote})
  expect(await end).toMatchObject({message: 'no terminal'})
})

test.each<
  [string, (server: Awaited<ReturnType<typeof watchServer>>) => void, (log: readonly string[]) => boolean]
>([
  ['a list', (server) => server.fail('list', () => undefined), (log) => log.length === 1],
  [
    'a list’s wait',
    (server) => server.fail('list', refuse(429, 'x', {'retry-after': '30'})),
    (log) => log.length === 1,
  ],
  ['a watch', () => undefined, (log) => log.length === 2],
  ['a watch’s answer', (server) => server.fail('watch', () => undefined), (log) => log.length === 2],
  [
    'a wait after a failure',
    (server) => server.fail('watch', refuse(429, 'TooManyRequests', {'retry-after': '3000'})),
    (log) => log.length === 2,
  ],
])('the signal during %s ends it at once, and leaves nothing behind', async (_, prepare, isThere) => {
  const server = await serverWithPod()
  prepare(server)
  const {end, stop, connection, snapshots} = await follower(server, [podsNeed, podsNeed].slice(1))
  await eventually(() => expect(isThere(server.log)).toBe(true))
  await sleep(30)
  const asked = server.log.length
  stop()
  expect(await end).toBeUndefined()
  // who waits until it is time asks once more
  expect(server.log).toHaveLength(asked)
  const shown = snapshots.length
  await sleep(20)
  await connection.close()
  server.put('pods', 'z')
  await sleep(20)
  expect([snapshots.length, server.open()]).toEqual([shown, []])
})

test('after the signal and close nothing keeps the process alive', async () => {
  const server = await serverWithPod()
  server.fail('list', of('nodes', refuse(403, 'Forbidden')))
  server.fail('watch', of('services', refuse(429, 'TooManyRequests', {'retry-after': '3000'})))
  const source = (file: string) => JSON.stringify(join(import.meta.dirname, '../../src/cluster', file))
  const script = `import {connect} from ${source('connect.ts')}
import {projected} from ${source('collect.ts')}
import {follow} from ${source('watch/follow.ts')}
const connection = await connect({kubeconfig: ${JSON.stringify(kubeconfig(server.url))}}, {note: console.error})
const controller = new AbortController()
const reading = {connection, chunkSize: 500, keep: projected, onProgress() {}}
await follow(reading, [{resource: 'pods'}, {resource: 'nodes'}, {resource: 'services'}], {
  signal: controller.signal,
  onSnapshot: ({pods, omissions}) => {
    console.log(pods.length, omissions.length)
    setTimeout(() => controller.abort(), 200)
  },
})
await connection.close()
await new Promise((resolve) => setTimeout(resolve, 200))
console.log(process.getActiveResourcesInfo().filter((name) => /Timeout|TCP|TLS|HTTP/.test(name)).length)`
  const env = {...process.env, NODE_OPTIONS: ''}
  const {stdout, stderr} = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    {env, timeout: 100_000},
  )
  expect({stdout, stderr}).toEqual({stdout: '1 1\n0\n', stderr: ''})
})

test('a signal that came before asks nothing', async () => {
  const server = await serverWithPod()
  const {end, snapshots} = await follower(server, [podsNeed], {signal: AbortSignal.abort()})
  expect(await end).toBeUndefined()
  expect([server.log, snapshots]).toEqual([[], []])
})

test('the signal does not wait for a look that is under way', async () => {
  const server = await serverWithPod()
  const onSnapshot = vi.fn(() => new Promise<void>(() => {}))
  const {end, stop} = await follower(server, [podsNeed], {onSnapshot})
  await eventually(() => expect(onSnapshot).toHaveBeenCalled())
  stop()
  expect(await end).toBeUndefined()
})

test('an object that two needs ask for is there once, as it was heard of last', async () => {
  const server = await watchServer()
  server.put('pods', 'x', {labels: {a: '1', b: '1'}})
  const needs = ['a=1', 'b=1'].map(
    (labelSelector): Need => ({resource: 'pods', namespace: 'shop', labelSelector}),
  )
  const {pods, snapshots} = await follower(server, needs)
  await watched(server, 2)
  await pods('x')
  server.put('pods', 'x', {labels: {a: '1', b: '1', c: '1'}})
  await eventually(() => expect(snapshots.at(-1)?.pods[0]?.metadata?.labels).toHaveProperty('c'))
  await pods('x')
  server.put('pods', 'y', {labels: {b: '1'}})
  server.remove('pods', 'x')
  await pods('y')
})
