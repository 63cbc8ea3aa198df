import {expect, test} from 'vitest'
import {lost} from '../../../src/diagnosis/claim/lost.ts'
import {missing} from '../../../src/diagnosis/claim/missing.ts'
import {claim, NOW, pendingPod, pod, statefulSet} from '../../builders.ts'
import {about, claimSubject, type Facts, idOf} from '../subjects.ts'

const CLAIM = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'}
const grown = statefulSet({templates: ['data', 'logs']})

test('a template was added to a set whose Pod is older', () => {
  expect(about(missing, {statefulSets: [grown], pods: [pod()]}, 'logs-web-0')).toEqual({
    id: 'sts-adopted-pod-volume-mismatch',
    severity: 'error',
    message:
      "Pod web-0 has no volume for claim template logs: it is older than the template, and the controller can't add one to a live Pod",
    object: {kind: 'Pod', namespace: 'shop', name: 'web-0'},
    evidence: [
      'statefulset/web spec.volumeClaimTemplates has logs',
      'pod/web-0 spec.volumes lacks logs-web-0',
    ],
    selfHealing: 'no',
    remedy: {
      commands: ['kubectl delete pod -n shop web-0'],
      danger: 'one member is down while it is replaced; it comes back with a new, empty claim',
      rung: 2,
    },
  })
})

test('where the claim is there already, the Pod comes back with what it holds', () => {
  const facts = {statefulSets: [grown], pods: [pod()], persistentVolumeClaims: [claim({name: 'logs-web-0'})]}
  expect(about(missing, facts, 'logs-web-0')?.remedy?.danger).toBe(
    'one member is down while it is replaced; it comes back with the claim that is there',
  )
})

test('a claim of a template is gone, and a Pod waits for it', () => {
  expect(about(missing, {pods: [pendingPod()]})).toEqual({
    id: 'pvc-missing-for-pending-pod',
    severity: 'error',
    message: 'PersistentVolumeClaim shop/data-web-0 does not exist, and Pod web-0 waits for it',
    object: CLAIM,
    evidence: ['pod/web-0 status.phase=Pending, spec.volumes wants data-web-0'],
    selfHealing: 'maybe',
    remedy: {
      commands: ['kubectl describe sts -n shop web'],
      advice:
        'from 1.27 the controller creates the claim again unless quota or admission refuses; before, delete the Pod',
      danger: 'the new claim is empty',
      rung: 0,
    },
  })
})

const byHand = [{name: 'shared', persistentVolumeClaim: {claimName: 'everyones'}}]

test('a claim that no template makes is gone', () => {
  const facts = {statefulSets: [statefulSet({templates: []})], pods: [pendingPod({spec: {volumes: byHand}})]}
  expect(about(missing, facts, 'everyones')).toMatchObject({
    id: 'sched-pvc-not-found',
    selfHealing: 'no',
    remedy: {
      commands: ['kubectl get pvc -n shop'],
      advice:
        'no template makes everyones: create it by hand, bound to the volume that holds the data if there is one',
    },
  })
})

test('an ephemeral volume beside it excuses no claim that nobody makes', () => {
  const volumes = [...scratch, ...byHand]
  const facts = {statefulSets: [statefulSet({templates: []})], pods: [pendingPod({spec: {volumes}})]}
  expect(idOf(about(missing, facts, 'everyones'))).toBe('sched-pvc-not-found')
})

const scratch = [{name: 'scratch', ephemeral: {}}]
const above = {statefulSets: [statefulSet({replicas: 0, templates: ['data', 'logs']})], pods: [pod()]}

test.for<[string, Facts, string, string?]>([
  ['a Pod that is there and runs', {pods: [pod()]}, 'data-web-0'],
  ['no Pod yet', {}, 'data-web-0'],
  ['claims that were not seen', {pods: [pendingPod()], unseen: ['persistentVolumeClaims']}, 'data-web-0'],
  ['a claim that is there', {pods: [pendingPod()], persistentVolumeClaims: [claim()]}, 'data-web-0'],
  [
    'a generic ephemeral volume, whose claim others make',
    {statefulSets: [statefulSet({templates: []})], pods: [pendingPod({spec: {volumes: scratch}})]},
    'web-0-scratch',
  ],
  [
    'a new template and a Pod that is going',
    {statefulSets: [grown], pods: [pod({metadata: {deletionTimestamp: NOW}})]},
    'logs-web-0',
  ],
  ['a new template and a condemned Pod', above, 'logs-web-0'],
  [
    'a claim of a template that is gone',
    {pods: [pod()], persistentVolumeClaims: [claim({name: 'old-web-0'})]},
    'old-web-0',
  ],
  ['a new template and no Pod', {statefulSets: [grown]}, 'logs-web-0'],
])('nothing is missing with %s', ([, facts, name]) => {
  expect(idOf(about(missing, facts, name))).toBeUndefined()
})

test('a claim lost its volume', () => {
  expect(about(lost, {persistentVolumeClaims: [claim({status: {phase: 'Lost'}})]})).toEqual({
    id: 'pvc-lost',
    severity: 'error',
    message:
      'PersistentVolumeClaim shop/data-web-0 is Lost: it is bound to PersistentVolume pv-data-web-0, which does not exist any more',
    object: CLAIM,
    evidence: ['pvc/data-web-0 status.phase=Lost, spec.volumeName=pv-data-web-0'],
    selfHealing: 'no',
    remedy: {
      commands: ['kubectl describe pvc -n shop data-web-0'],
      advice:
        'the data may still be in the storage system: re-create PersistentVolume pv-data-web-0 with the same backing volume and claimRef',
      danger: 'deleting the claim gives the ordinal a new, empty volume',
      rung: 0,
    },
  })
})

test('a claim that lost even the name of its volume asks for no command about it', () => {
  const nameless = claim({spec: {volumeName: ''}, status: {phase: 'Lost'}})
  expect(about(lost, {persistentVolumeClaims: [nameless]})).toMatchObject({
    message:
      'PersistentVolumeClaim shop/data-web-0 is Lost: it was bound, and no longer says to which PersistentVolume',
    evidence: ['pvc/data-web-0 status.phase=Lost, spec.volumeName=<none>'],
    remedy: {commands: ['kubectl describe pvc -n shop data-web-0']},
  })
})

test('a bound claim is not lost, and neither is one that is not there', () => {
  expect(lost(claimSubject({persistentVolumeClaims: [claim()]}))).toBeUndefined()
  expect(lost(claimSubject({}))).toBeUndefined()
})
