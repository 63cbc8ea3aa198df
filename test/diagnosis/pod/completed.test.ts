import {expect, test} from 'vitest'
import {isLeft} from '../../../src/diagnosis/pod/failed/left.ts'
import type {Pod} from '../../../src/model/objects.ts'
import {relate} from '../../../src/model/relations.ts'
import {node, pod, snapshot, statefulSet} from '../../builders.ts'
import {commandsOf, diagnosed} from './diagnosed.ts'
import {cluster, condition, JUST_NOW, LONG_AGO, member} from './parts.ts'

function succeeded(since: string): Pod {
  const conditions = [condition('Ready', 'False', {reason: 'PodCompleted', lastTransitionTime: since})]
  return member('web', {status: {phase: 'Succeeded', conditions}})
}

test.for([
  ['v1.29.0', JUST_NOW, 'warning', 'yes', 'replaces it'],
  ['v1.29.0', LONG_AGO, 'error', 'no', 'has not replaced it, which Kubernetes v1.29.0 does at once'],
  ['v1.28.4', JUST_NOW, 'warning', 'no', 'do not replace it'],
  ['v1.28.4', LONG_AGO, 'error', 'no', 'do not replace it'],
  ['', LONG_AGO, 'error', 'no', 'controllers before 1.27.9, 1.28.5 and 1.29 never do'],
] as const)('a Pod that has succeeded: %s since %s', ([version, since, severity, selfHealing, words]) => {
  const finding = diagnosed(cluster('web', {pods: [succeeded(since)]}), version)
  expect(finding).toMatchObject({id: 'sts-pod-completed', severity, selfHealing})
  expect(finding?.message).toContain(words)
})

test('it is deleted by hand after a look, and where the controller should have, after a look at that', () => {
  const printed = (version: string) =>
    commandsOf(diagnosed(cluster('web', {pods: [succeeded(LONG_AGO)]}), version))
  const [look, deletion] = [expect.stringContaining('describe pod'), 'kubectl delete pod -n ns-web web-0']
  expect(printed('v1.28.4')).toEqual([look, deletion])
  expect(printed('v1.33.0')).toEqual([look, expect.stringContaining('get lease'), deletion])
})

test('where no version is told the kubelets tell that the server is no older', () => {
  const facts = (kubeletVersion: string) => ({
    pods: [succeeded(JUST_NOW)],
    nodes: [node({name: 'web', status: {nodeInfo: {kubeletVersion}}})],
  })
  expect(diagnosed(cluster('web', facts('v1.29.3')), '')?.selfHealing).toBe('yes')
  expect(diagnosed(cluster('web', facts('v1.26.3')), '')?.selfHealing).toBe('no')
})

const at = (ordinal: number, phase: string, ready: boolean, since: string) =>
  pod({
    name: `web-${ordinal}`,
    status: {
      phase,
      conditions: [condition('Ready', ready ? 'True' : 'False', {lastTransitionTime: since})],
    },
  })

test.for<[string, object, readonly Pod[], boolean]>([
  ['Parallel', {podManagementPolicy: 'Parallel'}, [at(0, 'Running', false, LONG_AGO)], true],
  ['ordered, and all below are ready', {}, [at(0, 'Running', true, LONG_AGO)], true],
  ['ordered, and one below is not ready', {}, [at(0, 'Running', false, LONG_AGO)], false],
  ['ordered, and one below is ready since a moment', {}, [at(0, 'Running', true, JUST_NOW)], false],
  ['one above is not ready', {}, [at(2, 'Running', false, LONG_AGO)], true],
])('whether the controller leaves it: %s', ([, spec, others, expected]) => {
  const own = at(1, 'Succeeded', false, LONG_AGO)
  const facts = {statefulSets: [statefulSet({replicas: 3, spec})], pods: [...others, own]}
  expect(isLeft(own, relate(snapshot(facts)))).toBe(expected)
})

test.for([
  ['failed, which other rules tell of', at(1, 'Failed', false, LONG_AGO)],
  ['has succeeded just now', at(1, 'Succeeded', false, JUST_NOW)],
  ['works', at(1, 'Running', true, LONG_AGO)],
] as const)('nothing is left where the Pod %s', ([, own]) => {
  expect(isLeft(own, relate(snapshot({pods: [own]})))).toBe(false)
})
