import {expect, test} from 'vitest'
import {lost} from '../../../src/diagnosis/claim/lost.ts'
import {missing} from '../../../src/diagnosis/claim/missing.ts'
import {relate} from '../../../src/model/relations.ts'
import {claim, event, NOW, pendingPod, pod, snapshot, statefulSet, volume} from '../../builders.ts'
import {about, claimSubject, type Facts, idOf} from '../subjects.ts'

const CLAIM = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0'}
const grown = statefulSet({templates: ['data', 'logs']})

test('a template was added to a set whose Pod is older', () => {
  expect(about(missing, {statefulSets: [grown], pods: [pod()]}, 'logs-web-0')).toEqual({
    id: 'sts-adopted-pod-volume-mismatch',
    severity: 'error',
    message:
      "Pod web-0 is older than claim template logs and lacks its volume, which can't be added to a live Pod",
    object: {kind: 'Pod', namespace: 'shop', name: 'web-0'},
    evidence: [
      'statefulset/web spec.volumeClaimTemplates has logs',
      'pod/web-0 spec.volumes lacks logs-web-0',
    ],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pod -n shop web-0 -o yaml', 'kubectl get pvc -n shop'],
      act: [
        {
          text: expect.stringMatching(/copied, delete the Pod/),
          commands: ['kubectl delete pod -n shop web-0'],
        },
      ],
      risk: 'the member is down while its Pod is replaced; it comes back with the claim of that name, or with a new, empty one',
      avoid: '',
      rung: 2,
    },
  })
})

test('where the claim is there already, the Pod comes back with what it holds', () => {
  const facts = {statefulSets: [grown], pods: [pod()], persistentVolumeClaims: [claim({name: 'logs-web-0'})]}
  expect(about(missing, facts, 'logs-web-0')?.remedy?.risk).toBe(
    'the member is down while its Pod is replaced; it comes back with the claim that is there',
  )
})

test('a claim of a template is gone, and a Pod waits for it', () => {
  expect(about(missing, {pods: [pendingPod()]})).toEqual({
    id: 'pvc-missing-for-pending-pod',
    severity: 'error',
    message: 'Claim data-web-0 does not exist (Pod web-0 waits for it)',
    object: CLAIM,
    evidence: ['pod/web-0 status.phase=Pending, spec.volumes wants data-web-0'],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe sts -n shop web'],
      act: [
        {
          text: 'wait if the claim may be empty: from 1.27 the controller creates it again, unless quota or admission refuses; before, delete the Pod',
          commands: [],
        },
      ],
      risk: 'the new claim is empty',
      avoid: '',
      rung: 0,
    },
  })
})

const byHand = [{name: 'shared', persistentVolumeClaim: {claimName: 'everyones'}}]

test('a claim that no template creates is gone', () => {
  const facts = {statefulSets: [statefulSet({templates: []})], pods: [pendingPod({spec: {volumes: byHand}})]}
  expect(about(missing, facts, 'everyones')).toMatchObject({
    id: 'sched-pvc-not-found',
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pvc -n shop'],
      act: [
        {
          text: 'create claim everyones by hand, bound to the volume that holds the data if there is one: no template creates it',
          commands: [],
        },
      ],
    },
  })
})

test('an ephemeral volume beside it excuses no claim that nobody creates', () => {
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
    'a generic ephemeral volume, whose claim others create',
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
    message: 'PersistentVolume pv-data-web-0 does not exist any more (claim data-web-0 is Lost)',
    object: CLAIM,
    evidence: ['pvc/data-web-0 status.phase=Lost, spec.volumeName=pv-data-web-0'],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl describe pvc -n shop data-web-0'],
      act: [
        {
          text: 'if the storage system still has the data: create PersistentVolume pv-data-web-0 again, with the same backing volume and a claimRef to this claim',
          commands: [],
        },
      ],
      risk: '',
      avoid: 'delete the claim: its ordinal would get a new, empty volume',
      rung: 0,
    },
  })
})

const OLD_CLAIM = {namespace: 'shop', name: 'data-web-0', uid: 'uid-old'}

function lostTo(spec: NonNullable<Parameters<typeof volume>[0]>['spec'], others: Facts = {}): Facts {
  const {persistentVolumeClaims = [], ...more} = others
  return {
    persistentVolumeClaims: [claim({status: {phase: 'Lost'}}), ...persistentVolumeClaims],
    persistentVolumes: [volume({spec: {persistentVolumeReclaimPolicy: 'Retain', ...spec}})],
    ...more,
  }
}

const FREE = `kubectl patch pv pv-data-web-0 --type=json -p '[{"op":"remove","path":"/spec/claimRef"}]'`
const KEEP = `kubectl patch pv pv-data-web-0 -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`

