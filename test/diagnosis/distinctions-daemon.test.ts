import {expect, test} from 'vitest'
import {coverageQuestion} from '../../src/reports/coverage/question.ts'
import {snapshot} from '../builders.ts'
import {
  daemonPod,
  daemonSet,
  lostNode,
  OLD,
  REVISIONS,
  rollingUpdate,
  tainted,
  unreadyPod,
  waitingPod,
} from '../builders-daemon.ts'
import {judged, rolled, type Side, TOLD_APART} from './distinctions-sides.ts'
import type {SetFacts} from './subjects-sets.ts'

/** Old Pods on n2 and n3 wait for the budget of one; n1 is what each test is about. */
function update(n1: Pick<SetFacts, 'nodes' | 'pods'>): SetFacts {
  return {
    daemonSets: [daemonSet({strategy: rollingUpdate({maxUnavailable: 1, maxSurge: 0})})],
    controllerRevisions: REVISIONS,
    nodes: [...(n1.nodes ?? []), tainted('n2'), tainted('n3')],
    pods: [...(n1.pods ?? []), daemonPod('n2', {hash: OLD}), daemonPod('n3', {hash: OLD})],
  }
}

const dead = update({nodes: [lostNode('n1')], pods: [unreadyPod('n1', undefined, {hash: OLD})]})
const empty = update({nodes: [lostNode('n1')]})

function around(...taints: readonly string[]): SetFacts {
  return {
    daemonSets: [daemonSet()],
    controllerRevisions: REVISIONS,
    nodes: [tainted('n1', taints)],
    pods: [daemonPod('n1')],
  }
}

/** Meant for n1; what the scheduler says of all three nodes. */
function refused(text: string): SetFacts {
  return {
    daemonSets: [daemonSet()],
    controllerRevisions: REVISIONS,
    nodes: ['n1', 'n2', 'n3'].map((name) => tainted(name)),
    pods: [waitingPod('n1', `0/3 nodes are available: ${text}.`), daemonPod('n2'), daemonPod('n3')],
  }
}

const MISSCHEDULED = 'ds-notready-shown-misscheduled'
const LEFTOVER = 'ds-misscheduled-leftover'

const sides: readonly Side[] = [
  ['4: the Pod of a lost node uses up the budget', dead, ['ds-dead-node-eats-budget'], []],
  ['4: a lost node without Pod does not', empty, [], ['ds-dead-node-eats-budget', 'ds-new-pod-unavailable']],
  [
    '5: a node that is not ready makes its Pod look misscheduled',
    around('node.kubernetes.io/not-ready:NoSchedule'),
    [MISSCHEDULED],
    [LEFTOVER],
  ],
  [
    '5: so does a node that is being taken away',
    around('karpenter.sh/disrupted:NoSchedule'),
    ['ds-node-leaving'],
    [LEFTOVER, MISSCHEDULED],
  ],
  ['5: a taint of somebody makes it so', around('dedicated=db:NoSchedule'), [LEFTOVER], [MISSCHEDULED]],
  [
    '10: what other nodes say of their affinity is noise',
    refused("1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]"),
    ['sched-insufficient-cpu'],
    ['sched-node-affinity', 'ds-unschedulable-pinned'],
  ],
  [
    '10: so it is in other words of other versions',
    refused("1 Insufficient cpu, 2 node(s) didn't match Pod's node affinity/selector"),
    ['sched-insufficient-cpu'],
    ['sched-node-affinity'],
  ],
  [
    '10: what its own node says of its affinity is the cause',
    refused("3 node(s) didn't match Pod's node affinity/selector"),
    ['sched-node-affinity'],
    ['sched-insufficient-cpu'],
  ],
]

test.for(sides)('distinction %s', async (side) => {
  expect(await judged(side)).toEqual(TOLD_APART)
})

test('distinction 4: a node that is not ready leaves the desired number, and its Pod stays in the budget', async () => {
  const {daemonSets} = coverageQuestion.build(snapshot(dead), {names: []})
  expect(daemonSets[0]).toMatchObject({
    desiredNumberScheduled: 2,
    budget: {limit: 1, used: 1, usedBy: ['n1']},
  })
  expect((await rolled(dead))?.budget).toMatchObject({used: 1, usedBy: [{nodeName: 'n1'}]})
  expect((await rolled(empty))?.budget).toMatchObject({used: 0, usedBy: []})
})
