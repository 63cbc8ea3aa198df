import {expect, test} from 'vitest'
import {attachmentName} from '../../../src/model/attachment-name.ts'
import {relate} from '../../../src/model/relations.ts'
import {named} from '../../../src/reports/needs/lists.ts'
import {wantedLogs} from '../../../src/reports/why/logs.ts'
import {whyQuestion, whyWithLogsQuestion} from '../../../src/reports/why/question.ts'
import {
  attachment,
  claim,
  containerStatus,
  healthy,
  pendingClaim,
  pendingPod,
  pod,
  snapshot,
  statefulSet,
  volume,
} from '../../builders.ts'
import {daemonPod} from '../../builders-daemon.ts'
import {asked, scopeOf} from './whys.ts'

const POD_EVENTS = 'list events involvedObject.kind=Pod,involvedObject.name=web-0'

test('a Pod that is well costs one GET for each thing that it hangs on, and a list of whom it may hold up', () => {
  expect(asked(snapshot({pods: [pod()]}), 'pods', 'web-0')).toEqual([
    'get pods/web-0',
    POD_EVENTS,
    'get statefulSets/web',
    'get persistentVolumeClaims/data-web-0',
    'get nodes/node-a (all)',
    // others may wait for what it holds
    'list pods',
  ])
  const local = volume({spec: {csi: undefined as never}})
  const known = {pods: [pod()], persistentVolumeClaims: [claim()], persistentVolumes: [local]}
  expect(asked(snapshot(known), 'pods', 'web-0').slice(6)).toEqual([
    'get persistentVolumes/pv-data-web-0 (all)',
    'get storageClasses/fast (all)',
  ])
})

test('where a driver attaches the volume, its attachment is read by the name that the controller gives it', () => {
  const known = {pods: [pod()], persistentVolumeClaims: [claim()], persistentVolumes: [volume()]}
  const elsewhere = attachment({spec: {nodeName: 'node-z'}})
  const name = attachmentName(volume(), 'node-a')
  expect(asked(snapshot(known), 'pods', 'web-0')).toContain(`get volumeAttachments/${name} (all)`)
  const pods = [pod({status: {phase: 'Pending'}})]
  // it may be attached elsewhere
  expect(asked(snapshot({...known, pods}), 'pods', 'web-0')).toContain('list volumeAttachments (all)')
  expect(asked(snapshot({...known, volumeAttachments: [elsewhere]}), 'pods', 'web-0')).toContain(
    'get nodes/node-z (all)',
  )
})

test('a Pod that waits is looked at among all nodes, and its claim among all volumes', () => {
  const known = {pods: [pendingPod()], persistentVolumeClaims: [pendingClaim()]}
  expect(asked(snapshot(known), 'pods', 'web-0').slice(2)).toEqual([
    'get statefulSets/web',
    'get persistentVolumeClaims/data-web-0',
    'list nodes (all)',
    'list pods',
    'list persistentVolumes (all)',
    'list storageClasses (all)',
    'list events involvedObject.kind=PersistentVolumeClaim,involvedObject.name=data-web-0',
  ])
})

test('a DaemonSet’s Pod asks for its set, and for no claims', () => {
  const known = {pods: [daemonPod('node-a')]}
  expect(asked(snapshot(known), 'pods', 'agent-node-a').slice(2)).toEqual([
    'get daemonSets/agent',
    'get nodes/node-a (all)',
  ])
})

test('a Pod that is not there asks for nothing more', () => {
  expect(whyQuestion.more(snapshot(), scopeOf('pods', 'web-0'))).toEqual([])
})

