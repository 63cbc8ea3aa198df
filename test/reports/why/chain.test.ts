import {expect, test} from 'vitest'
import {nameOf} from '../../../src/model/objects.ts'
import {
  attachment,
  claim,
  containerStatus,
  healthy,
  node,
  pendingClaim,
  pendingPod,
  pinnedTo,
  pod,
  statefulSet,
  volume,
} from '../../builders.ts'
import {daemonPod, daemonSet, waitingPod} from '../../builders-daemon.ts'
import {links, why} from './whys.ts'

const crashing = {
  phase: 'Running',
  conditions: [{type: 'Ready', status: 'False', lastTransitionTime: '2026-05-01T11:00:00Z'}],
  containerStatuses: [
    containerStatus({
      restartCount: 7,
      state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off'}},
      lastState: {terminated: {exitCode: 1, reason: 'Error', finishedAt: '2026-05-01T11:58:00Z'}} as never,
    }),
  ],
}

test('of a Pod the chain goes from its set to its node', () => {
  const report = why('pods', 'web-0', {...healthy(), volumeAttachments: [attachment()]})
  expect(links(report)).toEqual([
    'StatefulSet web ok',
    'Ordinal 0 ok',
    'Pod web-0 ok',
    'PersistentVolumeClaim data-web-0 ok',
    'PersistentVolume pv-data-web-0 ok',
    'VolumeAttachment csi-1 ok',
    'Node node-a ok',
  ])
  expect(report.findings).toEqual([])
  expect(report.subject).toEqual({kind: 'Pod', namespace: 'shop', name: 'web-0'})
})

test('of a healthy set one line says all', () => {
  const report = why('statefulSets', 'web', healthy(3))
  expect(report.chain).toEqual([
    expect.objectContaining({kind: 'StatefulSet', text: expect.stringContaining('3/3 ready')}),
  ])
})

test('of a set the chain is that of the ordinal in the way', () => {
  const cluster = healthy(3)
  const report = why('statefulSets', 'web', {
    ...cluster,
    pods: cluster.pods.map((each) =>
      nameOf(each) === 'web-1' ? pod({name: 'web-1', status: crashing}) : each,
    ),
  })
  expect(links(report)).toEqual([
    expect.stringMatching(/^StatefulSet web/),
    'Ordinal 1 ok',
    'Pod web-1 broken',
    'PersistentVolumeClaim data-web-1 ok',
    'PersistentVolume pv-data-web-1 ok',
    'Node node-a ok',
  ])
})

test('an ordinal without Pod says so, twice', () => {
  const cluster = healthy(2)
  const report = why('statefulSets', 'web', {...cluster, pods: cluster.pods.slice(0, 1)})
  expect(links(report).slice(1, 3)).toEqual(['Ordinal 1 missing', 'Pod web-1 missing'])
})

test('a host that is gone, and that alone could reach the volume, ends the chain', () => {
  const report = why('pods', 'web-0', {
    ...healthy(),
    pods: [pendingPod()],
    persistentVolumes: [volume({spec: pinnedTo('kubernetes.io/hostname', 'node-z')})],
  })
  expect(links(report).slice(2)).toEqual([
    expect.stringMatching(/^Pod web-0/),
    'PersistentVolumeClaim data-web-0 ok',
    'PersistentVolume pv-data-web-0 broken',
    'Node node-z missing',
  ])
  expect(report.findings[0]?.id).toBe('sched-pv-node-affinity')
})

test('what was not seen is unknown, and nothing is made of it', () => {
  const report = why('pods', 'web-0', {pods: [pod()]}, [
    'statefulSets',
    'persistentVolumeClaims',
    'persistentVolumes',
    'nodes',
    'events',
  ])
  expect(links(report)).toEqual([
    'StatefulSet web unknown',
    'Ordinal 0 ok',
    'Pod web-0 ok',
    'PersistentVolumeClaim data-web-0 unknown',
    'Node node-a unknown',
  ])
  expect(report.findings).toEqual([])
})

test('of a claim the chain has its users above and its volume below', () => {
  expect(links(why('persistentVolumeClaims', 'data-web-0', healthy()))).toEqual([
    'StatefulSet web ok',
    'Ordinal 0 ok',
    'Pod web-0 ok',
    'PersistentVolumeClaim data-web-0 ok',
    'PersistentVolume pv-data-web-0 ok',
    'Node node-a ok',
  ])
})

test('a claim that waits is explained by its own cause', () => {
  const report = why('persistentVolumeClaims', 'data-web-0', {
    ...healthy(),
    pods: [pendingPod()],
    persistentVolumeClaims: [pendingClaim({spec: {storageClassName: 'gone'}})],
  })
  expect(links(report)).toContain('PersistentVolumeClaim data-web-0 broken')
  expect(report.findings[0]?.id).toBe('pvc-class-missing')
})

