import {expect, test} from 'vitest'
import type {Node, Pod} from '../../../src/model/objects.ts'
import type {Observed, ResourceKey} from '../../../src/model/snapshot.ts'
import {whyView} from '../../../src/render/views/why.ts'
import {pod} from '../../builders.ts'
import {daemonEvent, daemonPod, daemonSet, tainted, unreadyPod, waitingPod} from '../../builders-daemon.ts'
import {why} from './whys.ts'

const FULL = "0/2 nodes are available: 1 Too many pods, 1 node(s) didn't satisfy plugin(s) [NodeAffinity]."
const cluster = {daemonSets: [daemonSet()], nodes: [tainted('n1'), tainted('n2')]}

function aboutNode(facts: Partial<Observed>, unseen: readonly ResourceKey[] = []) {
  return why('nodes', 'n1', {...cluster, ...facts}, unseen)
}

function above(facts: Partial<Observed>) {
  return aboutNode(facts)
    .findings.filter(({severity}) => severity !== 'info')
    .map(({id}) => id)
}

test('a node tells which daemons are missing on it, and why', () => {
  const events = [
    daemonEvent(
      'FailedCreate',
      'Error creating: pods "agent-x" is forbidden: exceeded quota: few, requested: pods=1',
    ),
  ]
  expect(above({events})).toEqual(['create-quota-exceeded'])
  expect(above({})).toEqual(['ds-node-missing-pod'])
  expect(above({pods: [daemonPod('n1')]})).toEqual([])
})

test('a node tells which daemons wait for it, not those that wait for another', () => {
  expect(above({pods: [waitingPod('n1', FULL)]})).toEqual(['sched-too-many-pods'])
  expect(above({pods: [daemonPod('n1'), waitingPod('n2', FULL)]})).toEqual([])
})

const CRASH = {waiting: {reason: 'CrashLoopBackOff'}}

function stranger(name: string, of: Pod): Pod {
  const ownerReferences = [
    {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'uid-rs', controller: true},
  ]
  return {
    ...of,
    metadata: {...of.metadata, name, uid: `uid-${name}`, ownerReferences},
    spec: {...of.spec, volumes: [], containers: [{name: 'main'}]},
  }
}

test('Pods of others are looked at, too, and said where nothing of ours is wrong', () => {
  const crashing = stranger('web-abc', unreadyPod('n1', CRASH.waiting))
  expect(above({pods: [daemonPod('n1'), crashing]})).toEqual(['crash-loop'])
  expect(above({pods: [waitingPod('n1', FULL), crashing]})).toEqual(['sched-too-many-pods'])
  const elsewhere = stranger('web-abc', unreadyPod('n2', CRASH.waiting))
  const done = stranger('job-1', {...pod({spec: {nodeName: 'n1'}}), status: {phase: 'Succeeded'}})
  expect(above({pods: [daemonPod('n1'), elsewhere, done]})).toEqual([])
})

function causeText(facts: Partial<Observed>, unseen: readonly ResourceKey[] = []): string {
  const options = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: true}
  const sections = whyView(aboutNode(facts, unseen), options)
  return sections.flatMap(({paragraphs}) => paragraphs.flatMap(({lines}) => lines))[0]?.text ?? ''
}

function withCondition(type: string): Node {
  const conditions = [
    {type: 'Ready', status: 'True'},
    {type, status: 'True'},
  ]
  return {...tainted('n1'), status: {conditions}}
}

test('that nothing is wrong with a node is said only where its conditions and all of its kinds were looked at', () => {
  const pods = [daemonPod('n1'), daemonPod('n2')]
  expect(causeText({pods})).toBe('nothing is wrong with it, as far as could be seen')
  expect(causeText({pods}, ['persistentVolumes'])).toBe('nothing is wrong with it in what could be read')
  expect(causeText({pods, nodes: [withCondition('DiskPressure')]})).toContain(
    'the link to look at is Node n1: is ready, DiskPressure=True',
  )
  expect(causeText({pods, nodes: [withCondition('KernelDeadlock')]})).toContain('KernelDeadlock=True')
  expect(causeText({pods, nodes: [withCondition('EtcdIsVoter')]})).toContain('nothing is wrong')
})
