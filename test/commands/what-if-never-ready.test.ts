import {expect, test} from 'vitest'
import {runPlugin} from '../run-plugin.ts'

const of = (kind: string, name: string) => [{apiVersion: 'apps/v1', kind, name, uid: name, controller: true}]
const labels = (app: string) => ({app, 'controller-revision-hash': 'one'})
const READY = {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]}

const set = (kind: string, namespace: string, name: string) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: {namespace, name, uid: name},
  spec: {
    ...(kind === 'StatefulSet' && {replicas: 3}),
    selector: {matchLabels: {app: name}},
    template: {metadata: {labels: {app: name}}, spec: {containers: []}},
  },
  ...(kind === 'StatefulSet' && {
    status: {replicas: 2, currentRevision: 'one', updateRevision: 'one', observedGeneration: 1},
  }),
})

const pod = (kind: string, namespace: string, owner: string, name: string, nodeName: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    namespace,
    name,
    uid: `${namespace}/${name}`,
    labels: {...labels(owner), 'statefulset.kubernetes.io/pod-name': name},
    ownerReferences: of(kind, owner),
  },
  spec: {nodeName, containers: []},
  status: READY,
})

/** db-2 is still to come. */
const items = [
  ...['a', 'b', 'tainted'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {name, uid: name},
    ...(name === 'tainted' && {spec: {taints: [{key: 'gpu', effect: 'NoSchedule'}]}}),
    status: {...READY, allocatable: {cpu: '4', pods: '10'}},
  })),
  set('StatefulSet', 'shop', 'db'),
  set('DaemonSet', 'sys', 'agent'),
  pod('StatefulSet', 'shop', 'db', 'db-0', 'a'),
  pod('StatefulSet', 'shop', 'db', 'db-1', 'b'),
  pod('DaemonSet', 'sys', 'agent', 'agent-x1', 'a'),
  pod('DaemonSet', 'sys', 'agent', 'agent-x2', 'b'),
  pod('ReplicaSet', 'web', 'front', 'front-1', 'a'),
]

const asked = (line: string) =>
  runPlugin(
    ['what-if', ...line.split(' '), '-f', '-'],
    '/',
    JSON.stringify({apiVersion: 'v1', kind: 'List', items}),
  )

test.each([
  ['drain a --never-ready db-9', 'db-9', 'one of shop/db-0 and web/front-1'],
  ['drain a --never-ready sys/db-0', 'sys/db-0', 'one of shop/db-0 and web/front-1'],
  ['drain a --never-ready a', 'a', 'one of shop/db-0 and web/front-1'],
  ['update sts/db -n shop --never-ready db-77', 'db-77', 'one of db-0, db-1 and db-2'],
  ['update sts/db -n shop --never-ready front-1', 'front-1', 'one of db-0, db-1 and db-2'],
  ['scale sts/db -n shop --replicas 4 --never-ready db-4', 'db-4', 'one of db-0, db-1, db-2 and db-3'],
  [
    'update ds/agent -n sys --never-ready agent-x3',
    'agent-x3',
    'one of agent-x1 and agent-x2, or the name of its node',
  ],
  ['update ds/agent -n sys --never-ready c', 'c', 'one of agent-x1 and agent-x2, or the name of its node'],
  [
    'update ds/agent -n sys --never-ready tainted',
    'tainted',
    'one of agent-x1 and agent-x2, or the name of its node',
  ],
  ['drain a --never-ready x/shop/db-0', 'x/shop/db-0', 'one of shop/db-0 and web/front-1'],
  ['delete pod/db-0 -n shop --never-ready db-O', 'db-O', 'db-0'],
])('%s is about nobody', async (line, name, those) => {
  expect(await asked(line)).toEqual({
    stdout: '',
    stderr: `error: --never-ready: pods "${name}" not found (it could be ${those})\n`,
    code: 2,
  })
})

test.each([
  ['drain a --never-ready db-0', 'shop/db-0 does not come back: it never becomes ready, as you said'],
  ['drain a --never-ready shop/db-0', 'shop/db-0 does not come back: it never becomes ready, as you said'],
  ['drain a --never-ready db-1', 'Ends'],
  ['drain a --never-ready db-2', 'Ends'],
  ['drain b --never-ready db-0 --never-ready front-1', 'Ends'],
  [
    'scale sts/db -n shop --replicas 4 --never-ready db-3',
    'it stops there: db waits for db-3 to become ready',
  ],
  ['scale sts/db -n shop --replicas 1 --never-ready db-2', 'Done'],
  ['update sts/db -n shop --never-ready web/front-1', 'Ends'],
  ['update ds/agent -n sys --never-ready agent-x1', 'agent-a-<new> on a to become ready'],
  ['update ds/agent -n sys --never-ready a', 'agent-a-<new> on a to become ready'],
  ['delete pod/agent-x1 -n sys --never-ready agent-x1', 'never becomes ready, as you said'],
  ['delete pod/agent-x1 -n sys --never-ready a', 'never becomes ready, as you said'],
  ['delete pod/agent-x1 -n sys --never-ready b', 'Done'],
])('%s is about somebody', async (line, text) => {
  const {stdout, code} = await asked(line)
  expect([stdout.includes(text), code]).toEqual([true, 0])
})

test('where no Pods were seen nobody says that there is none of that name', async () => {
  const seen = items.filter(({kind}) => kind !== 'Pod')
  const {code} = await runPlugin(
    ['what-if', 'drain', 'a', '--never-ready', 'db-9', '-f', '-'],
    '/',
    JSON.stringify({apiVersion: 'v1', kind: 'List', items: seen}),
  )
  expect(code).toBe(0)
})
