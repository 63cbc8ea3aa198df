import {expect, test} from 'vitest'
import {pending} from '../../../src/diagnosis/claim/pending.ts'
import {
  CREATED,
  claimTemplate,
  event,
  NOW,
  node,
  pendingClaim,
  pod,
  statefulSet,
  storageClass,
} from '../../builders.ts'
import {about, type Facts, idOf} from '../subjects.ts'

const named = statefulSet({
  spec: {
    volumeClaimTemplates: [claimTemplate('data')],
    template: {spec: {nodeName: 'node-a', containers: [{name: 'main'}]}},
  },
})

function starting(others: Parameters<typeof pod>[0] = {}) {
  return pod({...others, status: {phase: 'Pending', containerStatuses: [], conditions: [], ...others.status}})
}

function facts(others: Facts = {}): Facts {
  return {
    statefulSets: [named],
    persistentVolumeClaims: [pendingClaim()],
    storageClasses: [storageClass({volumeBindingMode: 'WaitForFirstConsumer'})],
    nodes: [node()],
    pods: [starting()],
    ...others,
  }
}

test('its template names the node, so that nobody ever binds the claim', () => {
  expect(about(pending, facts())).toMatchObject({
    id: 'pvc-wffc-pod-bound',
    severity: 'error',
    message:
      'Pod web-0 has its node by nodeName in its template, and only the scheduler lets claim data-web-0 be bound',
    blames: [{kind: 'Pod', namespace: 'shop', name: 'web-0'}],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get sts -n shop web -o yaml'],
      act: [
        {
          text: expect.stringMatching(/^use a nodeSelector/),
          commands: [
            `kubectl patch sts -n shop web -p '{"spec":{"template":{"spec":{"nodeName":null,"nodeSelector":{"kubernetes.io/hostname":"node-a"}}}}}'`,
            'kubectl delete pod -n shop web-0',
          ],
        },
      ],
      rung: 2,
    },
  })
})

test('a claim that was made again under its Pod wants another Pod, and no other template', () => {
  const scheduled = [{type: 'PodScheduled', status: 'True', lastTransitionTime: CREATED}]
  const again = pendingClaim({metadata: {uid: 'u', creationTimestamp: '2026-05-01T11:00:00Z'}})
  const finding = about(
    pending,
    facts({
      statefulSets: [statefulSet()],
      pods: [starting({status: {conditions: scheduled}})],
      persistentVolumeClaims: [again],
    }),
  )
  expect(finding?.message).toContain('Pod web-0 was on its node before its claim was created')
  expect(finding?.remedy).toMatchObject({
    look: ['kubectl describe pod -n shop web-0'],
    act: [{commands: ['kubectl delete pod -n shop web-0']}],
    risk: '',
  })
})

const SELECTED = 'volume.kubernetes.io/selected-node'
const young = starting({metadata: {name: 'web-0', namespace: 'shop', creationTimestamp: NOW}})

test.for<[string, Facts, string | undefined]>([
  ['the Pod runs', facts({pods: [pod()]}), undefined],
  [
    'a node was chosen for the claim',
    facts({persistentVolumeClaims: [pendingClaim({metadata: {annotations: {[SELECTED]: 'node-a'}}})]}),
    undefined,
  ],
  ['the class binds at once', facts({storageClasses: [storageClass()]}), undefined],
  ['Pods were not seen', facts({unseen: ['pods']}), undefined],
  [
    'the Pod is going',
    facts({pods: [starting({metadata: {name: 'web-0', namespace: 'shop', deletionTimestamp: NOW}})]}),
    undefined,
  ],
])('nobody goes past the scheduler where %s', ([, given, id]) => {
  expect(idOf(about(pending, given))).toBe(id)
})

test('what was listed at two moments may contradict itself for a while', () => {
  expect(about(pending, facts({pods: [young]}))?.severity).toBe('info')
})

test('a provisioner that fails now is the cause, whoever waits for whom', () => {
  const failed = event('ProvisioningFailed', 'failed to provision volume: out of disks', {lastTimestamp: NOW})
  const old = {...failed, lastTimestamp: '2026-05-01T11:30:00Z'}
  const waiting = facts({
    statefulSets: [statefulSet()],
    pods: [pod({spec: {nodeName: ''}, status: {phase: 'Pending'}})],
  })
  expect(idOf(about(pending, {...waiting, events: [failed]}))).toBe('pvc-provisioning-failed')
  expect(idOf(about(pending, {...waiting, events: [old]}))).toBe('pvc-wffc-pod-unscheduled')
  const gone = pendingClaim({metadata: {annotations: {[SELECTED]: 'node-z'}}})
  const stale = {...waiting, persistentVolumeClaims: [gone], events: [failed]}
  expect(idOf(about(pending, stale))).toBe('pvc-selected-node-stale')
})