test('of a node the chain has all that it holds, and what is only there', () => {
  const pinned = pinnedTo('kubernetes.io/hostname', 'node-a')
  const report = why('nodes', 'node-a', {
    ...healthy(),
    nodes: [node(), node({name: 'node-b'})],
    pods: [pod(), pod({name: 'web-1', spec: {nodeName: 'node-b'}}), daemonPod('node-a')],
    daemonSets: [daemonSet()],
    persistentVolumes: [
      volume({spec: pinned}),
      volume({name: 'pv-left', spec: pinned}),
      volume({name: 'pv-free'}),
    ],
  })
  expect(links(report)).toEqual([
    'Node node-a ok',
    'Pod web-0 ok',
    'PersistentVolumeClaim data-web-0 ok',
    'PersistentVolume pv-data-web-0 ok',
    'PersistentVolume pv-left ok',
    expect.stringMatching(/^Pod agent.* ok$/),
  ])
  expect(report.chain[1]?.text).toContain('would not come back elsewhere: its data is only here')
  expect(report.chain[4]?.text).toContain('kept for claim shop/left, only reachable from here')
  expect(report.subject).toEqual({kind: 'Node', name: 'node-a'})
})

test.for([
  ['could come back on 1 other node', {}],
  ['no other node would take it', {spec: {unschedulable: true}}],
] as const)('of a Pod whose data is everywhere: %s', ([text, other]) => {
  const report = why('nodes', 'node-a', {...healthy(), nodes: [node(), node({name: 'node-b', ...other})]})
  expect(report.chain[1]?.text).toContain(text)
})

test('of a DaemonSet the chain is that of the node in the way', () => {
  const report = why('daemonSets', 'agent', {
    daemonSets: [daemonSet()],
    pods: [daemonPod('node-a'), daemonPod('node-b', {status: crashing})],
    nodes: [node(), node({name: 'node-b'})],
  })
  expect(links(report)).toEqual([
    expect.stringMatching(/^DaemonSet agent/),
    'Node node-b ok',
    expect.stringMatching(/^Pod agent.* broken$/),
  ])
})

test('a node that should run a Pod and has none is the end of the chain', () => {
  const report = why('daemonSets', 'agent', {
    daemonSets: [daemonSet()],
    nodes: [node()],
  })
  expect(links(report).slice(1)).toEqual(['Node node-a ok', 'Pod <none> missing'])
})

test.for(['statefulSets', 'daemonSets', 'pods', 'persistentVolumeClaims', 'nodes'] as const)(
  'of %s that do not exist nothing is said',
  (kind) => {
    expect(why(kind, 'none', healthy())).toMatchObject({chain: [], timeline: [], findings: []})
  },
)

test('a set of the same name in another namespace is another set', () => {
  const other = statefulSet({namespace: 'other', replicas: 9})
  const report = why('statefulSets', 'web', {...healthy(), statefulSets: [other, ...healthy().statefulSets]})
  expect(report.chain[0]?.text).toContain('1/1 ready')
})

test('a claim that is being deleted under its Pod is the broken link', () => {
  const metadata = {
    ...claim().metadata,
    deletionTimestamp: '2026-05-01T11:00:00Z',
    finalizers: ['kubernetes.io/pvc-protection'],
  }
  const report = why('persistentVolumeClaims', 'data-web-0', {
    ...healthy(),
    persistentVolumeClaims: [claim({metadata})],
  })
  expect(links(report)).toContain('PersistentVolumeClaim data-web-0 broken')
  expect(report.findings[0]?.id).toBe('pvc-terminating-protected')
})

test('of a set whose Pods were not seen one line says what is known', () => {
  const report = why('statefulSets', 'web', {...healthy(3), pods: []}, ['pods'])
  expect(report.chain).toEqual([
    expect.objectContaining({state: 'unknown', text: expect.stringContaining('<unknown>/3 ready')}),
  ])
})

test('a daemon Pod that waits has the node that it is for', () => {
  const waiting = waitingPod('node-a', '0/1 nodes are available: 1 Insufficient cpu.')
  const report = why('pods', 'agent-node-a', {daemonSets: [daemonSet()], pods: [waiting], nodes: [node()]})
  expect(links(report)).toEqual([
    'DaemonSet agent ok',
    expect.stringMatching(/^Pod agent-node-a (waiting|broken)$/),
    'Node node-a ok',
  ])
  expect(report.findings[0]?.id).toBe('sched-insufficient-cpu')
})

test('a node that is not ready says why, and is the broken link', () => {
  const conditions = [{type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.'}]
  const report = why('nodes', 'node-a', {nodes: [node({status: {conditions}, spec: {unschedulable: true}})]})
  expect(report.chain).toMatchObject([
    {state: 'broken', text: 'is not ready (Kubelet stopped posting node status.), is cordoned, zone a'},
  ])
})
