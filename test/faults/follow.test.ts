import {expect, test} from 'vitest'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {fixture} from '../cluster/fake-server.ts'
import {capturedCluster} from './cluster.ts'
import {startPlugin} from './run.ts'
import {type Asked, type Fault, faultyServer, refuse, statusOf} from './server.ts'
import {untilSo} from './until.ts'

const before = await capturedCluster('stuck-rollout')

/** The same, a moment later: db-0 is terminating. */
const after = {
  ...before,
  pods: before.pods.map((pod) => (pod.metadata?.name === 'db-0' ? terminating(pod) : pod)),
}
const later = after.pods.find(({metadata}) => metadata?.name === 'db-0')

function terminating<P extends ClusterSnapshot['pods'][number]>(pod: P): P {
  const metadata = {...pod.metadata, deletionTimestamp: '2026-11-29T02:23:46Z', resourceVersion: '2000'}
  return {...pod, metadata: {...metadata, deletionGracePeriodSeconds: 30}} as unknown as P
}

interface WatchFault {
  readonly name: string
  readonly damage: (asked: Asked) => void
  /** It lasts as long as somebody watches: lists have to do. */
  readonly isLasting?: true
}

const begin = ({response}: Asked, body: string) =>
  void response.writeHead(200, {'content-type': 'application/json'}).end(body)

const FAULTS: readonly WatchFault[] = [
  {name: '403', isLasting: true, damage: (asked) => refuse(asked, [403, 'Forbidden', 'pods is forbidden'])},
  {name: '404', isLasting: true, damage: (asked) => refuse(asked, [404, 'NotFound', 'not found'])},
  {name: '405', isLasting: true, damage: (asked) => refuse(asked, [405, 'MethodNotAllowed', 'not allowed'])},
  {
    name: '429 with `Retry-After: 3600`',
    isLasting: true,
    damage: (asked) => refuse(asked, [429, 'TooManyRequests', 'busy'], {'retry-after': '3600'}),
  },
  {name: '410 as a status', damage: (asked) => refuse(asked, [410, 'Expired', 'too old'])},
  {
    name: '410 as an event',
    damage: (asked) =>
      begin(asked, `${JSON.stringify({type: 'ERROR', object: statusOf(410, 'Expired', 'too old')})}\n`),
  },
  {name: '500', damage: (asked) => refuse(asked, [500, 'InternalError', 'boom'])},
  {
    name: '503 with `Retry-After: 1`',
    damage: (asked) => refuse(asked, [503, 'Busy', 'busy'], {'retry-after': '1'}),
  },
  {name: 'a reset', damage: ({request}) => void request.socket.destroy()},
  {name: 'a page of HTML', damage: (asked) => begin(asked, '<html>Sign in</html>\n')},
  {name: 'an end at once', damage: (asked) => begin(asked, '')},
  {
    name: 'half a line',
    damage: (asked) => begin(asked, '{"type":"DELETED","object":{"metadata":{"name":"db-0"'),
  },
  {name: 'a list', damage: (asked) => begin(asked, '{"kind":"PodList","metadata":{},"items":[]}\n')},
  {name: 'a line of another shape', damage: (asked) => begin(asked, '{"type":"MODIFIED","object":5}\n')},
]

