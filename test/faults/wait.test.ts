import {expect, test} from 'vitest'
import {fixture} from '../cluster/fake-server.ts'
import {capturedCluster} from './cluster.ts'
import {damaging, faults} from './faults.ts'
import {runFaulty, startPlugin} from './run.ts'
import {faultyServer, refuse} from './server.ts'
import {untilSo} from './until.ts'

const complete = await capturedCluster('healthy-twelve-ordinals')

const WAIT = ['rollout', 'sts/db', '--wait']
/** Nobody waits for it: by then the test has failed. */
const LONG = ['--timeout', '10m']

const OUTAGES = faults.filter(
  ({name, kind, isDear}) =>
    kind === 'broken' && !isDear && !/silence|now and then|3600|HTML$|text|object/.test(name),
)

test.concurrent.each(OUTAGES.map((row) => [row.name, row] as const))(
  'a wait outlives what is over after some reads: %s',
  async (_, row) => {
    const server = await faultyServer(complete, {form: 'protobuf'})
    server.fail(damaging({...row, times: 12}, () => true))
    try {
      const {code, stderr, stdout} = await runFaulty([...WAIT, ...LONG], {url: server.url})
      expect({code, stderr}).toEqual({code: 0, stderr: expect.stringMatching(ONLY_LAG)})
      expect(stdout).toContain('Complete')
    } finally {
      await server.close()
    }
  },
)

const ONLY_LAG = /^(Warning: .+ can't be kept up to date: .+\n|.+: up to date again\n)*$/

test.concurrent('a wait begins before its server is there', async () => {
  const first = await faultyServer(complete)
  await first.close()
  const running = startPlugin([...WAIT, ...LONG], {url: first.url})
  await untilSo(() => running.stderr().includes('was refused'))
  const server = await faultyServer(complete, {port: Number(new URL(first.url).port)})
  try {
    expect(await running.end).toMatchObject({code: 0, stderr: expect.stringMatching(ONLY_LAG)})
  } finally {
    running.signal('SIGKILL')
    await server.close()
  }
})

test.concurrent('a wait for a server that is not there ends in time, and says why', async () => {
  const gone = await faultyServer(complete)
  await gone.close()
  const {code, stderr} = await runFaulty([...WAIT, '--timeout', '3s'], {url: gone.url})
  const why = `The connection to the server ${gone.url.slice(7)} was refused - did you specify the right host or port?`
  expect(code).toBe(2)
  expect(stderr.split('\n').at(-2)).toBe(`error: nothing could be read in 3s: ${why}`)
})

test.concurrent('Pods that can not be read at the moment are waited for until the timeout', async () => {
  const server = await faultyServer(complete)
  server.fail((asked) => {
    if (asked.resource !== 'pods') return false
    refuse(asked, [500, 'InternalError', 'boom'])
    return true
  })
  try {
    const {code, stderr} = await runFaulty([...WAIT, '--timeout', '4s'], {url: server.url})
    expect(code).toBe(1)
    expect(stderr).toMatch(/error: timed out after 4s: statefulset.apps\/db of namespace shop is Unknown/)
  } finally {
    await server.close()
  }
})

test.concurrent.each([
  ['Pods may not be read', 'pods', 403, 'Forbidden', /error: db can't be waited for: /],
  ['the set may not be read', 'statefulsets', 403, 'Forbidden', /^Error from server \(Forbidden\): no\n$/],
  [
    'nobody is signed in',
    'statefulsets',
    401,
    'Unauthorized',
    /^error: You must be logged in to the server \(no\)\n$/,
  ],
] as const)('what waiting can not mend ends it with 2: %s', async (_, resource, code, reason, says) => {
  const server = await faultyServer(complete)
  server.fail((asked) => {
    if (asked.resource !== resource) return false
    refuse(asked, [code, reason, 'no'])
    return true
  })
  try {
    const ended = await runFaulty([...WAIT, ...LONG], {url: server.url})
    expect(ended).toMatchObject({code: 2, stderr: expect.stringMatching(says)})
  } finally {
    await server.close()
  }
})

/** An API server that has just started does not know yet who may do what; with a connection that broke before, or without. */
test.concurrent.each([
  ['after a connection that broke', true],
  ['from the first read on', false],
] as const)('a wait outlives a server that refuses everybody while it starts: %s', async (_, isBroken) => {
  const server = await faultyServer(complete)
  let asked = 0
  const begun = performance.now()
  server.fail((each) => {
    if (isBroken && asked++ < 12) {
      each.request.socket.destroy()
      return true
    }
    if (performance.now() - begun > 2500) return false
    refuse(each, [403, 'Forbidden', 'everything is forbidden'])
    return true
  })
  try {
    const ended = await runFaulty([...WAIT, ...LONG], {url: server.url})
    expect(ended).toMatchObject({code: 0, stderr: expect.stringMatching(ONLY_LAG)})
  } finally {
    await server.close()
  }
})

test.concurrent('nor does it mend a certificate', async () => {
  const server = await faultyServer(complete, {
    identity: {cert: fixture('server.crt'), key: fixture('server.key')},
  })
  try {
    const ended = await runFaulty([...WAIT, ...LONG], {url: server.url, authority: fixture('client.crt')})
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^Unable to connect to the server: tls: failed to verify certificate: /),
    })
  } finally {
    await server.close()
  }
})
