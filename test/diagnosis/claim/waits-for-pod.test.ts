import {expect, test} from 'vitest'
import {pending} from '../../../src/diagnosis/claim/pending.ts'
import {node, pendingClaim, pendingPod, pod, statefulSet, storageClass} from '../../builders.ts'
import {about, type Facts, idOf} from '../subjects.ts'

const CLAIM = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'}
const SELECTED = 'volume.kubernetes.io/selected-node'

function facts(others: Facts = {}): Facts {
  return {
    persistentVolumeClaims: [pendingClaim()],
    storageClasses: [storageClass({volumeBindingMode: 'WaitForFirstConsumer'})],
    nodes: [node()],
    ...others,
  }
}

function selected(name: string): Facts {
  return facts({
    persistentVolumeClaims: [pendingClaim({metadata: {annotations: {[SELECTED]: name}}})],
    pods: [pendingPod()],
  })
}

test('nobody uses the claim yet: it has nothing to wait for but a Pod', () => {
  expect(about(pending, facts())).toEqual({
    id: 'pvc-wffc-no-consumer',
    severity: 'info',
    message: 'Claim data-web-0 binds when a Pod uses it (WaitForFirstConsumer), and none does yet',
    object: CLAIM,
    evidence: ['storageclass/fast volumeBindingMode=WaitForFirstConsumer'],
    selfHealing: 'yes',
    remedy: null,
  })
})

test('its Pod is not scheduled: the Pod is to blame, not the claim', () => {
  expect(about(pending, facts({pods: [pendingPod()]}))).toEqual({
    id: 'pvc-wffc-pod-unscheduled',
    severity: 'info',
    message: 'Claim data-web-0 binds when Pod web-0 is scheduled (WaitForFirstConsumer)',
    object: CLAIM,
    evidence: [
      'storageclass/fast volumeBindingMode=WaitForFirstConsumer',
      'pod/web-0 condition PodScheduled=False: 0/1 nodes are available',
    ],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe pod -n shop web-0'],
      act: [
        {
          text: 'see what keeps the Pod from being scheduled: that is the cause, not the claim',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
})

test('it should be provisioned for a node that is gone', () => {
  expect(about(pending, selected('node-z'))).toEqual({
    id: 'pvc-selected-node-stale',
    severity: 'error',
    message: 'Node node-z no longer exists, and the volume should be provisioned for it (claim data-web-0)',
    object: CLAIM,
    evidence: [`pvc/data-web-0 annotation ${SELECTED}=node-z`, 'node/node-z not found'],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe pvc -n shop data-web-0'],
      act: [
        {
          text: expect.stringMatching(/^only if no event says that a volume is still being provisioned/),
          commands: [`kubectl annotate pvc -n shop data-web-0 ${SELECTED}-`],
        },
      ],
      avoid: '',
      risk: 'the scheduler chooses a node again; harmless unless provisioning for the old one is still under way',
      rung: 1,
    },
  })
})

const volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'data-web-0'}}]
const stranger = pendingPod({name: 'a-debugger', spec: {volumes}})

test.for<[string, Facts, string | undefined]>([
  ['a Pod on a node', facts({pods: [pod()]}), undefined],
  ['a Pod on a node beside one that waits for the same claim', facts({pods: [stranger, pod()]}), undefined],
  ['a selected node that is there', selected('node-a'), undefined],
  [
    'a selected node where nodes were not seen',
    {...selected('node-z'), nodes: [], unseen: ['nodes']},
    undefined,
  ],
  ['Pods that were not seen', facts({unseen: ['pods']}), undefined],
  ['a class that binds at once', facts({storageClasses: [storageClass()]}), undefined],
  ['a class that was not seen', facts({storageClasses: [], unseen: ['storageClasses']}), undefined],
  ['a set without replicas', facts({statefulSets: [statefulSet({replicas: 0})]}), 'pvc-wffc-no-consumer'],
])('with %s', ([, given, id]) => {
  expect(idOf(about(pending, given))).toBe(id)
})