test('a set that is well asks beyond its first lists only for sets that may select the same Pods', () => {
  expect(asked(snapshot(healthy(3)), 'statefulSets', 'web').slice(-1)).toEqual(['list statefulSets'])
  expect(whyQuestion.needs(scopeOf('statefulSets', 'web')).map(({resource}) => resource)).toEqual([
    'statefulSets',
    'pods',
    'persistentVolumeClaims',
    'services',
    'persistentVolumes',
    'storageClasses',
    'volumeAttachments',
    'nodes',
    'endpointSlices',
    'controllerRevisions',
    'podDisruptionBudgets',
    'events',
  ])
})

test.for([
  [5, 5],
  [6, 1],
] as const)(
  'of a set with %i Pods in trouble %i lists of events are read, and nothing twice',
  ([count, lists]) => {
    const cluster = healthy(count)
    const pods = cluster.pods.map(({metadata}) => pendingPod({name: metadata?.name ?? ''}))
    const needs = whyQuestion.more(snapshot({...cluster, pods}), scopeOf('statefulSets', 'web'))
    expect(needs.map(({resource}) => resource)).toEqual([
      // another set may select the same Pods
      'statefulSets',
      ...Array.from({length: lists}, () => 'events'),
      // of which one may hold what a Pod waits for
      'pods',
    ])
  },
)

test('few are asked for by name, many as the list of their namespace, and of several namespaces all', () => {
  const places = (count: number, namespace: (index: number) => string) =>
    Array.from({length: count}, (_, index) => ({namespace: namespace(index), name: `c${index}`}))
  expect(
    named(
      'persistentVolumeClaims',
      places(40, () => 'shop'),
    ),
  ).toHaveLength(40)
  expect(
    named(
      'persistentVolumeClaims',
      places(41, () => 'shop'),
    ),
  ).toEqual([{resource: 'persistentVolumeClaims', namespace: 'shop'}])
  expect(named('persistentVolumeClaims', places(41, String))).toEqual([{resource: 'persistentVolumeClaims'}])
  expect(named('nodes', [{name: 'a'}, {name: 'a'}])).toEqual([{resource: 'nodes', name: 'a'}])
})

const crashing = {
  conditions: [{type: 'Ready', status: 'False'}],
  containerStatuses: [
    containerStatus({name: 'side', ready: true, state: {running: {}}}),
    containerStatus({restartCount: 3, state: {waiting: {reason: 'CrashLoopBackOff'}}}),
  ],
}

test('logs are those of the container that fails, of the run before where it has restarted', () => {
  const known = snapshot({...healthy(), pods: [pod({status: crashing})]})
  expect(whyWithLogsQuestion.logs?.(known, scopeOf('pods', 'web-0'))).toEqual([
    {namespace: 'shop', pod: 'web-0', container: 'main', previous: true},
  ])
})

test.for<[string, object, readonly object[]]>([
  ['one that never started has said nothing', {state: {waiting: {reason: 'ImagePullBackOff'}}}, []],
  [
    'one that terminated says it now',
    {state: {terminated: {exitCode: 2}}, restartCount: 1},
    [{previous: false}],
  ],
  ['one that runs and is not ready', {state: {running: {}}}, [{previous: false}]],
])('of logs: %s', ([, status, expected]) => {
  const unready = {...crashing, containerStatuses: [containerStatus(status)]}
  const relations = relate(snapshot({pods: [pod({status: unready})]}))
  const link = {kind: 'Pod', namespace: 'shop', name: 'web-0', state: 'broken', text: ''} as const
  expect(wantedLogs([link], relations)).toMatchObject(expected)
  expect(wantedLogs([{...link, state: 'ok'}], relations)).toEqual([])
})

test('without the flag nobody asks for logs', () => {
  expect(whyQuestion.logs).toBeUndefined()
})

test('where the controller has not looked at a set yet, it is asked whether there is one', () => {
  const set = statefulSet({metadata: {...statefulSet().metadata, generation: 2}})
  const known = {...healthy(), statefulSets: [{...set, status: {observedGeneration: 1, replicas: 1}}]}
  expect(asked(snapshot(known), 'statefulSets', 'web')).toContain('get leases/kube-controller-manager')
})
