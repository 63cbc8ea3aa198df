import {expect, test} from 'vitest'
import type {Pod} from '../../src/model/objects.ts'
import {amountText, promisedOn, requestOfPod} from '../../src/model/requests.ts'
import {node, pod} from '../builders.ts'

const asking = (cpu: string, others: object = {}) => ({name: 'a', resources: {requests: {cpu}}, ...others})

test.for<[string, Partial<NonNullable<Pod['spec']>>, number]>([
  ['nothing', {containers: [{name: 'a'}]}, 0],
  ['all of its containers', {containers: [asking('500m'), asking('1')]}, 1.5],
  ['the largest init container', {containers: [asking('1')], initContainers: [asking('3'), asking('2')]}, 3],
  [
    'sidecars beside the containers',
    {containers: [asking('1')], initContainers: [asking('1', {restartPolicy: 'Always'})]},
    2,
  ],
  [
    'an init container beside the sidecars before it',
    {containers: [asking('1')], initContainers: [asking('1', {restartPolicy: 'Always'}), asking('2')]},
    3,
  ],
  ['its overhead', {containers: [asking('1')], overhead: {cpu: '250m'}}, 1.25],
  ['what the whole Pod asks for', {containers: [asking('1')], resources: {requests: {cpu: '4'}}}, 4],
])('a Pod counts as %s', ([, spec, expected]) => {
  expect(requestOfPod(pod({spec}), 'cpu')).toBe(expected)
})

test('a Pod counts as one Pod', () => {
  expect(requestOfPod(pod(), 'pods')).toBe(1)
})

test('what has finished, and what is on another node, holds no room', () => {
  const on = (nodeName: string, phase: string) =>
    pod({spec: {nodeName, containers: [asking('1')]}, status: {phase}})
  const pods = [on('n1', 'Running'), on('n1', 'Pending'), on('n1', 'Failed'), on('n2', 'Running')]
  expect(promisedOn(node({name: 'n1'}), 'cpu', pods)).toBe(2)
})

test.for<[number, string, string]>([
  [0.25, 'cpu', '250m'],
  [2, 'cpu', '2'],
  [1536 * 1024 ** 2, 'memory', '1.5Gi'],
  [512, 'ephemeral-storage', '512'],
  [3, 'nvidia.com/gpu', '3'],
])('%d of %s is written %s', ([amount, resource, text]) => {
  expect(amountText(amount, resource)).toBe(text)
})
