import {expect, test} from 'vitest'
import {
  daemonPod,
  daemonSet,
  lostNode,
  OLD,
  REVISIONS,
  rollingUpdate,
  tainted,
} from '../../builders-daemon.ts'
import {ago, type Rolled, ready, rolled, terminating, unready} from './rollouts.ts'

const old = (on: string, others = {}) => daemonPod(on, {hash: OLD, ...others})

/** Of ten nodes one is lost, one is not wanted any more, one lacks its Pod, and of one only a Pod is left. */
const facts: Rolled = {
  daemonSets: [daemonSet({strategy: rollingUpdate({maxUnavailable: '50%'})})],
  controllerRevisions: REVISIONS,
  nodes: [
    tainted('n1'),
    tainted('n2'),
    tainted('n3'),
    lostNode('n4'),
    tainted('n5', ['dedicated=db:NoSchedule']),
    tainted('n6', ['dedicated=db:NoSchedule']),
    tainted('n7'),
    tainted('n8'),
    tainted('n9'),
  ],
  pods: [
    daemonPod('n1', {metadata: {creationTimestamp: ago(300)}}),
    daemonPod('n2', {status: unready(50, 'ContainerCreating'), metadata: {creationTimestamp: ago(60)}}),
    old('n4', {status: unready(3600)}),
    daemonPod('n5', {status: unready(50), metadata: {creationTimestamp: ago(180)}}),
    old('n7'),
    old('n8', terminating(-20)),
    old('n9', {status: unready(100)}),
    old('gone', {status: ready()}),
  ],
}

test('the ledger names each node that uses up the budget: dead, missing, not wanted, gone', () => {
  expect(rolled(facts).budget).toEqual({
    mode: 'maxUnavailable',
    limit: 3,
    used: 6,
    usedBy: [
      {nodeName: 'n2', why: 'new-unavailable'},
      {nodeName: 'n3', why: 'missing'},
      {nodeName: 'n4', why: 'old-unavailable'},
      {nodeName: 'n5', why: 'new-unavailable'},
      {nodeName: 'n8', why: 'missing'},
      {nodeName: 'n9', why: 'old-unavailable'},
    ],
  })
})

test('steps put the one in the way first, then those to look at, by name; nodes that want no Pod and have one are excluded', () => {
  expect(
    rolled(facts).steps.map(({nodeName, state, revision, status}) => [nodeName, state, revision, status]),
  ).toEqual([
    ['n4', 'blocking', 'old', 'Running'],
    ['n3', 'missing', null, null],
    ['n2', 'updating', 'new', 'ContainerCreating'],
    ['n8', 'updating', 'old', 'Terminating'],
    ['gone', 'excluded', 'old', 'Running'],
    ['n5', 'excluded', 'new', 'Running'],
    ['n7', 'waiting', 'old', 'Running'],
    ['n9', 'waiting', 'old', 'Running'],
    ['n1', 'updated', 'new', 'Running'],
  ])
})

test('counts are of the nodes that should run a Pod, revisions of all Pods; what stops serves, and is not counted on', () => {
  const {counts, revisions, currentRevision, updateRevision, pace} = rolled(facts)
  expect({counts, revisions, currentRevision, updateRevision, pace}).toEqual({
    counts: {desired: 6, updated: 2, ready: 2, available: 2},
    revisions: [
      {name: 'old', pods: 5},
      {name: 'new', pods: 3},
    ],
    currentRevision: null,
    updateRevision: 'new',
    pace: {lastStepAt: ago(10), secondsPerPod: 120},
  })
})

test('with maxSurge each node with a new Pod that is not available yet uses up the budget; the old one serves', () => {
  const {budget, next, steps} = rolled({
    ...facts,
    daemonSets: [daemonSet({strategy: rollingUpdate({maxUnavailable: 0, maxSurge: 1})})],
    nodes: [tainted('n1'), tainted('n2')],
    pods: [old('n1'), daemonPod('n1', {name: 'agent-x', status: unready(20)}), old('n2')],
  })
  expect({budget, next, steps: steps.map(({nodeName, pod, state}) => [nodeName, pod, state])}).toEqual({
    budget: {mode: 'maxSurge', limit: 1, used: 1, usedBy: [{nodeName: 'n1', why: 'surging'}]},
    next: {
      actions: [],
      choose: null,
      waitsFor: {reason: 'Budget', message: 'room: maxSurge 1 is used up by n1', nodeName: 'n1'},
    },
    steps: [
      ['n1', 'agent-n1', 'updating'],
      ['n2', 'agent-n2', 'waiting'],
    ],
  })
})
