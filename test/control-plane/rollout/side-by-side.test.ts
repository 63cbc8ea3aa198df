import type {V1StatefulSetSpec} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {
  behaviourOf,
  readyAfter,
  setBehaviour,
  setNodeBehaviour,
  setPodStatus,
} from '../situations/behaviours.ts'
import {deletePod, edit, template} from '../situations/edits.ts'
import {addNodes, node} from '../situations/nodes.ts'
import {untilPods, untilReady} from '../situations/waits.ts'
import {daemonSet, type StatefulSetOptions, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'
import {type Rollout, rolloutOf} from './plugin.ts'
import {lastLine, sideBySide, words} from './side-by-side.ts'

describeControlPlane('rollout --wait beside kubectl rollout status', () => {
  let controlPlane: ControlPlane
  let rollout: Rollout
  let both: ReturnType<typeof sideBySide>

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    const plugin = installPlugin(controlPlane)
    rollout = rolloutOf(plugin)
    both = sideBySide(plugin)
    await addNodes(controlPlane)
  })

  afterAll(async () => {
    both?.killAll()
    await stopAfterReadsOnly(controlPlane)
  })

  /** A set `db` of two, unless it says otherwise, that is ready, in a namespace of its own. */
  const ready = async (namespace: string, options: StatefulSetOptions = {}) => {
    await controlPlane.createNamespace(namespace)
    await controlPlane.apply(statefulSet({namespace, replicas: 2, ...options}))
    await untilReady(controlPlane, namespace, 'db')
  }

  const change = (namespace: string, spec: object) =>
    edit(controlPlane, 'statefulsets', [namespace, 'db'], spec)

  test.concurrent('a broken image: kubectl waits without a word of it, ours fails fast with the Pod and its STATUS', async () => {
    await ready('image')
    await change('image', template('db:nope', 'image-pull'))
    const pair = both.pair('image', 'sts/db', {kubectl: ['--timeout=22s'], ours: ['--fail-fast']})
    const [kubectl, ours] = [await pair.kubectl.result, await pair.ours.result]
    expect([kubectl.code, ours.code]).toEqual([1, 1])
    expect(lastLine(kubectl.stderr)).toBe('error: timed out waiting for the condition')
    expect(words(kubectl)).not.toMatch(/db-|Image/)
    expect(lastLine(ours.stderr)).toMatch(
      /^error: statefulset\.apps\/db of namespace image is in trouble: Image .* \(db-1, container \S+\).*STATUS ImagePullBackOff/,
    )
    expect(ours.endedAt).toBeLessThan(kubectl.endedAt)
  })

  test.concurrent('minReadySeconds: kubectl is done once all are Ready, ours once all are available', async () => {
    const spec = {minReadySeconds: 4}
    await ready('young', {spec})
    await change('young', template('db:2'))
    const pair = both.pair('young', 'sts/db')
    const kubectl = await pair.kubectl.result
    expect({...kubectl, endedAt: 0}).toMatchObject({code: 0, stderr: ''})
    expect(lastLine(kubectl.stdout)).toBe('partitioned roll out complete: 2 new pods have been updated...')
    const {workloads} = await rollout.report('sts/db', '-n', 'young')
    expect(workloads).toMatchObject([{status: 'Waiting', counts: {updated: 2, ready: 2, available: 1}}])
    const ours = await pair.ours.result
    expect(ours).toMatchObject({code: 0, stderr: ''})
    expect(ours.endedAt - kubectl.endedAt).toBeGreaterThan(2000)
  })

  test.concurrent('OnDelete: kubectl refuses to answer, ours waits until a person has deleted the old Pods', async () => {
    await ready('by-hand', {spec: {updateStrategy: {type: 'OnDelete'}}})
    await change('by-hand', template('db:2'))
    const pair = both.pair('by-hand', 'sts/db')
    expect(await pair.kubectl.result).toMatchObject({
      stdout: '',
      stderr: 'error: rollout status is only available for RollingUpdate strategy type\n',
      code: 1,
    })
    await until('ours says what it waits for', pair.ours.stdout, (text) => text.includes('Waiting'))
    for (const pod of ['db-0', 'db-1']) {
      expect(pair.ours.isRunning()).toBe(true)
      await deletePod(controlPlane, 'by-hand', pod)
      await untilReady(controlPlane, 'by-hand', 'db')
    }
    expect(await pair.ours.result).toMatchObject({code: 0, stderr: ''})
  })

  const scaledDown: [string, Partial<V1StatefulSetSpec>][] = [
    ['ordered', {}],
    ['parallel', {podManagementPolicy: 'Parallel'}],
  ]
  test.concurrent.for(scaledDown)(
    'condemned Pods, %s: kubectl is done while one is still to go, ours is when it is gone',
    async ([namespace, spec]) => {
      await ready(namespace, {replicas: 3, annotations: behaviourOf({2: 'hang-terminating'}), spec})
      await change(namespace, {replicas: 2})
      const pair = both.pair(namespace, 'sts/db')
      const kubectl = await pair.kubectl.result
      expect(kubectl).toMatchObject({code: 0, stdout: expect.stringContaining('roll out complete')})
      await until('ours says who is still to go', pair.ours.stdout, (text) =>
        /db-2 .*condemned.*Terminating/.test(text),
      )
      await setBehaviour(controlPlane, namespace, 'db-2', 'ready')
      expect(await pair.ours.result).toMatchObject({code: 0, stderr: ''})
    },
  )

  test.concurrent('names: kubectl names nothing on its lines, ours the workload and the Pod on each', async () => {
    await ready('named', {annotations: readyAfter('4s')})
    await change('named', {template: {metadata: {labels: {version: '2'}}}})
    const pair = both.pair('named', 'sts/db')
    const [kubectl, ours] = [await pair.kubectl.result, await pair.ours.result]
    expect([kubectl.code, ours.code]).toEqual([0, 0])
    expect(kubectl.stdout).not.toMatch(/\bdb\b|named/)
    const changes = ours.stdout.split('\n').filter((line) => /^\S+Z {2}/.test(line))
    expect(changes.length).toBeGreaterThan(3)
    for (const line of changes)
      expect(line).toMatch(/^\S+Z {2}named\/sts\/db {2}(db-\d {2}|\w+ {2}[\d?]\/2 updated)/)
  })

  test.concurrent('a partition: both are done, ours says how many Pods are held back', async () => {
    await ready('held', {
      replicas: 3,
      spec: {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 2}}},
    })
    await change('held', template('db:2'))
    const pair = both.pair('held', 'sts/db')
    const [kubectl, ours] = [await pair.kubectl.result, await pair.ours.result]
    expect([kubectl.code, ours.code]).toEqual([0, 0])
    expect(lastLine(kubectl.stdout)).toBe('partitioned roll out complete: 1 new pods have been updated...')
    expect(ours.stdout).toMatch(/Held {2}1\/3 updated, 2 held|1\/3 updated, 2 held {3}Held/)
  })

  test.concurrent('a DaemonSet with a dead node: kubectl waits without naming it, ours ends with the node and the Pod', async () => {
    const pool = {labels: {pool: 'daemon'}, taints: [{key: 'pool', effect: 'NoSchedule'}]}
    const podSpec = {nodeSelector: pool.labels, tolerations: [{key: 'pool', operator: 'Exists'}]}
    await addNodes(
      controlPlane,
      ['live-a', 'live-b', 'dead'].map((name) => node(name, pool)),
    )
    await controlPlane.createNamespace('daemon')
    const annotations = behaviourOf({dead: 'hang-terminating'})
    await controlPlane.apply(daemonSet({namespace: 'daemon', annotations, podSpec}))
    const pods = await untilPods(controlPlane, 'daemon', 3)
    await setNodeBehaviour(controlPlane, 'dead', 'unreachable')
    // as the node-lifecycle controller does; the update begins with such a Pod
    const lost = pods.find(({spec}) => spec?.nodeName === 'dead')?.metadata?.name ?? ''
    await setPodStatus(controlPlane, 'daemon', lost, {conditions: [{type: 'Ready', status: 'False'}]})
    await rollout.until(['ds/agent', '-n', 'daemon'], ({counts}) => counts.desired === 2)
    await edit(controlPlane, 'daemonsets', ['daemon', 'agent'], template('agent:2', 'ready'))
    const pair = both.pair('daemon', 'ds/agent', {kubectl: ['--timeout=10s']})
    const [kubectl, ours] = [await pair.kubectl.result, await pair.ours.result]
    expect([kubectl.code, ours.code]).toEqual([1, 1])
    expect(words(kubectl)).not.toContain('dead')
    expect(lastLine(ours.stderr)).toMatch(
      /^error: daemonset\.apps\/agent of namespace daemon is Stalled: Node dead is not ready, so agent-\w+ can't terminate.*STATUS Terminating/,
    )
  })
})
