import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {isDeepStrictEqual} from 'node:util'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {RolloutReport} from '../../../src/reports/rollout/report.ts'
import {behaviour} from '../situations/behaviours.ts'
import {edit, template} from '../situations/edits.ts'
import {addNodes} from '../situations/nodes.ts'
import {untilPods, untilReady} from '../situations/waits.ts'
import {daemonSet, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin, table} from '../tools/plugin.ts'
import {requestsOf, stopAfterReadsOnly, summary} from '../tools/requests.ts'
import {until} from '../tools/until.ts'
import {idsIn, type Rollout, rolloutOf} from './plugin.ts'

const NAMESPACES = ['shop', 'trapped', 'refused']

describeControlPlane('asking about rollouts', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let rollout: Rollout

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    rollout = rolloutOf(plugin)
    await addNodes(controlPlane)
    await Promise.all(NAMESPACES.map(controlPlane.createNamespace))
    const labelled = statefulSet({namespace: 'shop', name: 'db', replicas: 2})
    const {metadata} = labelled
    const image = {image: 'registry.example/db:1', annotations: behaviour('ready')}
    await controlPlane.apply([
      {...labelled, metadata: {...metadata, labels: {tier: 'data'}}},
      statefulSet({namespace: 'shop', name: 'twin', replicas: 1}),
      daemonSet({namespace: 'shop', name: 'twin'}),
      statefulSet({namespace: 'trapped', replicas: 2, ...image}),
      {...NO_MORE_PODS, metadata: {name: 'full', namespace: 'refused'}},
    ])
    await controlPlane.apply([statefulSet({namespace: 'refused', replicas: 2})])
    // else a daemon Pod may take the only place that the quota leaves
    await untilPods(controlPlane, 'refused', 1)
    await controlPlane.apply([daemonSet({namespace: 'refused', annotations: behaviour('creating')})])
    await untilReady(controlPlane, 'trapped', 'db')
    await untilPods(controlPlane, 'shop', 6)
    await trap()
    await rollout.until(['sts/db', '-n', 'refused'], ({blockedBy}) => blockedBy !== null)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const trap = async () => {
    const roll = (spec: object) => edit(controlPlane, 'statefulsets', ['trapped', 'db'], spec)
    await roll(template('db:nope', 'image-pull'))
    await rollout.until(['-n', 'trapped'], ({blockedBy}) => blockedBy !== null)
    await roll(template('db:1'))
    await rollout.until(['-n', 'trapped'], ({state}) => state === 'Stalled')
  }

  const namesIn = async (...args: readonly string[]) =>
    (await rollout.report(...args)).workloads.map(({kind, namespace, name}) => `${kind} ${namespace}/${name}`)

  test('answers for all of a namespace, for all namespaces, by label and by several names', async () => {
    const shop = ['StatefulSet shop/db', 'StatefulSet shop/twin', 'DaemonSet shop/twin']
    expect(await namesIn('-n', 'shop')).toEqual(shop)
    expect(await namesIn('-A')).toEqual([
      'StatefulSet refused/db',
      ...shop.slice(0, 2),
      'StatefulSet trapped/db',
      'DaemonSet refused/agent',
      shop[2],
    ])
    expect(await namesIn('-A', '-l', 'tier=data')).toEqual([shop[0]])
    expect(await namesIn('db', 'ds/twin', '-n', 'shop')).toEqual([shop[0], shop[2]])
    expect(await namesIn('sts', '-n', 'shop')).toEqual(shop.slice(0, 2))
  })

  test('lists all namespaces with the most urgent first, and what blocks it', async () => {
    const {stdout, code} = await plugin.stateful(['rollout', '-A'])
    expect(code).toBe(0)
    expect(table(stdout)[0]).toMatchObject({NAMESPACE: 'trapped', WORKLOAD: 'sts/db', STATE: 'Stalled'})
    expect(stdout).toContain('kubectl delete pod -n trapped db-1')
  })

  test('says of a bare name that two have which two, and exits with 2', async () => {
    for (const how of [[], ['--wait'], ['--watch']])
      expect(await plugin.stateful(['rollout', 'twin', '-n', 'shop', ...how])).toEqual({
        stdout: '',
        stderr:
          'error: "twin" is the name of more than one workload: say statefulsets/twin or daemonsets/twin\n',
        code: 2,
      })
  })

  test.for([...NAMESPACES.map((namespace) => ['-n', namespace]), ['-A'], ['sts/db', '-n', 'refused']])(
    'answers from a snapshot as the cluster does: %s',
    async (args) => {
      const file = join(controlPlane.folder, 'snapshot.yaml')
      const take = async () => {
        const live = await rollout.report(...args)
        const scope = args.filter((arg) => !arg.includes('/'))
        const {stdout, stderr, code} = await plugin.stateful(['snapshot', ...scope])
        expect({stderr, code}).toEqual({stderr: '', code: 0})
        writeFileSync(file, stdout)
        return {live: timeless(live), after: timeless(await rollout.report(...args))}
      }
      const {live} = await until('nothing happens meanwhile', take, (each) =>
        isDeepStrictEqual(each.live, each.after),
      )
      expect(timeless(await rollout.report(...args, '-f', file))).toEqual(live)
      expect(idsIn(live).length > 0).toBe(!args.includes('shop'))
    },
  )

  const asked = async (...args: readonly string[]) =>
    summary(await requestsOf(controlPlane, () => plugin.stateful(['rollout', ...args])))
  const lists = (...kinds: readonly string[]) => kinds.map((kind) => `list ${kind}`)

  test('asks one request for each kind and page', async () => {
    expect(await asked('sts/db', '-n', 'shop')).toEqual([
      'get /version',
      'get nodes',
      'get nodes',
      'get statefulsets',
      ...lists('pods'),
    ])
    expect(await asked('-n', 'shop')).toEqual([
      'get /version',
      ...lists('controllerrevisions', 'daemonsets', 'nodes', 'pods', 'statefulsets'),
    ])
    const paged = await asked('-n', 'shop', '--chunk-size=1')
    for (const [kind, count] of Object.entries({daemonsets: 1, statefulsets: 2, nodes: 3}))
      expect(paged.filter((each) => each === `list ${kind}`)).toHaveLength(count)
  })

  test('asks for events, and for claims that it would mount, only where a Pod is missing', async () => {
    expect(await asked('sts/db', '-n', 'refused')).toEqual([
      'get /version',
      'get nodes',
      // somebody else's Pod may have the name of the one that is missing
      'get pods',
      'get statefulsets',
      ...lists('events', 'pods'),
    ])
  })

  test('follows each kind with one list and one watch', async () => {
    const followed = await asked('sts/db', '-n', 'shop', '--wait')
    const kinds = ['nodes', 'pods', 'statefulsets']
    expect(followed.filter((each) => each.startsWith('list'))).toEqual(lists(...kinds))
    expect(kinds.map((kind) => `watch ${kind}`)).toEqual(
      expect.arrayContaining(followed.filter((each) => each.startsWith('watch'))),
    )
    expect(new Set(followed).size).toBe(followed.length)
  })
})

const timeless = (report: RolloutReport): RolloutReport => ({...report, observedAt: ''})

const NO_MORE_PODS = {apiVersion: 'v1', kind: 'ResourceQuota', spec: {hard: {pods: '1'}}}
