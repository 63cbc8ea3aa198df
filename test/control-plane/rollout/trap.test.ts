import type {V1Pod, V1PodList} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {edit, template} from '../situations/edits.ts'
import {addNodes} from '../situations/nodes.ts'
import {untilReady} from '../situations/waits.ts'
import {statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {findingOf, idsIn, onlyWorkload, type Rollout, rolloutOf} from './plugin.ts'

const TRAP = 'sts-ordered-revision-deadlock'
const SET = ['sts/db', '-n', 'shop']

describeControlPlane('the trap of kubernetes#67250', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let rollout: Rollout

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    rollout = rolloutOf(plugin)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    await controlPlane.apply({...statefulSet({namespace: 'shop'})})
    await roll('db:1')
    await untilReady(controlPlane, 'shop', 'db')
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const roll = (image: string, behaviour?: Parameters<typeof template>[1]) =>
    edit(controlPlane, 'statefulsets', ['shop', 'db'], template(image, behaviour))

  const images = async () => {
    const {items} = await controlPlane.get<V1PodList>('/api/v1/namespaces/shop/pods')
    return items.map(({spec}: V1Pod) => spec?.containers[0]?.image?.split('/')[1])
  }

  /** As a person copies it from the screen. */
  const printedCommand = (text: string) =>
    text.match(/^(?:Act)? +kubectl (delete pod .*)$/m)?.[1]?.split(' ') ?? []

  test('is not named while a Pod is only starting', async () => {
    await roll('db:starting', 'creating')
    await rollout.until(SET, ({steps}) => steps[0]?.status === 'ContainerCreating')
    const report = await rollout.report(...SET)
    expect(idsIn(report)).toEqual([])
    expect(onlyWorkload(report)).toMatchObject({
      status: 'Progressing',
      blockedBy: null,
      next: {waitsFor: {pod: 'db-2'}},
    })
  })

  test('is not named while a Pod of an old revision is only starting', async () => {
    await roll('db:1')
    await rollout.until(SET, ({steps}) => steps[0]?.state === 'waiting')
    const report = await rollout.report(...SET)
    expect(idsIn(report)).toEqual([])
    expect(onlyWorkload(report)).toMatchObject({status: 'Progressing', blockedBy: null})
    await controlPlane.kubectl(['delete', 'pod', '-n', 'shop', 'db-2'])
    await rollout.until(SET, ({state}) => state === 'Complete')
  })

  test('is not named while the broken Pod is of the update revision', async () => {
    await roll('db:nope', 'image-pull')
    await rollout.until(SET, ({blockedBy}) => blockedBy?.status === 'ImagePullBackOff')
    const report = await rollout.report(...SET)
    expect(idsIn(report)[0]).toBe('image-pull-backoff')
    expect(idsIn(report)).not.toContain(TRAP)
    expect(onlyWorkload(report)).toMatchObject({counts: {updated: 1}, blockedBy: {pod: 'db-2'}})
  })

  test('is named once the template is back, with the very command that ends it', async () => {
    await roll('db:1')
    const workload = await rollout.until(SET, ({state}) => state === 'Stalled')
    expect(workload).toMatchObject({
      counts: {desired: 3, updated: 2},
      blockedBy: {pod: 'db-2', status: 'ImagePullBackOff'},
    })
    expect(findingOf(await rollout.report(...SET), TRAP)).toMatchObject({
      severity: 'error',
      selfHealing: 'no',
      object: {kind: 'Pod', namespace: 'shop', name: 'db-2'},
      remedy: {
        look: [
          'kubectl describe pod -n shop db-2',
          expect.stringMatching(/^kubectl get controllerrevisions /),
        ],
        act: [{commands: ['kubectl delete pod -n shop db-2']}],
      },
    })
    const {code, stdout, stderr} = await plugin.stateful(['rollout', ...SET, '--wait'])
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^error: statefulset\.apps\/db of namespace shop is Stalled: Image .* \(db-2, container \S+\).*STATUS ImagePullBackOff/,
    )
    expect(printedCommand(stdout)).toEqual(['delete', 'pod', '-n', 'shop', 'db-2'])
  })

  test('is over when the printed command has been run as it is printed', async () => {
    const command = printedCommand(await rollout.text(...SET))
    expect(await controlPlane.kubectl(command)).toMatchObject({code: 0})
    expect(await plugin.stateful(['rollout', ...SET, '--wait', '--timeout', '60s'])).toMatchObject({
      code: 0,
      stderr: '',
    })
    const workload = onlyWorkload(await rollout.report(...SET))
    expect(workload.state).toBe('Complete')
    expect(workload.revisions).toEqual([{name: workload.updateRevision, pods: 3}])
    expect(await images()).toEqual(['db:1', 'db:1', 'db:1'])
  })
})
