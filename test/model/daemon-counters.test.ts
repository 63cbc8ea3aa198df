import {expect, test} from 'vitest'
import {
  type CountedNode,
  countersOf,
  differingCounters,
  reportedCounters,
} from '../../src/model/daemon-counters.ts'
import {eligibility} from '../../src/model/daemon-eligibility.ts'
import type {DaemonSet, Node, Pod} from '../../src/model/objects.ts'
import {NOW} from '../builders.ts'
import {daemonPod, daemonSet, lostNode, NEW, OLD, tainted, unreadyPod} from '../builders-daemon.ts'

function counted(node: Node, ...pods: readonly Pod[]): CountedNode {
  return {node, eligibility: eligibility(daemonSet().spec?.template, node), pods}
}

function deleted(pod: Pod): Pod {
  return {...pod, metadata: {...pod.metadata, deletionTimestamp: NOW}}
}

const none = {
  desiredNumberScheduled: 0,
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  numberReady: 0,
  numberAvailable: 0,
  numberUnavailable: 0,
  updatedNumberScheduled: 0,
}
const one = {
  ...none,
  desiredNumberScheduled: 1,
  currentNumberScheduled: 1,
  numberReady: 1,
  numberAvailable: 1,
  updatedNumberScheduled: 1,
}

test.for<[string, CountedNode, typeof none]>([
  ['a current Pod that is ready', counted(tainted('n1'), daemonPod('n1')), one],
  ['an old Pod', counted(tainted('n1'), daemonPod('n1', {hash: OLD})), {...one, updatedNumberScheduled: 0}],
  ['no Pod', counted(tainted('n1')), {...none, desiredNumberScheduled: 1, numberUnavailable: 1}],
  [
    'a Pod that is not ready',
    counted(tainted('n1'), unreadyPod('n1')),
    {...one, numberReady: 0, numberAvailable: 0, numberUnavailable: 1},
  ],
  ['a Pod that is being deleted and still ready', counted(tainted('n1'), deleted(daemonPod('n1'))), one],
  [
    'two Pods: only the first one counts, even while the second one is the new one',
    counted(tainted('n1'), daemonPod('n1', {hash: OLD}), unreadyPod('n1')),
    {...one, updatedNumberScheduled: 0},
  ],
  ['a node that must not run one', counted(tainted('n1', ['a:NoSchedule'])), none],
  [
    'a node that must not run one, and does',
    counted(tainted('n1', ['a:NoSchedule']), daemonPod('n1')),
    {...none, numberMisscheduled: 1},
  ],
  [
    'a lost node: it leaves the desired ones, and its Pod is misscheduled',
    counted(lostNode('n1'), unreadyPod('n1')),
    {...none, numberMisscheduled: 1},
  ],
])('%s', ([, node, expected]) => {
  expect(countersOf(daemonSet(), [node], NEW, NOW)).toEqual(expected)
})

/** Ready at 10:00:30; it is 12:00:00. */
test.for<[number, number]>([
  [0, 1],
  [7170, 1],
  [7171, 0],
])(
  'with minReadySeconds %i a Pod that is ready for 7170s counts as %i available',
  ([minReadySeconds, available]) => {
    const set = daemonSet({spec: {minReadySeconds}})
    const counters = countersOf(set, [counted(tainted('n1'), daemonPod('n1'))], NEW, NOW)
    expect([counters.numberReady, counters.numberAvailable, counters.numberUnavailable]).toEqual([
      1,
      available,
      1 - available,
    ])
  },
)

test('while the current revision is not known, nobody knows how many are updated', () => {
  const nodes = [counted(tainted('n1'), daemonPod('n1')), counted(tainted('n2'))]
  expect(countersOf(daemonSet(), nodes, undefined, NOW).updatedNumberScheduled).toBeNull()
})

test('counters that the controller left out are 0', () => {
  const set: DaemonSet = {
    status: {desiredNumberScheduled: 3, currentNumberScheduled: 3, numberMisscheduled: 1, numberReady: 2},
  }
  expect(reportedCounters(set)).toEqual({
    ...none,
    desiredNumberScheduled: 3,
    currentNumberScheduled: 3,
    numberMisscheduled: 1,
    numberReady: 2,
  })
  expect(reportedCounters({})).toEqual(none)
})

test('what differs is named; what is not known differs in nothing', () => {
  expect(
    differingCounters({...one, updatedNumberScheduled: null as never}, {...one, numberReady: 0}),
  ).toEqual(['numberReady'])
  expect(differingCounters(one, one)).toEqual([])
})
