import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {V1ControllerRevisionList} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {WorkloadRevisions} from '../../../src/reports/rollout/revisions-report.ts'
import {edit} from '../situations/edits.ts'
import {addNodes} from '../situations/nodes.ts'
import {rights} from '../situations/rights.ts'
import {daemonSet, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from '../tools/plugin.ts'
import {requestsOf, stopAfterReadsOnly} from '../tools/requests.ts'
import {checkedRollout} from '../tools/schema.ts'
import {until} from '../tools/until.ts'
import {type Rollout, rolloutOf} from './plugin.ts'

const SET = ['sts/db', '-n', 'shop']
const DAEMON = ['ds/agent', '-n', 'shop']
const REVISIONS = '/apis/apps/v1/namespaces/shop/controllerrevisions'

/** Of a template whose secrets end in that word. */
const template = (image: string, word: string, more: object = {}) => ({
  template: {
    spec: {
      containers: [
        {
          name: 'app',
          image: `registry.example/${image}`,
          env: [{name: 'PASSWORD', value: `kanarie-${word}`}],
          args: [`--token=kanarie-${word}`],
          ...more,
        },
      ],
    },
  },
})

describeControlPlane('revisions', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let rollout: Rollout

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    rollout = rolloutOf(plugin)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    await controlPlane.apply([
      statefulSet({namespace: 'shop', spec: {updateStrategy: {rollingUpdate: {partition: 2}}}}),
      daemonSet({namespace: 'shop', spec: {updateStrategy: {type: 'OnDelete'}}}),
    ])
    for (const args of [SET, DAEMON]) await rollout.until(args, ({state}) => state === 'Complete')
    await roll('statefulsets', 'db', 'db:2', 'two')
    await rollout.until(SET, ({state}) => state === 'Held')
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const roll = (plural: 'statefulsets' | 'daemonsets', name: string, ...of: Parameters<typeof template>) =>
    edit(controlPlane, plural, ['shop', name], template(...of))

  const revisions = async (...args: readonly string[]) => {
    const {revisions: [own, ...others] = []} = await rollout.report(...args)
    expect(others).toEqual([])
    return own as WorkloadRevisions
  }

  const changes = ({differences}: WorkloadRevisions) =>
    differences.map(({basis, changes: all}) => [
      basis,
      ...all.map(({path, from, to, hidden}) => `${path}: ${hidden ? 'hidden' : `${from} → ${to}`}`),
    ])

  test('say which ordinals run which, when each was created, and who changed the set', async () => {
    const {history, updateRevision} = await revisions(...SET, '--revisions')
    expect(history).toMatchObject([
      {state: 'Present', number: 2, isUpdate: true, isCurrent: false, pods: 1, ordinals: [2]},
      {state: 'Present', number: 1, isUpdate: false, isCurrent: true, pods: 2, ordinals: [0, 1]},
    ])
    expect(history[0]?.name).toBe(updateRevision)
    expect(history[0]?.writtenBy).toMatchObject({manager: 'kube-controller-manager', operation: 'Update'})
    expect(history[0]?.setChangedBy?.manager).toBeTruthy()
    expect(history[0]?.setChangedBy?.manager).not.toBe('kube-controller-manager')
    expect(history[0]?.createdAt).toMatch(/Z$/)
  })

  test('the diff names fields by merge keys, and hides what may be a secret until it is asked for', async () => {
    const diff = await revisions(...SET, '--diff')
    expect(changes(diff)).toEqual([
      [
        'Current',
        'containers[app].args: hidden',
        'containers[app].env[PASSWORD].value: hidden',
        expect.stringMatching(/^containers\[app\]\.image: \S+ → registry\.example\/db:2$/),
      ],
    ])
    const text = await rollout.text(...SET, '--diff', '--revisions')
    expect(text).toMatch(/^containers\[app\]\.image: \S+ → registry\.example\/db:2$/m)
    expect(text + JSON.stringify(diff)).not.toContain('kanarie')
    expect(await rollout.text(...SET, '--diff', '--show-values')).toContain('kanarie-two')
  })

  test('only its own revisions are read, once, and by its selector', async () => {
    const asked = async (...flags: readonly string[]) => {
      const entries = await requestsOf(controlPlane, () => rollout.text(...SET, ...flags))
      return entries.map(({requestURI}) => requestURI).filter((uri) => uri?.includes('controllerrevisions'))
    }
    const uris = await asked('--diff')
    expect(uris).toHaveLength(1)
    expect(decodeURIComponent(uris[0] ?? '')).toContain(`${REVISIONS}?labelSelector=app=db`)
  })

  test('a snapshot keeps no secrets, tells what it can, and says what it left out', async () => {
    const {stdout} = await plugin.stateful(['snapshot', '-n', 'shop'])
    expect(stdout).not.toContain('kanarie')
    const file = join(controlPlane.folder, 'revisions.yaml')
    writeFileSync(file, stdout)
    const {differences} = await revisions(...SET, '--diff', '-f', file)
    expect(differences).toMatchObject([
      {
        known: 'InPart',
        changes: [{path: 'containers[app].image'}],
        reason: expect.stringContaining('environment'),
      },
    ])
  })

  test('more than two in use are all compared, and going back gives the old revision a new number', async () => {
    await edit(controlPlane, 'statefulsets', ['shop', 'db'], {
      ...template('db:3', 'two'),
      updateStrategy: {rollingUpdate: {partition: 1}},
    })
    await rollout.until(SET, ({counts, state}) => counts.updated === 2 && state === 'Held')
    await edit(controlPlane, 'statefulsets', ['shop', 'db'], {
      ...template('db:2', 'two'),
      updateStrategy: {rollingUpdate: {partition: 3}},
    })
    await rollout.until(SET, ({counts}) => counts.updated === 0)
    const both = await revisions(...SET, '--diff', '--revisions')
    expect(
      both.history.map(({number, isUpdate, isCurrent, ordinals}) => [number, isUpdate, isCurrent, ordinals]),
    ).toEqual([
      [4, true, false, []],
      [3, false, false, [1, 2]],
      [1, false, true, [0]],
    ])
    expect(
      changes(both)
        .map(([basis]) => basis)
        .toSorted(),
    ).toEqual(['Current', 'InUse'])
    expect(changes(both).find(([basis]) => basis === 'InUse')).toEqual([
      'InUse',
      'containers[app].image: registry.example/db:3 → registry.example/db:2',
    ])
    expect(both.history[0]?.writtenBy?.at).not.toBe(both.history[0]?.createdAt)
  })

  test('a revision that somebody deleted is said to be gone, with the Pods that still run it', async () => {
    const {items} = await controlPlane.get<V1ControllerRevisionList>(REVISIONS)
    const third = items.find(({revision, metadata}) => revision === 3 && metadata?.name?.startsWith('db-'))
    await controlPlane.kubectl(['delete', 'controllerrevisions', '-n', 'shop', third?.metadata?.name ?? ''])
    const {history, differences} = await revisions(...SET, '--diff')
    expect(history.at(-1)).toMatchObject({name: third?.metadata?.name, state: 'Missing', ordinals: [1, 2]})
    expect(differences.find(({basis}) => basis === 'InUse')).toMatchObject({
      known: 'Unknown',
      reason: expect.stringContaining('is gone'),
      changes: [],
    })
  })

  test('of a DaemonSet nodes are told; where no Pod runs another one, the one before is compared', async () => {
    expect(changes(await revisions(...DAEMON, '--diff'))).toEqual([])
    await roll('daemonsets', 'agent', 'agent:2', 'two', {ports: [{containerPort: 9100}]})
    await rollout.until(DAEMON, ({state}) => state === 'Waiting')
    const waiting = await revisions(...DAEMON, '--diff')
    expect(waiting.history.map(({number, nodeNames}) => [number, nodeNames?.length])).toEqual([
      [2, 0],
      [1, 3],
    ])
    expect(changes(waiting)[0]).toContain('containers[app].ports[9100/TCP]: null → ')
    await controlPlane.kubectl(['delete', 'pods', '-n', 'shop', '-l', 'app=agent', '--wait=false'])
    await rollout.until(DAEMON, ({state}) => state === 'Complete')
    expect(changes(await revisions(...DAEMON, '--diff'))[0]?.[0]).toBe('Before')
  })

  test('whoever may not read them is told so, and no diff is made up', async () => {
    const [apps, core] = [['apps'], ['']]
    const verbs = ['get', 'list']
    await controlPlane.apply([
      ...rights('reader', 'shop', [
        {apiGroups: apps, resources: ['statefulsets'], verbs},
        {apiGroups: core, resources: ['pods'], verbs},
      ]),
    ])
    const env = {KUBECONFIG: controlPlane.user('reader').kubeconfig}
    const ask = () => plugin.stateful(['rollout', ...SET, '--diff', '-o', 'json'], {env})
    const {stdout, stderr} = await until('the right is there', ask, ({code}) => code === 0)
    const [own] = checkedRollout(JSON.parse(stdout)).revisions ?? []
    expect(stderr).toContain('controllerrevisions')
    expect(new Set(own?.history.map(({state}) => state))).toEqual(new Set(['Unknown']))
    expect(new Set(own?.differences.map(({known}) => known))).toEqual(new Set(['Unknown']))
  })
})
