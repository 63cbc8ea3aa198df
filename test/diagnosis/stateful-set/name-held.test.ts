import {expect, test} from 'vitest'
import {nameHeld} from '../../../src/diagnosis/stateful-set/name-held.ts'
import {CREATED, NOW, pod, statefulSet} from '../../builders.ts'
import {type Facts, idOf, ordinalSubject} from '../subjects.ts'

const stranger = {apiVersion: 'v1', kind: 'Job', name: 'backup', uid: 'uid-job', controller: true}
const OTHER = [stranger]

test('somebody else’s Pod has the name that the controller needs', () => {
  const holder = pod({metadata: {ownerReferences: OTHER}})
  expect(nameHeld(ordinalSubject({pods: [holder]}))).toEqual({
    id: 'sts-name-held-by-foreign-pod',
    severity: 'error',
    message: 'A foreign Pod holds the name web-0: it belongs to Job backup',
    object: {kind: 'Pod', namespace: 'shop', name: 'web-0'},
    since: CREATED,
    evidence: [
      'pod/web-0 metadata.ownerReferences controller: Job backup (uid uid-job)',
      'statefulset/web uid uid-web',
    ],
    selfHealing: 'no',
    remedy: {
      look: ['kubectl get pod -n shop web-0 -o yaml'],
      act: [
        {
          text: 'find out who created it, and for what: delete it only if nobody needs it',
          commands: ['kubectl delete pod -n shop web-0'],
        },
      ],
      risk: 'it may be a live member of another set, or a copy that somebody created on purpose; deleting it stops what it does',
      avoid: '',
      rung: 2,
    },
  })
})

test('a Pod without controller whose labels match is adopted: nobody should delete it', () => {
  expect(nameHeld(ordinalSubject({pods: [pod({metadata: {ownerReferences: []}})]}))).toMatchObject({
    selfHealing: 'yes',
    remedy: {look: ['kubectl get pod -n shop web-0 -o yaml'], act: [{commands: []}], rung: 0},
  })
})

test('a holder that is going is nothing to delete, until its time is over', () => {
  const held = (deletionTimestamp: string) =>
    nameHeld(ordinalSubject({pods: [pod({metadata: {ownerReferences: OTHER, deletionTimestamp}})]}))
  expect(held(NOW)).toMatchObject({severity: 'info', remedy: null})
  expect(held('2026-05-01T11:59:00Z')).toMatchObject({severity: 'error', remedy: {rung: 0}})
})

const WRONG = {labels: {app: 'other'}}
const NOBODY = {ownerReferences: []}
const terminating = {...statefulSet(), metadata: {...statefulSet().metadata, deletionTimestamp: NOW}}

test.for<[string, Facts, string, string]>([
  [
    'its own Pod with other labels',
    {pods: [pod({metadata: WRONG})]},
    'its labels do not match the selector',
    'no',
  ],
  [
    'nobody’s Pod with other labels',
    {pods: [pod({metadata: {...WRONG, ...NOBODY}})]},
    'it has no controller, and its labels do not match the selector',
    'no',
  ],
  [
    'nobody’s Pod that is going',
    {pods: [pod({metadata: {...NOBODY, deletionTimestamp: NOW}})]},
    'it has no controller',
    'yes',
  ],
  [
    'a stranger that is going',
    {pods: [pod({metadata: {ownerReferences: OTHER, deletionTimestamp: NOW}})]},
    'it belongs to Job backup',
    'yes',
  ],
  [
    'nobody’s Pod and a set that is going',
    {statefulSets: [terminating], pods: [pod({metadata: NOBODY})]},
    'it has no controller',
    'no',
  ],
])('the name is held by %s', ([, facts, why, selfHealing]) => {
  const finding = nameHeld(ordinalSubject(facts))
  expect([finding?.message, finding?.selfHealing]).toEqual([
    `A foreign Pod holds the name web-0: ${why}`,
    selfHealing,
  ])
})

test('a controller of the set’s own name is an earlier one', () => {
  const ownerReferences = [
    {apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'old', controller: true},
  ]
  expect(nameHeld(ordinalSubject({pods: [pod({metadata: {ownerReferences}})]}))?.message).toContain(
    'it belongs to an earlier StatefulSet web',
  )
})

test.for<[string, Facts, number?]>([
  ['the set’s own Pod', {pods: [pod()]}],
  ['no Pod', {}],
  ['Pods that were not seen', {unseen: ['pods']}],
  ['a Pod of another namespace', {pods: [pod({namespace: 'other'})]}],
])('nobody holds the name with %s', ([, facts]) => {
  expect(nameHeld(ordinalSubject(facts))).toBeUndefined()
})

test('a name that the set no longer needs may be anybody’s', () => {
  const claims = [{metadata: {name: 'data-web-5', namespace: 'shop'}}]
  const facts = {persistentVolumeClaims: claims, pods: [pod({name: 'web-5', metadata: NOBODY})]}
  expect(idOf(nameHeld(ordinalSubject(facts, 5)))).toBeUndefined()
})
