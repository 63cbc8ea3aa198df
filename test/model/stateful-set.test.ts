import {expect, test} from 'vitest'
import {
  claimName,
  desiredOrdinals,
  desiredReplicas,
  isDesired,
  isMember,
  ordinalIn,
  podName,
} from '../../src/model/stateful-set.ts'
import {pod, statefulSet} from '../builders.ts'

test.for([
  ['web-0', 'web', 0],
  ['web-10', 'web', 10],
  ['web-2147483647', 'web', 2147483647],
  ['web-2147483648', 'web', undefined],
  ['web-99999999999', 'web', undefined],
  ['web-01', 'web', undefined],
  ['web-00', 'web', undefined],
  ['web-', 'web', undefined],
  ['web', 'web', undefined],
  ['web--1', 'web', undefined],
  ['web-1-2', 'web', undefined],
  ['web-1-2', 'web-1', 2],
  ['web-0a', 'web', undefined],
  ['a-web-0', 'web', undefined],
  ['web-١', 'web', undefined],
] as const)('in the name %s of a Pod of %s stands ordinal %s', ([name, set, expected]) => {
  expect(ordinalIn(name, set)).toBe(expected)
})

test('ordinals begin at spec.ordinals.start and are as many as replicas', () => {
  const set = statefulSet({replicas: 3, spec: {ordinals: {start: 5}}})
  expect(desiredOrdinals(set)).toEqual([5, 6, 7])
  expect([4, 5, 7, 8].map((ordinal) => isDesired(set, ordinal))).toEqual([false, true, true, false])
})

test('an unset number of replicas is one, and zero is zero', () => {
  expect(desiredReplicas({})).toBe(1)
  expect(desiredOrdinals({})).toEqual([0])
  expect(desiredOrdinals(statefulSet({replicas: 0}))).toEqual([])
  expect(isDesired(statefulSet({replicas: 0}), 0)).toBe(false)
})

test('Pods and claims are called after the set and the ordinal', () => {
  expect(podName(statefulSet(), 12)).toBe('web-12')
  expect(claimName('data', statefulSet(), 12)).toBe('data-web-12')
})

const owned = {apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'uid-web', controller: true}

test.for([
  ['its own Pod', pod(), true],
  ['a Pod whose ordinal is out of range', pod({name: 'web-7'}), true],
  ['a Pod of another namespace', pod({namespace: 'other'}), false],
  ['a Pod that a set of the same name controlled before', ownedBy({...owned, uid: 'uid-old'}), false],
  ['a Pod that it owns and does not control', ownedBy({...owned, controller: false}), false],
  ['a Pod that nobody owns', ownedBy(), false],
  ['a Pod whose labels were changed', pod({metadata: {labels: {app: 'x'}}}), false],
  ['a Pod with a name that the controller would not give', pod({name: 'web-00'}), false],
] as const)('%s is a member: $2', ([, candidate, expected]) => {
  expect(isMember(statefulSet(), candidate)).toBe(expected)
})

function ownedBy(...ownerReferences: readonly (typeof owned)[]) {
  return pod({metadata: {ownerReferences}})
}
