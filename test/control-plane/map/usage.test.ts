import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {V1ClusterRole} from '@kubernetes/client-node'
import {load} from 'js-yaml'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {type Kubelet, type Kubelets, standInKubelets, TIME} from '../situations/kubelet.ts'
import {addNodes} from '../situations/nodes.ts'
import {claim, localVolume, storageClass} from '../situations/volumes.ts'
import {untilReady} from '../situations/waits.ts'
import {headlessService, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {found, installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {requestsOf, right, stopAfterReadsOnly} from '../tools/requests.ts'
import {checkedMap} from '../tools/schema.ts'

const GROUP = 'rbac.authorization.k8s.io'
const MI = 2 ** 20
const INODES = {inodes: 655_360, inodesUsed: 65_536, inodesFree: 589_824}
const FULL = {capacityBytes: 10_240 * MI, usedBytes: 10_228 * MI, availableBytes: 12 * MI, ...INODES}
const HALF = {capacityBytes: 10_240 * MI, usedBytes: 5_000 * MI, availableBytes: 5_000 * MI, ...INODES}

const usage = load(
  readFileSync(join(import.meta.dirname, '../../../rbac/usage.yaml'), 'utf8'),
) as V1ClusterRole

/** Binds somebody to one of the ClusterRoles that we ship. */
function binding(user: string, name = ''): object {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: {name: `${user}-${name}`},
    roleRef: {apiGroup: GROUP, kind: 'ClusterRole', name},
    subjects: [{apiGroup: GROUP, kind: 'User', name: user}],
  }
}

describeControlPlane('map --usage', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let behind: Kubelets
  let kubelets: readonly Kubelet[] = []

  beforeAll(async () => {
    behind = await standInKubelets()
    controlPlane = await startControlPlane({apiServerArgs: behind.apiServerArgs})
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    const spread = {topologyKey: 'kubernetes.io/hostname', labelSelector: {matchLabels: {app: 'db'}}}
    await controlPlane.apply([
      usage,
      binding('tenant-a', usage.metadata?.name),
      ...['tenant-a', 'tenant-b'].map((user) => binding(user, 'kubectl-stateful')),
      storageClass(),
      ...['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`)),
      headlessService('db', 'shop'),
      statefulSet({
        namespace: 'shop',
        replicas: 3,
        claims: [claim('data')],
        podSpec: {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [spread]}}},
      }),
    ])
    await untilReady(controlPlane, 'shop', 'db')
    const {stdout} = await plugin.stateful(['map', 'db', '-n', 'shop'])
    const nodes = table(stdout).map(({NODE = ''}) => NODE)
    const figures = [{'data-db-0': FULL}, {'data-db-1': HALF}, undefined]
    kubelets = await Promise.all(nodes.map((node, index) => behind.start(controlPlane, node, figures[index])))
  })

  afterAll(async () => {
    await stopAfterReadsOnly(controlPlane)
    behind?.close()
  })

  const measuredAs = (user: 'tenant-a' | 'tenant-b', ...args: readonly string[]) =>
    plugin.stateful(['map', 'db', '-n', 'shop', '--usage', ...args], {
      env: {KUBECONFIG: controlPlane.user(user).kubeconfig},
    })
  const measured = (...args: readonly string[]) => measuredAs('tenant-a', ...args)

  test('shows what the kubelets have measured, and names the one that does not tell', async () => {
    const {stdout, stderr, code} = await measured()
    const silent = table(stdout)[2]?.NODE
    expect({stderr, code}).toEqual({
      stderr: `Warning: could not read nodes/proxy of ${silent} (Timeout); what they would tell is <unknown>\n`,
      code: 0,
    })
    expect(table(stdout)).toMatchObject([
      {POD: 'db-0', USED: '9.9Gi', FREE: '12Mi', 'USE%': '99%', 'IUSE%': '10%'},
      {POD: 'db-1', USED: '4.8Gi', FREE: '4.8Gi', 'USE%': '50%', 'IUSE%': '10%'},
      {POD: 'db-2', USED: '<unknown>', FREE: '<unknown>', 'USE%': '<unknown>', 'IUSE%': '<unknown>'},
    ])
  })

  test('finds the disk that is full, as data too', async () => {
    const {stdout, code} = await measured('-o', 'json', '--exit-code')
    const report = checkedMap(JSON.parse(stdout))
    expect(code).toBe(1)
    expect(found(report)).toEqual(['error disk-full data-db-0'])
    expect(ordinals(report).map(({claims}) => claims[0]?.usage)).toEqual([
      {...FULL, measuredAt: TIME},
      {...HALF, measuredAt: TIME},
      null,
    ])
  })

  test('asks one thing of each node, and nothing without the flag', async () => {
    const count = () => kubelets.map(({asked}) => asked.length)
    const before = count()
    const without = await requestsOf(controlPlane, () => plugin.stateful(['map', 'db', '-n', 'shop']))
    expect(without.map(right).filter((each) => each.includes('proxy'))).toEqual([])
    expect(count()).toEqual(before)
    await measured()
    expect(count()).toEqual(before.map((each) => each + 1))
    expect(new Set(kubelets.flatMap(({asked}) => asked))).toEqual(new Set(['GET /stats/summary']))
  })

  test('without the right, the rest is answered', async () => {
    const {stdout, stderr, code} = await measuredAs('tenant-b')
    expect({stderr, code}).toEqual({
      stderr: 'Warning: could not read nodes/proxy (Forbidden); what they would tell is <unknown>\n',
      code: 0,
    })
    expect(table(stdout)[0]).toMatchObject({POD: 'db-0', STATUS: 'Running', 'USE%': '<unknown>'})
  })
})
