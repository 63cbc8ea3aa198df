import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {load} from 'js-yaml'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from './situations/nodes.ts'
import {daemonSet, headlessService, statefulSet} from './situations/workloads.ts'
import {type ControlPlane, startControlPlane} from './tools/control-plane.ts'
import {describeControlPlane} from './tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from './tools/plugin.ts'
import {stopAfterReadsOnly} from './tools/requests.ts'

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
const clusterRole = load(/```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '') as object

describeControlPlane('the rights that the README lists', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    await controlPlane.apply([
      clusterRole,
      headlessService('db', 'shop'),
      statefulSet({namespace: 'shop'}),
      daemonSet({namespace: 'shop'}),
    ])
    const bound = ['create', 'clusterrolebinding', 'x', '--clusterrole=kubectl-stateful', '--user=reader']
    expect((await controlPlane.kubectl(bound)).code).toBe(0)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  test.for([
    ['map', '-A'],
    ['map', 'db', '-n', 'shop'],
    ['coverage', '-A'],
    ['snapshot', '-A'],
  ])('are enough for %s', async (args) => {
    const {kubeconfig} = controlPlane.user('reader')
    const {stderr, code} = await plugin.stateful([...args, `--kubeconfig=${kubeconfig}`])
    expect({stderr, code}).toEqual({stderr: '', code: 0})
  })

  test('are enough to watch', async () => {
    const {kubeconfig} = controlPlane.user('reader')
    const can = ['auth', 'can-i', 'watch']
    for (const kind of [
      'statefulsets.apps',
      'daemonsets.apps',
      'pods',
      'nodes',
      'controllerrevisions.apps',
    ]) {
      const {stdout} = await controlPlane.kubectl([...can, kind, '-A', `--kubeconfig=${kubeconfig}`])
      expect([kind, stdout]).toEqual([kind, 'yes\n'])
    }
  })
})
