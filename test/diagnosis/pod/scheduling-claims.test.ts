import {expect, test} from 'vitest'
import {scheduling} from '../../../src/diagnosis/pod/scheduling/scheduling.ts'
import type {Pod} from '../../../src/model/objects.ts'
import {claim, event, NOW, node, pendingClaim, pendingPod, pod, storageClass, volume} from '../../builders.ts'
import {type Facts, idOf} from '../subjects.ts'
import {ofPod} from './volumes-subject.ts'

const SINCE = '2026-05-01T11:30:00Z'
const JUST_NOW = '2026-05-01T11:59:50Z'
const UNBOUND = '0/4 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found'
const WFFC = storageClass({volumeBindingMode: 'WaitForFirstConsumer'})
const NODE = 'volume.kubernetes.io/selected-node'

function refused(message: string, others: object = {}, metadata: object = {}): Pod {
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message,
    lastTransitionTime: SINCE,
  }
  const made = pendingPod({status: {conditions: [{...condition, ...others}]}})
  return {...made, metadata: {...made.metadata, ...metadata}}
}

/** No condition at all yet. */
function unseenPod(others: Parameters<typeof pendingPod>[0] = {}): Pod {
  return pendingPod({...others, status: {conditions: [], ...others.status}})
}

test('an unbound immediate claim is the cause, and the Pod only points at it', () => {
  expect(ofPod(scheduling, {pods: [refused(UNBOUND)], persistentVolumeClaims: [pendingClaim()]})).toEqual({
    id: 'sched-unbound-immediate-pvc',
    severity: 'warning',
    message: 'Claim data-web-0 is not bound (web-0 is pending)',
    object: {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'},
    since: SINCE,
    evidence: ['pod/web-0 condition PodScheduled=False: pod has unbound immediate PersistentVolumeClaims'],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe pvc -n shop data-web-0'],
      act: [{text: 'the claim is the cause: see what is wrong with it', commands: []}],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
})

const young = pendingClaim({metadata: {name: 'data-web-0', namespace: 'shop', creationTimestamp: JUST_NOW}})
const youngPod = {creationTimestamp: JUST_NOW}
const GONE = '0/1 nodes are available: persistentvolumeclaim "data-web-0" not found.'

test.for<[string, Facts, string]>([
  ['an immediate claim of ten seconds', {pods: [refused(UNBOUND)], persistentVolumeClaims: [young]}, 'info'],
  ['a Pod of ten seconds', {pods: [refused(GONE, {}, youngPod)]}, 'info'],
  ['a missing claim', {pods: [refused(GONE)]}, 'warning'],
  ['claims that nobody could see', {pods: [refused(GONE)], unseen: ['persistentVolumeClaims']}, 'error'],
  [
    'a claim that has been bound since',
    {
      pods: [refused(UNBOUND)],
      persistentVolumeClaims: [
        claim({
          metadata: {
            name: 'data-web-0',
            namespace: 'shop',
            annotations: {'pv.kubernetes.io/bind-completed': 'yes'},
          },
        }),
      ],
    },
    'info',
  ],
])('%s: how bad it is', ([, facts, severity]) => {
  expect(ofPod(scheduling, facts)?.severity).toBe(severity)
})

test('up to 1.25 the text of a claim had a count, and it is of a claim nevertheless', () => {
  const text = '0/3 nodes are available: 3 pod has unbound immediate PersistentVolumeClaims.'
  expect(idOf(ofPod(scheduling, {pods: [refused(text)], persistentVolumeClaims: [pendingClaim()]}))).toBe(
    'sched-unbound-immediate-pvc',
  )
})

test('of two unbound claims only the immediate one holds the Pod back', () => {
  const volumes = ['data', 'lazy'].map((name) => ({
    name,
    persistentVolumeClaim: {claimName: `${name}-web-0`},
  }))
  const made = refused(UNBOUND)
  const facts: Facts = {
    pods: [{...made, spec: {containers: [], ...made.spec, volumes}}],
    persistentVolumeClaims: [
      pendingClaim({name: 'lazy-web-0'}),
      pendingClaim({spec: {storageClassName: 'at-once'}}),
    ],
    storageClasses: [WFFC],
  }
  expect(ofPod(scheduling, facts)?.message).toMatch(/^Claim data-web-0 is not bound/)
})

test('while a volume is provisioned for the chosen node the Pod has no condition, and a scheduler nevertheless', () => {
  const facts: Facts = {
    pods: [unseenPod()],
    persistentVolumeClaims: [
      pendingClaim({metadata: {name: 'data-web-0', namespace: 'shop', annotations: {[NODE]: 'a1'}}}),
    ],
    storageClasses: [WFFC],
  }
  expect(ofPod(scheduling, facts)).toMatchObject({
    id: 'sched-bind-timeout',
    severity: 'info',
    message: 'Claim data-web-0 is still being bound on node a1 (web-0 is pending)',
  })
})

test('binding that was given up names the claim', () => {
  const text =
    'running PreBind plugin "VolumeBinding": binding volumes: provisioning failed for PVC "data-web-0"'
  const facts: Facts = {
    pods: [refused(text, {reason: 'SchedulerError'})],
    persistentVolumeClaims: [pendingClaim()],
    storageClasses: [WFFC],
  }
  expect(ofPod(scheduling, facts)).toMatchObject({
    id: 'sched-bind-timeout',
    severity: 'error',
    object: {kind: 'PersistentVolumeClaim', name: 'data-web-0'},
    message: 'Claim data-web-0 is not bound, and the scheduler gave up waiting (web-0 is pending)',
    evidence: [expect.stringContaining('reason SchedulerError: running PreBind plugin')],
    remedy: {look: ['kubectl describe pvc -n shop data-web-0']},
  })
})

test('a node that is chosen after a refusal is prepared for the Pod; it makes room only where somebody leaves', () => {
  const waiting = refused('0/1 nodes are available: 1 Insufficient cpu.')
  const chosen = {...waiting, status: {...waiting.status, nominatedNodeName: 'a1'}}
  const leaving = pod({name: 'low', metadata: {deletionTimestamp: NOW}, spec: {nodeName: 'a1'}})
  expect(ofPod(scheduling, {pods: [chosen]})).toMatchObject({
    id: 'sched-nominated',
    severity: 'info',
    message: 'Node a1 is chosen, and is being prepared for the Pod (web-0 is pending)',
  })
  expect(ofPod(scheduling, {pods: [chosen, leaving]})).toMatchObject({
    id: 'sched-nominated',
    severity: 'warning',
    message: expect.stringMatching(/^Node a1 makes room for the Pod/),
  })
})

test.for<[string, Facts, string | undefined]>([
  [
    "another error of the scheduler's own",
    {pods: [refused('running "x" filter plugin: boom', {reason: 'SchedulerError'})]},
    'sched-unschedulable',
  ],
  ['a Pod that nobody looked at', {pods: [unseenPod()]}, 'sched-no-scheduler'],
  [
    'one of ten seconds',
    {pods: [unseenPod({metadata: {name: 'web-0', creationTimestamp: JUST_NOW}})]},
    undefined,
  ],
  [
    'one that an event says was looked at',
    {
      pods: [unseenPod()],
      events: [
        event('FailedScheduling', 'no', {
          involvedObject: {kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'uid-web-0'},
        }),
      ],
    },
    undefined,
  ],
  [
    'an event about an earlier Pod of the name says nothing',
    {
      pods: [unseenPod()],
      events: [
        event('FailedScheduling', 'no', {
          involvedObject: {kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'uid-old'},
        }),
      ],
    },
    'sched-no-scheduler',
  ],
  [
    'one that is about to be bound (1.35)',
    {pods: [unseenPod({status: {nominatedNodeName: 'a1'}})]},
    'sched-nominated',
  ],
  [
    'a claim that waits for its Pod is not the cause of it',
    {
      pods: [refused('0/1 nodes are available: 1 Insufficient cpu.')],
      persistentVolumeClaims: [pendingClaim()],
      storageClasses: [WFFC],
      nodes: [node()],
    },
    'sched-insufficient-cpu',
  ],
  [
    'a bound claim is not what is not found',
    {
      pods: [refused('0/1 nodes are available: 1 Too many pods.')],
      persistentVolumeClaims: [claim()],
      persistentVolumes: [volume()],
      nodes: [node()],
    },
    'sched-too-many-pods',
  ],
])('%s', ([, facts, id]) => {
  expect(idOf(ofPod(scheduling, facts))).toBe(id)
})

const NO_VOLUME = "0/1 nodes are available: 1 node(s) didn't find available persistent volumes to bind."
const lazy = (provisioner: string, annotations: Record<string, string> = {}): Facts => ({
  pods: [refused(NO_VOLUME)],
  nodes: [node()],
  persistentVolumeClaims: [pendingClaim({metadata: {name: 'data-web-0', namespace: 'shop', annotations}})],
  storageClasses: [storageClass({provisioner, volumeBindingMode: 'WaitForFirstConsumer'})],
})

test.for<[string, Facts, string, RegExp]>([
  [
    'nobody provisions volumes, as the claim says itself',
    lazy('kubernetes.io/no-provisioner'),
    'warning',
    /found no volume/,
  ],
  [
    'the class does not serve the nodes, and only the Pod says so',
    lazy('csi.test'),
    'error',
    /found no volume/,
  ],
  [
    'the chosen node is gone, as the claim says itself',
    lazy('csi.test', {[NODE]: 'gone'}),
    'warning',
    /^Claim data-web-0 can only be bound on node gone, which does not exist \(/,
  ],
])('no volume in reach: %s', ([, facts, severity, words]) => {
  expect(ofPod(scheduling, facts)).toMatchObject({
    id: 'sched-no-pv-to-bind',
    severity,
    message: expect.stringMatching(words),
    object: {kind: 'PersistentVolumeClaim', name: 'data-web-0'},
  })
})

test('room is the cause where other nodes have the volumes', () => {
  const message =
    "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't find available persistent volumes to bind."
  const facts = {...lazy('kubernetes.io/no-provisioner'), pods: [refused(message)]}
  expect(idOf(ofPod(scheduling, facts))).toBe('sched-insufficient-cpu')
})
