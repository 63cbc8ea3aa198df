import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest'
import {addNodes} from '../situations/nodes.ts'
import {daemonSet} from '../situations/workloads.ts'
import {binary} from '../tools/binaries.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'

describeControlPlane('coverage --watch', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let watching: ChildProcess | undefined

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane, controlPlane.kubeconfig)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    await controlPlane.apply(
      daemonSet({name: 'driver', namespace: 'shop', podSpec: {nodeSelector: {gpu: 'yes'}}}),
    )
  })

  afterEach(() => watching?.kill('SIGKILL'))
  afterAll(() => stopAfterReadsOnly(controlPlane))

  /** Starts watching on a pipe; what has been printed so far. */
  function watch(): () => string {
    const env = {...process.env, ...plugin.env}
    const args = ['stateful', 'coverage', '-n', 'shop', '-w']
    const child = spawn(binary('kubectl'), args, {env, stdio: ['ignore', 'pipe', 'pipe']})
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk
    })
    watching = child
    return () => text
  }

  test('prints the answer, then a line with its time for each change, and goes on when the server comes back', async () => {
    const printed = watch()
    await until('the first answer', printed, (text) => text.includes('selector wants gpu=yes'))
    expect(printed()).toMatch(/^DAEMONSET +DESIRED /)

    await controlPlane.kubectl(['label', 'node', 'node-a', 'gpu=yes'])
    await until('the Pod on node-a', printed, (text) => /Z {2}shop +driver +node-a +Running +yes /.test(text))

    await controlPlane.restart('kube-apiserver')
    await controlPlane.kubectl(['label', 'node', 'node-b', 'gpu=yes'])
    await until('the Pod on node-b', printed, (text) => /Z {2}shop +driver +node-b +Running +yes /.test(text))
    const lines = printed()
      .split('\n')
      .filter((line) => /^\S+Z {2}shop +driver /.test(line))
    expect(new Set(lines.map((line) => line.slice(22))).size).toBe(lines.length)
  })

  test('ends with 130 when it is interrupted', async () => {
    const printed = watch()
    await until('the first answer', printed, (text) => text.includes('driver'))
    watching?.kill('SIGINT')
    const [code] = await once(watching as ChildProcess, 'close')
    expect(code).toBe(130)
  })
})
