import {setTimeout as sleep} from 'node:timers/promises'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {readyAfter} from './situations/behaviours.ts'
import {edit} from './situations/edits.ts'
import {addNodes} from './situations/nodes.ts'
import {untilPods, untilReady} from './situations/waits.ts'
import {daemonSet, statefulSet} from './situations/workloads.ts'
import {type BackgroundKubectl, backgroundKubectls} from './tools/background-kubectl.ts'
import {type ControlPlane, startControlPlane} from './tools/control-plane.ts'
import {describeControlPlane} from './tools/describe-control-plane.ts'
import type {KubectlResult} from './tools/kubectl.ts'
import {installPlugin, type Plugin} from './tools/plugin.ts'
import {stopAfterReadsOnly} from './tools/requests.ts'
import {seeded} from './tools/seeded.ts'
import {until} from './tools/until.ts'

/** More of them by hand: MOMENTS=10 SEED=7 CHANGES=2000. */
const MOMENTS = Number(process.env.MOMENTS ?? 2)
const SEED = Number(process.env.SEED ?? 13)
const CHANGES = Number(process.env.CHANGES ?? 300)
const AT_ONCE = 20

describeControlPlane('while the control plane breaks', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let background: ReturnType<typeof backgroundKubectls>
  let watching: BackgroundKubectl

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    // an API server that has just started refuses others until it knows their rights
    plugin = installPlugin(controlPlane, controlPlane.kubeconfig)
    background = backgroundKubectls(plugin)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    const annotations = readyAfter('1000ms')
    await controlPlane.apply([
      statefulSet({namespace: 'shop', annotations}),
      daemonSet({namespace: 'shop', annotations}),
    ])
    await untilPods(controlPlane, 'shop', 6)
    watching = background.start(['stateful', 'rollout', 'sts/db', '-n', 'shop', '--watch'])
    await until('the watch has begun', watching.stdout, (text) => text.includes('Complete'))
  })

  afterAll(async () => {
    background?.killAll()
    await stopAfterReadsOnly(controlPlane)
  })

  const start = (...args: readonly string[]) => background.start(['stateful', ...args])

  const away = async (milliseconds: number) => {
    await controlPlane.stopComponent('kube-apiserver')
    await sleep(milliseconds)
    await controlPlane.startComponent('kube-apiserver')
  }

  test('one answer is whole, or says that it is not: kube-apiserver is killed at random moments', async () => {
    const {below} = seeded(SEED)
    const ends: KubectlResult[] = []
    for (let moment = 0; moment < MOMENTS; moment++) {
      const running = [start('map', '-A'), start('coverage', '-A', '--all-nodes')]
      await sleep(100 + below(900))
      await away(0)
      ends.push(...(await Promise.all(running.map(({end}) => end))))
    }
    for (const end of ends) expectHonest(end)
  })

  const WAIT = ['rollout', 'sts/db', '-n', 'shop', '--wait', '--timeout', '4m']

  /** From the first read on, or anywhere until all is rolled out; away for no longer than it takes to start, or for some time. */
  test('a wait and a watch outlive an outage, whenever it comes', {timeout: MOMENTS * 120_000}, async () => {
    const {below} = seeded(SEED + 1)
    for (let moment = 0; moment < MOMENTS; moment++) {
      const template = {metadata: {labels: {version: `after-${moment}`}}}
      await edit(controlPlane, 'statefulsets', ['shop', 'db'], {template})
      const waiting = start(...WAIT)
      const follower = start('rollout', 'sts/db', '-n', 'shop', '--watch')
      await sleep(below(moment % 2 === 0 ? 1000 : 8000))
      await away(moment % 2 === 0 ? 5000 : below(3000))
      const late = start(...WAIT)
      for (const {end} of [waiting, late]) expect(await end).toMatchObject({code: 0, stderr: ONLY_LAG})
      // who has not seen anything yet is told so
      if (follower.isRunning()) await expectSeen(follower)
      else expectHonest(await follower.end)
    }
  })

  test('without etcd an answer says that it is not whole, and a wait goes on', async () => {
    await edit(controlPlane, 'statefulsets', ['shop', 'db'], {template: {metadata: {labels: {version: '4'}}}})
    const waiting = start('rollout', 'sts/db', '-n', 'shop', '--wait', '--timeout', '4m')
    await controlPlane.stopComponent('etcd')
    const ends = [start('map', '-A'), start('coverage', '-A'), start('status', '-A')]
    for (const {end} of ends) expectHonest(await end)
    await controlPlane.startComponent('etcd')
    expect(await waiting.end).toMatchObject({code: 0, stderr: ONLY_LAG})
  })

  test('a storm of changes while something is read', async () => {
    const pods = ['db-0', 'db-1', 'db-2']
    await untilReady(controlPlane, 'shop', 'db')
    const storm = Array.from({length: AT_ONCE}, async (_, lane) => {
      for (let change = lane; change < CHANGES; change += AT_ONCE) {
        const path = `/api/v1/namespaces/shop/pods/${pods[change % pods.length]}`
        await controlPlane.request('PATCH', path, {metadata: {labels: {change: String(change)}}})
      }
    })
    let isOver = false
    const stormy = Promise.all(storm).finally(() => {
      isOver = true
    })
    while (!isOver) {
      const running = [start('map', '-A'), start('coverage', '-A')]
      for (const {end} of running) expect(await end).toMatchObject({code: 0, stderr: ''})
    }
    await stormy
  }, 600_000)

  test('and who has watched all of it has seen nothing that was not so', async () => {
    await expectSeen(watching)
  })
})

/** Who has watched ends with what is so, and was told of nothing that was not. */
async function expectSeen(watching: BackgroundKubectl): Promise<void> {
  const isOver = (text: string) =>
    /Complete +3\/3 updated$/.test(text.trimEnd()) || /^StatefulSet .*\n.*3\/3 updated +Complete/.test(text)
  await until('the end is seen', watching.stdout, isOver)
  expect(watching.isRunning()).toBe(true)
  watching.signal('SIGINT')
  const {code, stdout, stderr} = await watching.end
  expect({code, stderr}).toEqual({code: 130, stderr: ONLY_LAG})
  expect(stdout).not.toContain('(gone)')
}

const ONLY_LAG = expect.stringMatching(
  /^(Warning: \S.* can't be kept up to date: .+\n|\S.*: up to date again\n)*$/,
)

/** All is there and nothing is said, or exit status 2 and a sentence of what broke: never a want of rights. */
function expectHonest({code, stdout, stderr}: KubectlResult): void {
  if (code === 0) {
    expect(stderr).toBe('')
    expect(stdout).not.toContain('<unknown>')
    return
  }
  expect({code, stderr}).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /^(Unable to connect|The connection to the server|error: |Error from server)/m,
    ),
  })
  expect(stderr).not.toMatch(/Forbidden|mistake/)
}