test('a claim lost a volume that is there, and kept for its former life', () => {
  expect(about(lost, lostTo({claimRef: OLD_CLAIM}))).toMatchObject({
    message:
      'PersistentVolume pv-data-web-0 exists, but is kept for an earlier claim of the same name (claim data-web-0 is Lost)',
    remedy: {
      look: ['kubectl describe pvc -n shop data-web-0', 'kubectl get pv pv-data-web-0 -o yaml'],
      act: [{text: expect.stringMatching(/^if nobody else needs the volume/), commands: [FREE]}],
      avoid: expect.stringMatching(/^delete the claim/),
      rung: 1,
    },
  })
})

const THEIRS = {namespace: 'shop', name: 'theirs', uid: 'uid-theirs'}

test.for<[string, Facts, boolean, boolean]>([
  [
    'what would be deleted is kept first',
    lostTo({claimRef: OLD_CLAIM, persistentVolumeReclaimPolicy: 'Delete'}),
    true,
    true,
  ],
  ['of a claim that is gone it may be taken', lostTo({claimRef: THEIRS}), true, false],
  [
    'of a claim that is there it may not',
    lostTo({claimRef: THEIRS}, {persistentVolumeClaims: [claim({name: 'theirs'})]}),
    false,
    false,
  ],
])('the volume of a lost claim: %s', ([, facts, isFreed, isKept]) => {
  const commands = about(lost, facts)?.remedy?.act?.flatMap((each) => each.commands) ?? []
  expect([commands.includes(FREE), commands.includes(KEEP)]).toEqual([isFreed, isKept])
})

const COLLECTED =
  'ownerRef [apps/v1/StatefulSet, namespace: shop, name: web, uid: uid-dead] does not exist in namespace "shop"'
const oldClaim = {kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-web-0', uid: 'uid-old'}
const collected = event('OwnerRefInvalidNamespace', COLLECTED, {involvedObject: oldClaim})

test('a restored claim named a set of elsewhere as its owner, and was collected', () => {
  const server = {version: 'v1.26.5'}
  const facts = {pods: [pendingPod()], events: [collected]}
  const finding = missing({...claimSubject(facts), relations: relate({...snapshot(facts), server})})
  expect(finding).toMatchObject({
    id: 'pvc-missing-for-pending-pod',
    message:
      'The garbage collector deleted claim data-web-0, whose owner is not in its namespace (Pod web-0 waits for it)',
    evidence: expect.arrayContaining([expect.stringContaining(COLLECTED)]),
    selfHealing: 'no',
    remedy: {
      look: ['kubectl describe sts -n shop web', 'kubectl get pv'],
      act: [
        {text: expect.stringContaining('without metadata.ownerReferences'), commands: []},
        {text: expect.stringContaining('before 1.27'), commands: ['kubectl delete pod -n shop web-0']},
      ],
    },
  })
})

test.for<[string, Facts]>([
  ['of a newer server', {pods: [pendingPod()], events: [collected]}],
  ['without an event', {pods: [pendingPod()]}],
])('nobody is told to delete the Pod %s', ([, facts]) => {
  expect(JSON.stringify(about(missing, facts)?.remedy)).not.toContain('kubectl delete')
})

test('of a volume that is free again the controller takes care: there is nothing to remove any more', () => {
  const {spec: {claimRef: _, ...spec} = {}, ...rest} = volume({name: 'pv-data-web-0'})
  const free = {...rest, spec}
  const facts = {persistentVolumeClaims: [claim({status: {phase: 'Lost'}})], persistentVolumes: [free]}
  expect(about(lost, facts)).toMatchObject({
    severity: 'warning',
    message: 'PersistentVolume pv-data-web-0 is not kept for any claim any more (claim data-web-0 is Lost)',
    selfHealing: 'yes',
    remedy: {act: [{text: expect.stringMatching(/^wait: /), commands: []}], rung: 0},
  })
})

test('a claim that lost even the name of its volume asks for no command about it', () => {
  const nameless = claim({spec: {volumeName: ''}, status: {phase: 'Lost'}})
  expect(about(lost, {persistentVolumeClaims: [nameless]})).toMatchObject({
    message: 'The claim no longer says to which PersistentVolume it was bound (claim data-web-0 is Lost)',
    evidence: ['pvc/data-web-0 status.phase=Lost, spec.volumeName=<none>'],
    remedy: {look: ['kubectl describe pvc -n shop data-web-0']},
  })
})

test('a bound claim is not lost, and neither is one that is not there', () => {
  expect(lost(claimSubject({persistentVolumeClaims: [claim()]}))).toBeUndefined()
  expect(lost(claimSubject({}))).toBeUndefined()
})
