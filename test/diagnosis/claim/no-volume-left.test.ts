import {expect, test} from 'vitest'
import {pending} from '../../../src/diagnosis/claim/pending.ts'
import {pendingClaim, pendingPod, storageClass, volume} from '../../builders.ts'
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

test('people make the volumes of the class, and none is left', () => {
  expect(about(pending, facts())).toEqual({
    id: 'sched-no-pv-to-bind',
    severity: 'error',
    message:
      'PersistentVolumeClaim shop/data-web-0 finds no volume: no free PersistentVolume of StorageClass fast fits it, and the class has no provisioner to make one',
    object: {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'},
    evidence: [
      'pvc/data-web-0 wants 1Gi, storageclass/fast provisioner=kubernetes.io/no-provisioner',
      `pod/web-0 condition PodScheduled=False: ${NONE_FOUND}`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: ['kubectl get pv'],
      advice: 'create a PersistentVolume of StorageClass fast and of at least 1Gi, where the Pod may run',
      danger: '',
      rung: 0,
    },
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
  [
    'something else keeps the Pod',
    facts({pods: [refused('0/3 nodes are available')]}),
    'pvc-wffc-pod-unscheduled',
  ],
  ['no Pod has asked', facts({pods: []}), 'pvc-wffc-no-consumer'],
  [
    'a provisioner makes them',
    facts({storageClasses: [storageClass({volumeBindingMode: 'WaitForFirstConsumer'})]}),
    'pvc-wffc-pod-unscheduled',
  ],
  ['volumes were not seen', facts({unseen: ['persistentVolumes']}), 'pvc-wffc-pod-unscheduled'],
])('%s', ([, cluster, id]) => {
  expect(idOf(about(pending, cluster))).toBe(id)
})
