import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {V1Pod, V1PodList, V1Role, V1StatefulSet} from '@kubernetes/client-node'
import {load} from 'js-yaml'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {behaviourOf} from '../situations/behaviours.ts'
import {addNodes, node, threeZones} from '../situations/nodes.ts'
import {claim, localVolume, storageClass, zonalVolume} from '../situations/volumes.ts'
import {untilPods, untilReady} from '../situations/waits.ts'
import {daemonSet, headlessService, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {rightsWithout, userWithout} from '../tools/rights-but.ts'
import {BLIND, REFUSED} from './missing-rights.ts'

const ZONES = ['a', 'b', 'c'] as const

/** Disks that are deleted with their claims. */
const disks = ZONES.map((letter) => {
  const disk = localVolume(`disk-${letter}`, `node-${letter}`)
  return {...disk, spec: {...disk.spec, persistentVolumeReclaimPolicy: 'Delete'}}
})

const large = daemonSet({name: 'large', namespace: 'agents'})
const [container] = large.spec?.template.spec?.containers ?? []
if (container) container.resources = {requests: {cpu: '9'}}

/** Each question with the beginning of what has to be its first line. */
const BAD: Readonly<Record<string, RegExp>> = {
  'drain node/node-a':
    /^Ends +Stopped: the drain never ends: guarded\/db-\d.* stays, as PodDisruptionBudget guarded\/db refuses: 3 healthy, and 3 must stay so/,
  'lose zone/zone-b':
    /^Ends +Short: .* come back only with node-b \(only\/db-0: its volume only-copy is only reachable from zone zone-b/,
  'scale sts/db --replicas=1 -n shrinking':
    /^Ends +Short: the data of data-db-1 and data-db-2 is destroyed; db goes from 3 to 1 replica/,
  'update sts/db -n broken':
    /^Ends +Stopped: the update stops: it waits for db-1 to become ready, and 2 of 2 keep the old revision/,
  'delete pvc/data-db-0 -n shrinking':
    /^Ends +Stopped: claim data-db-0 is deleted once db-0 is gone: its volume disk-. is deleted too \(reclaim policy Delete\), with all data/,
  'delete sts/db -n shrinking': /^Ends +Short: 3 Pods of db go, in no order, and nobody creates them again/,
  'taint node/node-b mine=yes:NoExecute': /^Ends +Short: .*only\/db-0.* not come back/,
  'label node/node-b topology.kubernetes.io/zone-': /^Ends +Short: no node reaches only-copy any more/,
  'join --like node-a':
    /^Ends +Short: it gets 1 daemon Pod; together they request 9 cpu of 8: more than it has/,
}

describeControlPlane('what-if ends badly', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane, [...threeZones(), ...apartNodes])
    const namespaces = ['guarded', 'only', 'shrinking', 'broken', 'agents', 'twice']
    await Promise.all(namespaces.map(controlPlane.createNamespace))
    await controlPlane.apply(
      [
        storageClass(),
        storageClass('zonal'),
        ...disks,
        zonalVolume('only-copy', 'zone-b', {storageClass: 'zonal'}),
        ...namespaces.map((namespace) => headlessService('db', namespace)),
        ...sets,
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: {name: 'db', namespace: 'guarded'},
          spec: {maxUnavailable: 0, selector: {matchLabels: {app: 'db'}}},
        },
        ...coveredTwice,
        large,
        ...new Set([...BLIND.map(({without}) => without), ...REFUSED.map(([without]) => without)]),
      ].flatMap((object) => (typeof object === 'string' ? rightsWithout(object) : object)),
    )
    await mayRead(controlPlane, 'shrinking')
    for (const namespace of ['guarded', 'only', 'shrinking', 'twice'])
      await untilReady(controlPlane, namespace, 'db')
    await untilPods(controlPlane, 'broken', 2, ({spec}) => spec?.nodeName !== undefined)
    await untilPods(controlPlane, 'broken', 1)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  test.for(Object.entries(BAD))('%s: that stands in its first line', async ([question, first]) => {
    const {stdout, stderr, code} = await plugin.stateful(['what-if', ...question.split(' ')])
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    expect(stdout.split('\n')[0]).toMatch(first)
  })

  test.for([
    ['taint', 'a b=c:NoSchedule'],
    ['taint', 'a=b c:NoSchedule'],
    ['taint', 'A_b.c/d=e:NoSchedule'],
    ['taint', 'a/b/c:NoSchedule'],
    ['taint', '/a:NoSchedule'],
    ['taint', '=a:NoSchedule'],
    ['taint', `${'a'.repeat(64)}:NoSchedule`],
    ['taint', `a=${'b'.repeat(64)}:NoSchedule`],
    ['taint', 'a=b:NoSchedule:NoExecute'],
    ['taint', 'a=b:'],
    ['taint', 'a=b-'],
    ['taint', 'a=b'],
    ['taint', 'nowhere-'],
    ['taint', 'nowhere:NoExecute-'],
    ['taint', 'a=b:NoSchedule node-b'],
    ['label', 'a=b node-b'],
    ['label', 'a b=c'],
    ['label', 'a=b c'],
    ['label', `a=${'b'.repeat(64)}`],
    ['label', '=a'],
    ['label', 'a/b/c=d'],
    ['label', '-a.b/c=d'],
  ] as const)(
    '%s node node-a %s is refused in the words of kubectl, or of the API server',
    async ([action, word]) => {
      const words = [action, 'node', 'node-a', ...word.split(/ (?=node)/)]
      const refused = await controlPlane.kubectl(words)
      const {stderr, code} = await plugin.stateful(['what-if', ...words])
      expect(code).toBe(2)
      expect(refused.code).toBe(1)
      expect(refused.stderr).toContain(stderr.split('\n')[0]?.replace('error: ', ''))
    },
  )

  test('a bad end is exit status 1 for --exit-code, and a good one 0', async () => {
    const ask = (...words: readonly string[]) => plugin.stateful(['what-if', ...words, '--exit-code'])
    expect((await ask('drain', 'node-a')).code).toBe(1)
    expect((await ask('cordon', 'node-a')).code).toBe(0)
  })

  const as = (kind: string) =>
    [['--as', userWithout(kind)], {env: {KUBECONFIG: controlPlane.kubeconfig}}] as const

  test.for(BLIND)('without $without, $question: what was not seen is unknown', async (blind) => {
    const [who, options] = as(blind.without)
    const {stdout, stderr, code} = await plugin.stateful(
      ['what-if', ...blind.question.split(' '), ...who],
      options,
    )
    expect(code).toBe(0)
    expect(stderr).toMatch(
      new RegExp(`^Warning: could not read ${blind.without} \\(Forbidden\\); .*<unknown>\n$`),
    )
    expect(stdout.split('\n')[0]).toMatch(blind.first)
    expect(stdout).toContain(blind.says ?? '<unknown>')
  })

  test.for(REFUSED)('without %s, %s is refused', async ([kind, question]) => {
    const [who, options] = as(kind)
    const {stdout, stderr, code} = await plugin.stateful(['what-if', ...question.split(' '), ...who], options)
    expect({stdout, code}).toEqual({stdout: '', code: 2})
    expect(stderr).toMatch(
      new RegExp(`^Error from server \\(Forbidden\\): ${kind}(\\.apps)? .*is forbidden: `),
    )
  })

  test('rights to one namespace are enough for its sets, and it is said what was not seen', async () => {
    const kubeconfig = controlPlane.user('reader').kubeconfig
    const ask = (...words: readonly string[]) =>
      plugin.stateful(['what-if', ...words], {env: {KUBECONFIG: kubeconfig}})
    const {stdout, stderr, code} = await ask('scale', 'sts/db', '--replicas=1', '-n', 'shrinking')
    expect({code, stderr}).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^Warning: could not read .*nodes.* \(Forbidden\); .*<unknown>\n$/),
    })
    expect(stdout.split('\n')[0]).toMatch(/^Ends +Unknown: .*db goes from 3 to 1 replica/)
    expect(stdout).toContain('what other Pods request of a node was not seen')
    expect(await ask('update', 'sts/db', '-n', 'broken')).toMatchObject({code: 2, stdout: ''})
  })

  test('a snapshot gives the answer that the cluster gave', async () => {
    const live = await plugin.stateful(['what-if', 'drain', 'node-a', '-o', 'json'])
    const {stdout} = await plugin.stateful(['snapshot', '-A'])
    const saved = await plugin.stateful(['what-if', 'drain', 'node-a', '-o', 'json', '-f', '-'], {
      input: stdout,
    })
    const timeless = (text: string) => ({...JSON.parse(text), observedAt: ''})
    expect(timeless(saved.stdout)).toEqual(timeless(live.stdout))
  })

  test('an eviction that fails ends a drain with an error, after all the others', async () => {
    const before = await untilPods(controlPlane, 'twice', 2)
    const uidOf = (pods: readonly V1Pod[], name: string) =>
      pods.find(({metadata}) => metadata?.name === name)?.metadata?.uid
    const nodes = ['db-0', 'db-1'].flatMap(
      (name) => before.find(({metadata}) => metadata?.name === name)?.spec?.nodeName ?? [],
    )
    const {stdout} = await plugin.stateful(['what-if', 'drain', ...nodes])
    expect(stdout).toMatch(
      /^Ends +Stopped: the drain ends with an error: twice\/db-0 stays, as more than one PodDisruptionBudget/,
    )
    expect(stdout).toMatch(/^twice\/db-1 +\S+ +Evicted/m)
    const drained = await controlPlane.kubectl(['drain', ...nodes, '--ignore-daemonsets'])
    expect(drained).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('more than one PodDisruptionBudget'),
    })
    const {items} = await controlPlane.get<V1PodList>('/api/v1/namespaces/twice/pods')
    expect(uidOf(items, 'db-0')).toBe(uidOf(before, 'db-0'))
    expect(uidOf(items, 'db-1')).not.toBe(uidOf(before, 'db-1'))
  })
})

