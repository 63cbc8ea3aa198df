import {expect, test} from 'vitest'
import {pending} from '../../../src/diagnosis/claim/pending.ts'
import {node, pendingClaim, pendingPod, pinnedTo, snapshot, storageClass, volume} from '../../builders.ts'
import {about, type Facts, idOf} from '../subjects.ts'

const NONE_FOUND =
  "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't find available persistent volumes to bind."

const provisioner = 'kubernetes.io/no-provisioner'

function refused(message: string) {
  const conditions = [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message}]
  return pendingPod({status: {conditions}})
}

function facts(others: Facts = {}): Facts {
  return {
    persistentVolumeClaims: [pendingClaim()],
    storageClasses: [storageClass({provisioner, volumeBindingMode: 'WaitForFirstConsumer'})],
    pods: [refused(NONE_FOUND)],
    ...others,
  }
}

test('people create the volumes of the class, and none is left', () => {
  expect(about(pending, facts())).toEqual({
    id: 'sched-no-pv-to-bind',
    severity: 'error',
    message: 'No free PersistentVolume of StorageClass fast fits, and nobody creates one (claim data-web-0)',
    object: {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'},
    evidence: [
      'pvc/data-web-0 wants 1Gi, storageclass/fast provisioner=kubernetes.io/no-provisioner',
      `pod/web-0 condition PodScheduled=False: ${NONE_FOUND}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pv'],
      act: [
        {
          text: 'create a PersistentVolume of StorageClass fast and of at least 1Gi, where the Pod may run',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
})

const local = volume({
  name: 'disk',
  spec: pinnedTo('kubernetes.io/hostname', 'node-z'),
  status: {phase: 'Available'},
})
const silent = node({
  name: 'node-z',
  spec: {taints: [{key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule'}]},
  status: {conditions: [{type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.'}]},
})

test('the only free volume is on a node that is not ready', () => {
  expect(about(pending, facts({persistentVolumes: [local], nodes: [node(), silent]}))).toMatchObject({
    id: 'sched-no-pv-to-bind',
    severity: 'error',
    message:
      'No free PersistentVolume of StorageClass fast is in reach, only disk (node node-z, which is not ready) fits (claim data-web-0)',
    blames: [{kind: 'Node', name: 'node-z'}],
    evidence: expect.arrayContaining([expect.stringContaining('node/node-z condition Ready=Unknown')]),
    remedy: {look: ['kubectl get pv', 'kubectl describe node node-z']},
  })
})

const free = volume({name: 'free', spec: {}, status: {phase: 'Available'}})
const immediate = storageClass({provisioner, volumeBindingMode: 'Immediate'})
const small = volume({name: 'small', spec: {capacity: {storage: '1Mi'}}, status: {phase: 'Available'}})

test.for<[string, Facts, string | undefined]>([
  [
    'binding at once, nobody need have looked',
    facts({storageClasses: [immediate], pods: []}),
    'sched-no-pv-to-bind',
  ],
  ['a free volume that is too small is none', facts({persistentVolumes: [small]}), 'sched-no-pv-to-bind'],
  ['a free volume fits, if not here', facts({persistentVolumes: [free]}), 'pvc-wffc-pod-unscheduled'],
  ['its node is gone', facts({persistentVolumes: [local], nodes: [node()]}), 'sched-no-pv-to-bind'],
  [
    'its node takes the Pod',
    facts({persistentVolumes: [local], nodes: [node({name: 'node-z'})]}),
    'pvc-wffc-pod-unscheduled',
  ],
  [
    'another one is in reach',
    facts({persistentVolumes: [local, free], nodes: [node(), silent]}),
    'pvc-wffc-pod-unscheduled',
  ],
  [
    'something else keeps the Pod',
    facts({pods: [refused('0/3 nodes are available')]}),
    'pvc-wffc-pod-unscheduled',
  ],
  ['no Pod has asked', facts({pods: []}), 'pvc-wffc-no-consumer'],
  [
    'a provisioner creates them',
    facts({storageClasses: [storageClass({volumeBindingMode: 'WaitForFirstConsumer'})]}),
    'pvc-wffc-pod-unscheduled',
  ],
  ['volumes were not seen', facts({unseen: ['persistentVolumes']}), 'pvc-wffc-pod-unscheduled'],
])('%s', ([, cluster, id]) => {
  expect(idOf(about(pending, cluster))).toBe(id)
})

test('nothing is wrong while the binder has written the volume and not yet the claim', () => {
  const claimRef = {namespace: 'shop', name: 'data-web-0', uid: 'uid-data-web-0'}
  const reserved = volume({name: 'disk', spec: {claimRef}, status: {phase: 'Bound'}})
  expect(idOf(about(pending, facts({persistentVolumes: [reserved]})))).not.toBe('sched-no-pv-to-bind')
})

test('a claim that was made this moment may get its volume in the next one', () => {
  const {observedAt} = snapshot()
  const made = {
    persistentVolumeClaims: [pendingClaim({metadata: {creationTimestamp: observedAt}})],
    storageClasses: [storageClass({provisioner})],
  }
  const unscheduled = {...made, pods: [pendingPod()]}
  expect(about(pending, facts(unscheduled))).toMatchObject({id: 'sched-no-pv-to-bind', severity: 'info'})
  expect(about(pending, facts(made))).toMatchObject({id: 'sched-no-pv-to-bind', severity: 'error'})
})
