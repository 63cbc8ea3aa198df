import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {createServer} from 'node:net'
import {kill} from 'node:process'
import {text} from 'node:stream/consumers'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from './situations/nodes.ts'
import {untilReady} from './situations/waits.ts'
import {headlessService, statefulSet} from './situations/workloads.ts'
import {binary} from './tools/binaries.ts'
import {type ControlPlane, startControlPlane} from './tools/control-plane.ts'
import {describeControlPlane} from './tools/describe-control-plane.ts'
import {installations} from './tools/installed.ts'
import {installPlugin, type Plugin, table} from './tools/plugin.ts'
import {stopAfterReadsOnly} from './tools/requests.ts'

describeControlPlane('kubectl stateful', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await controlPlane.apply([headlessService(), statefulSet({replicas: 1})])
    await untilReady(controlPlane, 'default', 'db')
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  test('is a plugin that kubectl lists without a warning', async () => {
    const {stdout, stderr, code} = await controlPlane.kubectl(['plugin', 'list'], {env: plugin.env})
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    expect(stdout.match(/^.*kubectl-stateful.*$/gm)).toHaveLength(1)
    const names = await controlPlane.kubectl(['plugin', 'list', '--name-only'], {env: plugin.env})
    expect(names.stdout).toContain('\nkubectl-stateful\n')
  })

  test('answers in the namespace of the context', async () => {
    expect(table(await plugin.text())).toMatchObject([{STATEFULSET: 'db', POD: 'db-0'}])
    await controlPlane.createNamespace('other')
    const kubeconfig = controlPlane.user('tenant-a').kubeconfig
    const env = {KUBECONFIG: kubeconfig}
    const set = ['config', 'set-context', '--current', '--namespace=other']
    expect(await controlPlane.kubectl(set, {env})).toMatchObject({code: 0})
    const {stderr} = await plugin.stateful(['map'], {env})
    expect(stderr).toMatch(/in the namespace "other"$/m)
  })

  test.for([
    ['--help'],
    ['-h'],
    ['help'],
    [],
    ['map', '--help'],
    ['help', 'map'],
    ['map', '-h'],
    ['snapshot', '-h'],
  ])('calls itself kubectl stateful in the help of %s', async (args) => {
    const {stdout, stderr, code} = await plugin.stateful(args)
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    expect(stdout).toMatch(/^ {2}\$ kubectl stateful /m)
    expect(stdout.replaceAll(/kubectl-stateful\/\d/g, '')).not.toContain('kubectl-stateful')
  })

  test.for(installations)('answers and completes $how', async ({node, path}) => {
    const env = {...plugin.env, PATH: path(controlPlane.folder)}
    const said = (...args: readonly string[]) => controlPlane.kubectl(args, {env})
    expect((await said('stateful', '--version')).stdout).toContain(` node-v${node}\n`)
    expect(await said('stateful', 'map', '-o', 'wide', '--no-headers')).toEqual({
      stdout: expect.stringMatching(/^db +0 +db-0 +1\/1 +Running /),
      stderr: '',
      code: 0,
    })
    expect((await said('__complete', 'stateful', 'map', '')).stdout).toBe('db\n:4\n')
  })

  test('tells its version', async () => {
    const {stdout} = await plugin.stateful(['--version'])
    expect(stdout).toMatch(/^kubectl-stateful\/\d+\.\d+\.\d+ \S+ node-v\d+\.\d+\.\d+\n$/)
  })

  test.for([
    [['map'], 0],
    [['map', '--exit-code'], 0],
    [['map', 'x'], 2],
    [['map', '--nope'], 2],
    [['nope'], 2],
    [['map', '--context=nope'], 2],
    [['map', '--server=https://127.0.0.1:1'], 2],
    [['map', '-f', '/nowhere'], 2],
  ] as const)('has kubectl exit as it does: %s exits with %i', async ([args, code]) => {
    const result = await plugin.stateful(args)
    expect(result).toMatchObject({code, ...(code === 2 && {stdout: ''})})
    if (code === 2) expect(result.stderr).toMatch(/^(error: |Error |The connection )/)
    else expect(result.stderr).toBe('')
  })

  test('says the same as kubectl of a server that refuses', async () => {
    const flags = ['--server=https://127.0.0.1:1']
    const {stderr} = await controlPlane.kubectl(['get', 'sts', ...flags])
    // kubectl retries discovery, and logs each time
    const sentence = stderr.trimEnd().split('\n').at(-1)
    expect((await plugin.stateful(['map', ...flags])).stderr).toBe(`${sentence}\n`)
  })

  test('gives up a server that does not answer within --request-timeout', async () => {
    await using hanging = await listen()
    const flags = [`--server=https://127.0.0.1:${hanging.port}`, '--request-timeout=1s']
    const {code, stderr} = await plugin.stateful(['map', ...flags])
    expect({code, stderr}).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^Unable to connect to the server: /),
    })
  })

  test.for(['SIGINT', 'SIGTERM'] as const)('ends at once, without a word, on %s', async (signal) => {
    await using hanging = await listen()
    const args = ['stateful', 'map', `--server=https://127.0.0.1:${hanging.port}`]
    const env = {...process.env, ...plugin.env}
    const kubectl = spawn(binary('kubectl'), args, {env, detached: true, stdio: ['ignore', 'pipe', 'pipe']})
    const output = Promise.all([text(kubectl.stdout), text(kubectl.stderr)])
    await hanging.asked
    kill(-(kubectl.pid ?? 0), signal)
    const [code] = await once(kubectl, 'close')
    expect(await output).toEqual(['', ''])
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143)
  })
})

/** A server that takes connections and never says anything. */
async function listen() {
  const server = createServer()
  const asked = once(server, 'connection')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {port, asked, [Symbol.asyncDispose]: async () => void server.close()}
}