/** The Role that we ship, of that namespace alone. */
async function mayRead({apply, kubectl}: ControlPlane, namespace: string): Promise<void> {
  const file = join(import.meta.dirname, '../../../rbac/role.yaml')
  const {metadata, ...rest} = load(readFileSync(file, 'utf8')) as V1Role
  await apply([{...rest, metadata: {...metadata, namespace}}])
  const bind = ['create', 'rolebinding', 'x', '-n', namespace, '--role=kubectl-stateful', '--user=reader']
  expect(await kubectl(bind)).toMatchObject({code: 0})
}

/** Two that take nobody but the Pods of one set. */
const apartNodes = ['node-d', 'node-e'].map((name) =>
  node(name, {labels: {twice: 'yes'}, taints: [{key: 'twice', value: 'yes', effect: 'NoSchedule'}]}),
)

/** Of one of its two Pods no budget can decide alone. */
const coveredTwice = [
  {name: 'all', matchLabels: {app: 'db'}},
  {name: 'first', matchLabels: {'statefulset.kubernetes.io/pod-name': 'db-0'}},
].map(({name, matchLabels}) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: {name, namespace: 'twice'},
  spec: {maxUnavailable: 1, selector: {matchLabels}},
}))

const sets: readonly V1StatefulSet[] = [
  statefulSet({
    namespace: 'twice',
    replicas: 2,
    podSpec: {
      affinity: apart('db'),
      nodeSelector: {twice: 'yes'},
      tolerations: [{key: 'twice', operator: 'Exists'}],
    },
  }),
  statefulSet({
    namespace: 'guarded',
    spec: {podManagementPolicy: 'Parallel'},
    podSpec: {affinity: apart('db')},
  }),
  statefulSet({namespace: 'only', replicas: 1, claims: [claim('data', {storageClass: 'zonal'})]}),
  statefulSet({
    namespace: 'shrinking',
    claims: [claim('data')],
    podSpec: {affinity: apart('db')},
    spec: {persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete'}},
  }),
  statefulSet({
    namespace: 'broken',
    replicas: 2,
    annotations: behaviourOf({1: 'crash'}),
  }),
]

function apart(app: string) {
  const term = {labelSelector: {matchLabels: {app}}, topologyKey: 'kubernetes.io/hostname'}
  return {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [term]}}
}
