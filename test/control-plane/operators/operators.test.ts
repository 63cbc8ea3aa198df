import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {V1ClusterRole} from '@kubernetes/client-node'
import {load} from 'js-yaml'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from '../situations/nodes.ts'
import {claim, localVolume, storageClass} from '../situations/volumes.ts'
import {isCrashing, untilPods} from '../situations/waits.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin, table} from '../tools/plugin.ts'
import {requestsOf, stopAfterReadsOnly} from '../tools/requests.ts'
import {checkedMap, checkedRollout, checkedWhy} from '../tools/schema.ts'
import {ALL, type Operated} from './objects.ts'
import {definition, ownedBy, TYPES, write} from './types.ts'

const GROUP = 'rbac.authorization.k8s.io'
const ours = load(
  readFileSync(join(import.meta.dirname, '../../../rbac/operators.yaml'), 'utf8'),
) as V1ClusterRole
const theirs = {
  ...ours,
  metadata: {name: 'caches'},
  rules: [{apiGroups: ['cache.example.com'], resources: ['caches'], verbs: ['get']}],
}

function binding(user: string, name = ''): object {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: {name: `${user}-${name}`},
    roleRef: {apiGroup: GROUP, kind: 'ClusterRole', name},
    subjects: [{apiGroup: GROUP, kind: 'User', name: user}],
  }
}

/** As its operator makes it. */
function podsOf({written, pods}: Operated, uid: string): readonly object[] {
  return pods.map(({name, labels, annotations, claims = []}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name, namespace: 'shop', labels, annotations, ...ownedBy(written, uid)},
    spec: {
      containers: [{name: 'app', image: 'registry.example/app:1'}],
      volumes: claims.map((claimName, index) => ({
        name: `data-${index}`,
        persistentVolumeClaim: {claimName},
      })),
    },
  }))
}

const CLAIMS = ALL.flatMap(({pods}) => pods.flatMap(({claims = []}) => claims))
/** Of the Pods that are not there yet. */
const KEPT = ['data-db-3', 'data-0-kafka-broker-11']

