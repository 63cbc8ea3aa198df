import {expect, test} from 'vitest'
import type {Deployment, ReplicaSet} from '../../../src/model/objects.ts'
import type {ResourceName, Scope} from '../../../src/model/scope.ts'
import {mapQuestion} from '../../../src/reports/map/question.ts'
import {claim, pod, snapshot, statefulSet, volume} from '../../builders.ts'

const selector = {matchLabels: {app: 'api'}}

function owner(kind: string, name: string) {
  return {apiVersion: 'apps/v1', kind, name, uid: `uid-${name}`, controller: true}
}

const deployment: Deployment = {
  metadata: {name: 'api', namespace: 'shop', uid: 'uid-api'},
  spec: {replicas: 2, selector},
}

function replicaSet(name: string, by = owner('Deployment', 'api')): ReplicaSet {
  return {
    metadata: {name, namespace: 'shop', uid: `uid-${name}`, ownerReferences: [by]},
    spec: {replicas: 1, selector},
  }
}

const volumes = [{name: 'v', persistentVolumeClaim: {claimName: 'everyones'}}]

function memberOf(set: string, name: string) {
  return pod({name, metadata: {ownerReferences: [owner('ReplicaSet', set)]}, spec: {volumes}})
}

const facts = snapshot({
  statefulSets: [statefulSet({name: 'z'}), statefulSet({namespace: 'a'}), statefulSet()],
  deployments: [deployment],
  replicaSets: [replicaSet('api-2'), replicaSet('api-1'), replicaSet('other', owner('Deployment', 'other'))],
  pods: [memberOf('api-2', 'api-2-x'), memberOf('api-1', 'api-1-y'), memberOf('other', 'other-z')],
  persistentVolumeClaims: [claim({name: 'everyones', status: {phase: 'Lost'}})],
  persistentVolumes: [volume({name: 'pv-everyones'})],
})

function ask(scope: Scope) {
  return mapQuestion.build(facts, scope)
}

function named(resource: ResourceName['resource'], ...names: readonly string[]): Scope {
  return {names: names.map((name) => ({resource, name}))}
}

test('without names, the StatefulSets, by namespace and name, and nothing else', () => {
  expect(mapQuestion.names(ask({names: []}))).toEqual([
    'statefulset.apps/web',
    'statefulset.apps/web',
    'statefulset.apps/z',
  ])
  expect(ask({names: []}).workloads.map(({namespace, name}) => `${namespace}/${name}`)).toEqual([
    'a/web',
    'shop/web',
    'shop/z',
  ])
})

test('with names, those that are there', () => {
  expect(mapQuestion.names(ask(named('statefulSets', 'z', 'nobody')))).toEqual(['statefulset.apps/z'])
  expect(mapQuestion.names(ask(named('deployments', 'web')))).toEqual([])
})

test('a Deployment is mapped Pod by Pod through its own ReplicaSets, and a shared claim shows as shared', () => {
  const [workload] = ask(named('deployments', 'api')).workloads
  expect({
    ...workload,
    ordinals: workload?.ordinals.map(({ordinal, state, pod: mapped, claims}) => [
      ordinal,
      state,
      mapped?.name,
      ...claims.map(({name, template: from, mounted, shared}) => [name, from, mounted, shared]),
    ]),
  }).toEqual({
    kind: 'Deployment',
    namespace: 'shop',
    name: 'api',
    uid: 'uid-api',
    desiredReplicas: 2,
    ordinalStart: null,
    podManagementPolicy: null,
    serviceName: null,
    spread: null,
    findings: [expect.objectContaining({id: 'pvc-lost', severity: 'error'})],
    ordinals: [
      [null, 'desired', 'api-1-y', ['everyones', null, true, true]],
      [null, 'desired', 'api-2-x', ['everyones', null, true, true]],
    ],
  })
})

test('a ReplicaSet has its own Pods only', () => {
  const [workload] = ask(named('replicaSets', 'other')).workloads
  expect([workload?.kind, workload?.ordinals.map((each) => each.pod?.name)]).toEqual([
    'ReplicaSet',
    ['other-z'],
  ])
})

test('what is wrong with a claim is found wherever it is mounted, and said once of the Deployment', () => {
  const report = ask(named('deployments', 'api'))
  expect(mapQuestion.findings(report).map(({id, object}) => [id, object.name])).toEqual([
    ['pvc-lost', 'everyones'],
  ])
  const ofPods = report.workloads.flatMap(({ordinals}) => ordinals.map(({findings}) => findings))
  expect(ofPods.map((found) => found.map(({id}) => id))).toEqual([['pvc-lost'], ['pvc-lost']])
})

test('findings of a set come before those of its ordinals', () => {
  const ids = mapQuestion.findings(ask(named('statefulSets', 'z'))).map(({id}) => id)
  expect(ids).toEqual(['svc-missing'])
})