test.concurrent.each(FAULTS.map((fault) => [fault.name, fault] as const))(
  'rollout --watch goes on through a watch that gets %s',
  async (_, {damage, isLasting}) => {
    const server = await faultyServer(before)
    let struck = 0
    const fault: Fault = (asked) => {
      if (asked.verb !== 'watch' || (!isLasting && ++struck > 6)) return false
      damage(asked)
      return true
    }
    server.fail(fault)
    const running = startPlugin(['rollout', 'sts/db', '--watch'], {url: server.url})
    try {
      await untilSo(() => running.stdout().includes('db-0'))
      server.has(after)
      if (!isLasting) await untilSo(() => server.watching('pods') > 0)
      server.tell('pods', [{type: 'MODIFIED', object: later}])
      await untilSo(() => /^\S+Z .*db-0 .*Terminating/m.test(running.stdout()))
      if (isLasting)
        await untilSo(() => /can't be watched, and are listed every few seconds/.test(running.stderr()))
      running.signal('SIGINT')
      const {code, stdout, stderr, peak} = await running.end
      expect(code).toBe(130)
      expect(stdout).not.toMatch(/\(gone\)|\?\/5|Unknown/)
      expect(stderr).toMatch(/^(Warning: .* can't be (kept up to date|watched).*\n|.*: up to date again\n)*$/)
      expect(peak).toBeLessThan(200)
    } finally {
      running.signal('SIGKILL')
      await server.close()
    }
  },
)

test.concurrent('who may not list any more is told so, and nothing is said to be gone', async () => {
  const server = await faultyServer(before)
  const running = startPlugin(['rollout', 'sts/db', '--watch'], {url: server.url})
  try {
    await untilSo(() => server.watching('pods') > 0 && running.stdout().includes('db-0'))
    server.fail((asked) => {
      if (asked.resource !== 'pods') return false
      refuse(asked, [403, 'Forbidden', 'pods is forbidden'])
      return true
    })
    server.endWatches('pods')
    await untilSo(() => /Warning: could not read pods \(Forbidden\)/.test(running.stderr()))
    running.signal('SIGINT')
    const {code, stdout} = await running.end
    expect(code).toBe(130)
    expect(stdout).toContain('Unknown')
    expect(stdout).not.toContain('(gone)')
  } finally {
    running.signal('SIGKILL')
    await server.close()
  }
})

test.concurrent('events that come twice, in another order and in pieces end where the cluster is', async () => {
  const server = await faultyServer(before)
  const running = startPlugin(['rollout', 'sts/db', '--watch'], {url: server.url})
  const versions = (version: number, change: object = {}) => ({
    ...later,
    metadata: {...later?.metadata, resourceVersion: String(version), ...change},
  })
  try {
    await untilSo(() => server.watching('pods') > 0 && running.stdout().includes('db-0'))
    const running0 = versions(1500, {deletionTimestamp: undefined})
    const events = [
      {type: 'MODIFIED', object: versions(2000)},
      {type: 'MODIFIED', object: versions(2000)},
      {type: 'MODIFIED', object: running0},
      {type: 'DELETED', object: versions(3000)},
      {type: 'ADDED', object: running0},
      {type: 'MODIFIED', object: versions(2000)},
    ]
    server.tell('pods', events, 7)
    await untilSo(() => /^\S+Z .*db-0 .*missing/m.test(running.stdout()))
    running.signal('SIGINT')
    const lines = (await running.end).stdout.split('\n').filter((line) => /^\S+Z .*db-0 /.test(line))
    expect(lines.at(-1)).toMatch(/missing/)
  } finally {
    running.signal('SIGKILL')
    await server.close()
  }
})

interface Shaped {
  readonly metadata?: object
  readonly spec?: object
}

const WRONG: readonly (readonly [string, (pod: Shaped) => object, RegExp])[] = [
  [
    'a list for a name of a node',
    (pod) => ({...pod, spec: {...pod.spec, nodeName: ['x']}}),
    /spec\.nodeName is a list/,
  ],
  [
    'a text for labels',
    (pod) => ({...pod, metadata: {...pod.metadata, labels: 'x'}}),
    /metadata\.labels is "x"/,
  ],
  ['no status that makes sense', (pod) => ({...pod, status: [1]}), /status is a list, not an object/],
  [
    'another name',
    (pod) => ({...pod, metadata: {...pod.metadata, name: {x: 1}}}),
    /metadata\.name is an object/,
  ],
]

test.concurrent.each(WRONG)(
  'an object of a wrong shape in a watch is named, and takes nothing from the others: %s',
  async (_, damage, says) => {
    const server = await faultyServer(before)
    const running = startPlugin(['map', 'sts/db', '--watch'], {url: server.url})
    const other = before.pods.find(({metadata}) => metadata?.name === 'db-1')
    const versioned = (pod: Shaped | undefined, resourceVersion: string) => ({
      ...pod,
      metadata: {...pod?.metadata, resourceVersion},
    })
    try {
      await untilSo(() => server.watching('pods') > 0 && running.stdout().includes('db-0'))
      server.tell('pods', [{type: 'MODIFIED', object: damage(versioned(later, '1990'))}])
      await untilSo(() => says.test(running.stderr()))
      server.tell('pods', [
        {type: 'MODIFIED', object: versioned(terminating(other as (typeof before.pods)[number]), '1995')},
      ])
      await untilSo(() => /^\S+Z .*db-1 .*Terminating/m.test(running.stdout()))
      server.tell('pods', [{type: 'MODIFIED', object: later}])
      await untilSo(() => /^\S+Z .*db-0 .*Terminating/m.test(running.stdout()))
      running.signal('SIGINT')
      const {code, stdout} = await running.end
      expect(code).toBe(130)
      expect(stdout).not.toContain('(gone)')
    } finally {
      running.signal('SIGKILL')
      await server.close()
    }
  },
)

test.concurrent('a certificate that expires while somebody watches is an outage until there is another', async () => {
  const identity = {cert: fixture('server.crt'), key: fixture('server.key')}
  const server = await faultyServer(before, {identity})
  const authority = fixture('ca.crt') + fixture('expired.crt')
  const running = startPlugin(['rollout', 'sts/db', '--watch'], {url: server.url, authority})
  try {
    await untilSo(() => server.watching('pods') > 0 && running.stdout().includes('db-0'))
    server.showsCertificate({cert: fixture('expired.crt'), key: fixture('expired.key')})
    await untilSo(() => running.stderr().includes('certificate has expired'))
    server.showsCertificate(identity)
    await untilSo(() => server.watching('pods') > 0)
    server.tell('pods', [{type: 'MODIFIED', object: later}])
    await untilSo(() => /^\S+Z .*db-0 .*Terminating/m.test(running.stdout()))
    running.signal('SIGINT')
    expect(await running.end).toMatchObject({code: 130, stdout: expect.not.stringContaining('(gone)')})
  } finally {
    running.signal('SIGKILL')
    await server.close()
  }
})
