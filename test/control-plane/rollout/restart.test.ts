import {setTimeout as sleep} from 'node:timers/promises'
import type {V1Pod} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {RolledWorkload} from '../../../src/reports/rollout/report.ts'
import {behaviour, readyAfter, setBehaviour} from '../situations/behaviours.ts'
import {edit} from '../situations/edits.ts'
import {addNodes} from '../situations/nodes.ts'
import {untilPods} from '../situations/waits.ts'
import {daemonSet, statefulSet} from '../situations/workloads.ts'
import {type BackgroundKubectl, backgroundKubectls} from '../tools/background-kubectl.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'
import {onlyWorkload, type Rollout, rolloutOf} from './plugin.ts'

const WORKLOADS = [
  ['statefulsets', 'db', 'sts/db'],
  ['daemonsets', 'agent', 'ds/agent'],
] as const

describeControlPlane('a rollout that is followed while kube-apiserver is killed', () => {
  let controlPlane: ControlPlane
  let rollout: Rollout
  let background: ReturnType<typeof backgroundKubectls>

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    const plugin = installPlugin(controlPlane, controlPlane.kubeconfig)
    rollout = rolloutOf(plugin)
    background = backgroundKubectls(plugin)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    const annotations = readyAfter('3000ms')
    await controlPlane.apply([
      statefulSet({namespace: 'shop', annotations}),
      daemonSet({namespace: 'shop', annotations}),
    ])
    await untilPods(controlPlane, 'shop', 6)
  })

  afterAll(async () => {
    background?.killAll()
    await stopAfterReadsOnly(controlPlane)
  })

  const follow = (workload: string, how: string, namespace = 'shop') =>
    background.start(['stateful', 'rollout', workload, '-n', namespace, how])

  const says = (running: BackgroundKubectl, words: string) =>
    until(words, running.stdout, (text) => text.includes(words))

  /** Rolls one out, and kills the API server while nothing is being scheduled: kube-scheduler may not survive that. */
  const rollAndKill = async ([plural, name, workload]: (typeof WORKLOADS)[number]) => {
    const template = {metadata: {labels: {version: '2'}}}
    await edit(controlPlane, plural, ['shop', name], {template})
    const waiting = follow(workload, '--wait')
    await says(waiting, '2/3 updated')
    await untilPods(controlPlane, 'shop', 3, isScheduled(name))
    await controlPlane.restart('kube-apiserver')
    expect(await waiting.end).toMatchObject({code: 0, stderr: ONLY_LAG})
    return waiting
  }

  test('goes on: nothing is said twice, nothing is missed at the end, and --wait ends with 0', async () => {
    const watching = WORKLOADS.map(([, , workload]) => follow(workload, '--watch'))
    for (const each of watching) await says(each, 'Complete')
    const waiting: BackgroundKubectl[] = []
    for (const workload of WORKLOADS) waiting.push(await rollAndKill(workload))
    for (const [index, [, , workload]] of WORKLOADS.entries()) {
      const last = onlyWorkload(await rollout.report(workload, '-n', 'shop'))
      expect(last).toMatchObject({status: 'Complete', counts: {updated: 3, available: 3}})
      for (const each of [waiting[index], watching[index]])
        if (each) await expectSaid(each, linesOf(workload, last))
    }
    for (const each of watching) {
      expect(each.isRunning()).toBe(true)
      each.signal('SIGINT')
      expect(await each.end).toMatchObject({code: 130, stderr: ONLY_LAG})
    }
  })

  /** Where a Pod is missing more is read, now and then, than what is watched. */
  test('goes on when the server is away for longer, with a Pod that is still to come', async () => {
    await controlPlane.createNamespace('slow')
    const annotations = behaviour('creating')
    await controlPlane.apply(statefulSet({namespace: 'slow', replicas: 1, annotations}))
    await rollout.until(['sts/db', '-n', 'slow'], ({state}) => state !== 'Unknown')
    const [watching, waiting] = [follow('sts/db', '--watch', 'slow'), follow('sts/db', '--wait', 'slow')]
    for (const each of [watching, waiting]) await says(each, 'db-0 ')
    await controlPlane.stopComponent('kube-apiserver')
    await sleep(6000)
    await controlPlane.startComponent('kube-apiserver')
    await setBehaviour(controlPlane, 'slow', 'db-0', 'ready')
    expect(await waiting.end).toMatchObject({code: 0, stderr: ONLY_LAG})
    await says(watching, 'Complete')
    expect(watching.stdout()).not.toContain('Unknown')
  })
})

/** A Pod of the newest version of that workload, and past the scheduler. */
const isScheduled = (name: string) => (pod: V1Pod) =>
  pod.metadata?.labels?.app === name &&
  pod.metadata.labels.version === '2' &&
  pod.spec?.nodeName !== undefined

/** A server that is away for long may be spoken of. */
const ONLY_LAG = expect.stringMatching(
  /^(Warning: \S.* can't be kept up to date: .+\n|\S.*: up to date again\n)*$/,
)

/** The last that was said of each is this, and nothing was said twice. */
async function expectSaid(running: BackgroundKubectl, wanted: readonly string[]): Promise<void> {
  await until(
    'the last lines say how it is',
    () => lastOfEach(running),
    (lines) => wanted.every((line) => lines.includes(line)),
  )
  expect(lastOfEach(running).toSorted()).toEqual(wanted.toSorted())
  expect(changes(running)).toEqual([...new Set(changes(running))])
}

/** What was printed as changes, without their times. */
function changes({stdout}: BackgroundKubectl): readonly string[] {
  return [...stdout().matchAll(/^\S+Z {2}(.*)$/gm)].map(([, line]) => line ?? '')
}

/** The last that was said of each Pod, and of the workload, that is not gone. */
function lastOfEach(running: BackgroundKubectl): readonly string[] {
  const latest = new Map(changes(running).map((line) => [subjectOf(line), line]))
  return [...latest.values()].filter((line) => !line.endsWith('(gone)'))
}

function subjectOf(line: string): string {
  const [workload, place = ''] = line.split('  ')
  return /^[A-Z]/.test(place) ? `${workload}` : `${workload} ${place}`
}

/** What `rollout -o json` says, as lines of `--watch`. */
function linesOf(name: string, {kind, steps, counts}: RolledWorkload): readonly string[] {
  const rows = steps.map(({nodeName, pod, state, status, containers, revision}) => {
    const place = kind === 'StatefulSet' ? pod : nodeName
    return `shop/${name}  ${place}  ${state}  ${status}  ${containers?.ready}/${containers?.total}  ${revision}`
  })
  return [...rows, `shop/${name}  Complete  ${counts.updated}/${counts.desired} updated`]
}