describeControlPlane('what operators bring along', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await controlPlane.createNamespace('shop')
    await controlPlane.apply([
      ...Object.values(TYPES).map(definition),
      ours,
      theirs,
      ...[ours.metadata?.name, 'kubectl-stateful', 'caches'].map((name) => binding('tenant-a', name)),
      binding('tenant-b', 'kubectl-stateful'),
      storageClass(),
      ...CLAIMS.map((_, index) => localVolume(`disk-${index}`, 'node-a')),
      ...[...CLAIMS, ...KEPT].map((name) => {
        const {metadata, ...rest} = claim(name)
        return {...rest, metadata: {...metadata, namespace: 'shop'}}
      }),
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {name: 'hot-8', namespace: 'shop'},
        spec: {containers: [{name: 'app', image: 'registry.example/app:1'}]},
      },
    ])
    for (const operated of ALL) {
      const uid = await write(controlPlane, 'shop', operated.written)
      await controlPlane.apply(podsOf(operated, uid))
    }
    const count = ALL.flatMap(({pods}) => pods).length
    await untilPods(controlPlane, 'shop', 1, isCrashing)
    await untilPods(controlPlane, 'shop', count)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const as = (user: 'tenant-a' | 'tenant-b') => ({env: {KUBECONFIG: controlPlane.user(user).kubeconfig}})

  const ask = async (...words: readonly string[]) => {
    const {stdout, stderr, code} = await plugin.stateful([...words, '-n', 'shop'], as('tenant-a'))
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    return stdout
  }

  /** A rollout says before its table how it stands. */
  const queueIn = (text: string) => text.split('\n\n').find((part) => part.startsWith('ORDINAL')) ?? text

  const cells = (text: string, ...names: readonly string[]) =>
    table(queueIn(text)).map((row) => names.map((name) => row[name]).join(' '))

  test('any object that owns Pods: those that it controls, by their numbers', async () => {
    const text = await ask('map', 'caches.cache.example.com/hot')
    expect(
      cells(text, 'CACHE', 'ORDINAL', 'POD', 'STATUS', 'NODE').map((row) => row.replace(/ node-.$/, '')),
    ).toEqual(['hot 9 hot-9 Running', 'hot 10 hot-10 Running', 'hot <none> hot-proxy Running'])
    const rollout = checkedRollout(
      JSON.parse(await ask('rollout', 'cache.cache.example.com/hot', '-o', 'json')),
    )
    expect(rollout.workloads).toMatchObject([
      {
        kind: 'Cache',
        group: 'cache.example.com',
        state: 'Unknown',
        counts: {desired: 2, updated: null, ready: 3},
        decidedBy: 'not foretold: what the controller of Cache does is not known',
      },
    ])
  })

  test('an Advanced StatefulSet: without the ordinals that are reserved, and its own strategy', async () => {
    const text = await ask('map', 'statefulsets.apps.kruise.io/db')
    expect(cells(text, 'STATEFULSET', 'ORDINAL', 'STATUS', 'CLAIM', 'CAPACITY', 'NODE')).toEqual([
      'db 0 Running data-db-0 10Gi node-a',
      'db 1 (condemned) Running data-db-1 10Gi node-a',
      'db 2 Running data-db-2 10Gi node-a',
      'db 3 Missing data-db-3 <none> <none>',
    ])
    const rollout = await ask('rollout', 'asts.apps.kruise.io/db')
    expect(cells(rollout, 'ORDINAL', 'REVISION', 'STATE')).toEqual([
      '0 db-5c6d waiting',
      '1 db-5c6d condemned',
      '2 db-7f8a updated',
      '3 <none> missing',
    ])
    const [workload] = checkedRollout(
      JSON.parse(await ask('rollout', 'asts.apps.kruise.io/db', '-o', 'json')),
    ).workloads
    expect(workload).toMatchObject({
      state: 'Progressing',
      updateStrategy: {partition: 0, maxUnavailable: '25%', podUpdatePolicy: 'InPlaceIfPossible'},
      counts: {desired: 3, updated: 1, ready: 2},
      updateRevision: 'db-7f8a',
      decidedBy: expect.stringContaining('OpenKruise updates from the highest ordinal down'),
    })
  })

  test('an Advanced DaemonSet: kept back by its partition', async () => {
    const text = await ask('rollout', 'daemonsets.apps.kruise.io/agent', '-o', 'json')
    expect(checkedRollout(JSON.parse(text)).workloads).toMatchObject([
      {
        kind: 'DaemonSet',
        group: 'apps.kruise.io',
        state: 'Held',
        reason: 'partition 1 keeps 1 of the old revision',
        counts: {desired: 2, updated: 1, ready: 2},
      },
    ])
    expect(cells(await ask('map', 'daemonsets.apps.kruise.io/agent'), 'DAEMONSET', 'POD', 'STATUS')).toEqual([
      'agent agent-12345 Running',
      'agent agent-x7f2k Running',
    ])
  })

  test('a StrimziPodSet: by what is written of each Pod', async () => {
    const text = await ask('map', 'sps.core.strimzi.io/kafka-broker')
    expect(cells(text, 'ORDINAL', 'STATUS', 'CLAIM')).toEqual([
      '0 Running data-0-kafka-broker-0',
      '10 Running data-0-kafka-broker-10',
      '11 Missing data-0-kafka-broker-11',
    ])
    const rollout = await ask('rollout', 'strimzipodsets.core.strimzi.io/kafka-broker')
    expect(cells(rollout, 'ORDINAL', 'REVISION', 'STATE')).toEqual([
      '0 b2 updated',
      '10 a1 waiting',
      '11 <none> missing',
    ])
  })

  test('a Cluster of CloudNativePG: its primary, its phase, and what is wrong', async () => {
    const text = await ask('map', 'clusters.postgresql.cnpg.io/pg')
    expect(cells(text, 'CLUSTER', 'ORDINAL', 'ROLE', 'POD', 'CLAIM')).toEqual([
      'pg 1 replica pg-1 pg-1',
      'pg 3 primary pg-3 pg-3',
      'pg 4 replica pg-4 pg-4',
    ])
    const status = await ask('status', 'clusters.postgresql.cnpg.io/pg')
    expect(cells(status, 'WORKLOAD', 'READY', 'UPDATED', 'STATE')).toEqual([
      'cluster.postgresql.cnpg.io/pg 2/3 <unknown> Progressing',
    ])
    const why = checkedWhy(JSON.parse(await ask('why', 'clusters.postgresql.cnpg.io/pg', '-o', 'json')))
    expect(why.subject).toEqual({kind: 'Cluster', group: 'postgresql.cnpg.io', namespace: 'shop', name: 'pg'})
    expect(why.findings.map(({id, object}) => `${id} ${object.name}`)).toEqual(['crash-loop pg-4'])
    expect(why.chain.map(({kind, name}) => `${kind} ${name}`).slice(0, 3)).toEqual([
      'Cluster pg',
      'Pod pg-4',
      'PersistentVolumeClaim pg-4',
    ])
  })

  test('as data, each is what the schema says', async () => {
    const names = [
      'statefulsets.apps.kruise.io/db',
      'sps.core.strimzi.io/kafka-broker',
      'clusters.postgresql.cnpg.io/pg',
    ]
    const report = checkedMap(JSON.parse(await ask('map', ...names, '-o', 'json')))
    expect(
      report.workloads.map(({kind, group, desiredReplicas}) => `${kind} ${group} ${desiredReplicas}`),
    ).toEqual([
      'StatefulSet apps.kruise.io 3',
      'StrimziPodSet core.strimzi.io 3',
      'Cluster postgresql.cnpg.io 3',
    ])
    expect(await ask('map', ...names, '-o', 'name')).toBe(
      'statefulset.apps.kruise.io/db\nstrimzipodset.core.strimzi.io/kafka-broker\ncluster.postgresql.cnpg.io/pg\n',
    )
  })

  test('types are asked for once, and only where one is named', async () => {
    const paths = async (...words: readonly string[]) =>
      (await requestsOf(controlPlane, () => plugin.stateful([...words, '-n', 'shop'], as('tenant-a')))).map(
        ({requestURI}) => requestURI,
      )
    const named = await paths('map', 'clusters.postgresql.cnpg.io/pg', 'caches.cache.example.com/hot')
    expect(named.filter((path) => path === '/apis')).toHaveLength(1)
    expect(named.filter((path) => path.startsWith('/apis/')).toSorted()[0]).toMatch(/cache\.example\.com/)
    for (const words of [['map'], ['status'], ['rollout']])
      expect((await paths(...words)).filter((path) => path === '/apis')).toEqual([])
  })

  test.for([
    ['nosuch.example.org/x', 'tenant-a'],
    ['clusters.example.org/x', 'tenant-a'],
    ['clusters.postgresql.cnpg.io/nosuch', 'tenant-a'],
    ['clusters.postgresql.cnpg.io/pg', 'tenant-b'],
  ] as const)('%s for %s: in the very words of kubectl', async ([name, user]) => {
    const {stderr} = await controlPlane.kubectl(['get', name, '-n', 'shop'], as(user))
    for (const command of ['map', 'rollout', 'status', 'why'])
      expect(await plugin.stateful([command, name, '-n', 'shop'], as(user))).toEqual({
        stdout: '',
        stderr,
        code: 2,
      })
  })
})
