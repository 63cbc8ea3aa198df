import {expect, test} from 'vitest'
import {claim, node, volume} from '../../builders.ts'
import {daemonPod, daemonSet} from '../../builders-daemon.ts'
import {
  budget,
  cluster,
  FAILING,
  JUST_NOW,
  member,
  namespaceOf,
  SINCE,
  set,
  TERMINATING,
  UNREADY,
} from '../sets.ts'
import {evictionFindings, ids, type SetFacts} from '../subjects-sets.ts'

const CORDONED = [node({name: 'db', spec: {unschedulable: true}})]
const READY = [0, 1, 2].map((ordinal) => member('db', ordinal, 2))

/** Three members on a node that is cordoned, unless told. */
function members(budgets: SetFacts['budgets'], others: SetFacts = {}): SetFacts {
  return {
    ...cluster('db', set('db', {replicas: 3}), READY),
    nodes: CORDONED,
    budgets: budgets ?? [],
    ...others,
  }
}

const condition = (status: string, reason: string, lastTransitionTime = SINCE) => ({
  conditions: [{type: 'DisruptionAllowed', status, reason, message: 'm', lastTransitionTime}],
})
const CALM = {nodes: [node({name: 'db'})]}
const going = {...member('db', 1, 2), metadata: {...member('db', 1, 2).metadata, ...TERMINATING}}
const POLICY = {unhealthyPodEvictionPolicy: 'AlwaysAllow'}
const ONE_LEFT = {status: {currentHealthy: 1}}

function oneUnready(status: object, ...budgets: readonly ReturnType<typeof budget>[]): SetFacts {
  return members(budgets, {pods: [member('db', 1, 2, {status})]})
}

test.for<[string, SetFacts, readonly string[]]>([
  ['there is no budget', members([]), []],
  ['a budget has something to spare', members([budget('db', {status: {disruptionsAllowed: 1}})]), []],
  ['a budget is of other Pods', members([budget('db', {spec: {selector: {matchLabels: {app: 'x'}}}})]), []],
  ['a budget has no selector', members([budget('db', {spec: {selector: undefined}})]), []],
  ['a budget selects all', members([budget('db', {spec: {selector: {}}})]), ['pdb-blocks-drain error']],
  ['a budget has nothing to spare', members([budget('db')]), ['pdb-blocks-drain error']],
  [
    'a budget has nothing to spare since a moment',
    members([budget('db', {status: condition('False', 'InsufficientPods', JUST_NOW)})]),
    ['pdb-blocks-drain info'],
  ],
  ['a budget has nothing to spare, and nobody drains', members([budget('db')], CALM), []],
  ['the only Pod there is going', members([budget('db')], {pods: [going]}), []],
  ['two budgets select them', members([budget('db'), budget('db', {name: 'b'})]), ['pdb-multiple error']],
  [
    'two budgets select them, and nobody drains',
    members([budget('db'), budget('db', {name: 'b'})], CALM),
    ['pdb-multiple warning'],
  ],
  [
    'two budgets select a Pod that has not begun: nobody asks them',
    members(
      [
        budget('db', {status: {disruptionsAllowed: 1}}),
        budget('db', {name: 'b', status: {disruptionsAllowed: 1}}),
      ],
      {pods: [member('db', 0, 2, {status: FAILING})]},
    ),
    [],
  ],
  [
    'a budget can’t be counted',
    members([budget('db', {status: condition('False', 'SyncFailed')})]),
    ['pdb-sync-failed warning'],
  ],
  ['a budget has not been looked at', members([budget('db', {generation: 2})]), ['pdb-sync-failed warning']],
  [
    'a budget was merely too small to count',
    members([budget('db', {status: {...condition('False', 'InsufficientPods')}})]),
    ['pdb-blocks-drain error'],
  ],
])('%s', ([, facts, wanted]) => {
  expect(evictionFindings(facts).map(({id, severity}) => `${id} ${severity}`)).toEqual(wanted)
})

test.for<[string, object, object, boolean]>([
  ['minAvailable is all of them', {minAvailable: 3}, {desiredHealthy: 3}, true],
  ['minAvailable is 100%', {minAvailable: '100%'}, {desiredHealthy: 3}, true],
  ['maxUnavailable is 0', {minAvailable: undefined, maxUnavailable: 0}, {desiredHealthy: 3}, true],
  ['one of three may go', {minAvailable: 2}, {}, false],
  ['minAvailable is what is left while one is away', {minAvailable: 2}, {expectedPods: 2}, false],
  ['there are no Pods yet', {minAvailable: 3}, {desiredHealthy: 3, expectedPods: 0}, false],
])('a budget never allows anything, or not: %s', ([, spec, status, isImpossible]) => {
  const facts = members([budget('db', {spec, status})], CALM)
  expect(ids(evictionFindings(facts)).includes('pdb-impossible')).toBe(isImpossible)
})

test.for<[string, SetFacts, readonly string[]]>([
  ['too few others are healthy', oneUnready(UNREADY, budget('db', ONE_LEFT)), ['pdb-unhealthy-member']],
  ['enough others are healthy', oneUnready(UNREADY, budget('db')), []],
  ['the budget lets it go', oneUnready(UNREADY, budget('db', {...ONE_LEFT, spec: POLICY})), []],
  ['it has not begun: no budget is asked', oneUnready(FAILING, budget('db', ONE_LEFT)), []],
  ['it is ready, and another is not', members([budget('db', ONE_LEFT)]), ['pdb-blocks-drain']],
])('a Pod that is not ready is kept, or not: %s', ([, facts, wanted]) => {
  expect(ids(evictionFindings(facts))).toEqual(wanted)
})

test('before 1.27 a budget knows no such policy', () => {
  const [found] = evictionFindings({...oneUnready(UNREADY, budget('db', ONE_LEFT)), version: 'v1.26.1'})
  expect(found?.remedy).toMatchObject({
    look: ['kubectl describe pod -n ns-db db-1'],
    act: [{commands: []}, {commands: ['kubectl delete pod -n ns-db db-1']}],
  })
})

/** `db-2` was evicted from `db`; its volume is on the nodes that bear these names. */
function evicted(names: readonly string[], others: SetFacts = {}): SetFacts {
  const {nodeName: _, ...unbound} = member('db', 2, 2).spec ?? {containers: []}
  const conditions = [{type: 'PodScheduled', status: 'False', lastTransitionTime: SINCE}]
  const waiting = {
    ...member('db', 2, 2, {status: {phase: 'Pending', conditions}}),
    spec: {...unbound, volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]},
  }
  const matchExpressions = [{key: 'kubernetes.io/hostname', operator: 'In', values: names}]
  return members([budget('db')], {
    pods: [...READY.slice(0, 2), waiting],
    nodes: [...CORDONED, node({name: 'free'})],
    persistentVolumeClaims: [claim({name: 'data', namespace: namespaceOf('db'), spec: {volumeName: 'v'}})],
    persistentVolumes: [
      volume({name: 'v', spec: {nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions}]}}}}),
    ],
    ...others,
  })
}

const STUCK = 'drain-sts-stuck-evicted-replacement'

test.for<[string, SetFacts, string]>([
  ['only where it is cordoned', evicted(['db']), STUCK],
  ['on another node, too', evicted(['db', 'free']), 'pdb-blocks-drain'],
  ['nowhere: that is no matter of the drain', evicted(['gone']), 'pdb-blocks-drain'],
  [
    'who knows where',
    evicted(['db'], {persistentVolumes: [], unseen: ['persistentVolumes']}),
    'pdb-blocks-drain',
  ],
])('a volume of an evicted member is reachable %s', ([, facts, wanted]) => {
  expect(ids(evictionFindings(facts))).toEqual([wanted])
})

const ROLLING = [member('db', 0, 1), member('db', 1, 2)]

test.for<[string, SetFacts, readonly string[]]>([
  ['while it is tight', members([budget('db')], {...CALM, pods: ROLLING}), ['pdb-not-involved']],
  [
    'while there is something to spare',
    members([budget('db', {status: {disruptionsAllowed: 1}})], {...CALM, pods: ROLLING}),
    [],
  ],
  ['with all of one revision', members([budget('db')], CALM), []],
  ['while somebody drains', members([budget('db')], {pods: ROLLING}), ['pdb-blocks-drain']],
])('a rollout does not ask a budget: %s', ([, facts, wanted]) => {
  expect(ids(evictionFindings(facts))).toEqual(wanted)
})

const EMPTY_DIR = {volumes: [{name: 'tmp', emptyDir: {}}]}

test.for<[string, SetFacts, readonly string[]]>([
  [
    'that keeps something in an emptyDir',
    members([], {pods: [member('db', 0, 2, {spec: EMPTY_DIR})]}),
    ['drain-local-storage'],
  ],
  ['that keeps nothing there', members([]), []],
  ['on a node that nobody drains', members([], {...CALM, pods: [member('db', 0, 2, {spec: EMPTY_DIR})]}), []],
  [
    'that has finished',
    members([], {pods: [member('db', 0, 2, {spec: EMPTY_DIR, status: {phase: 'Failed'}})]}),
    [],
  ],
  ['of a DaemonSet', daemon({}), ['drain-daemonset']],
  [
    'of a DaemonSet with an emptyDir: kubectl leaves it, and what it keeps',
    daemon(EMPTY_DIR),
    ['drain-daemonset'],
  ],
])('kubectl drain does not begin with a Pod %s', ([, facts, wanted]) => {
  expect(ids(evictionFindings(facts))).toEqual(wanted)
})

function daemon(spec: object): SetFacts {
  return {daemonSets: [daemonSet()], nodes: CORDONED, pods: [daemonPod('db', {spec})]}
}

test('a budget on daemon Pods keeps no node from being drained', () => {
  const tight = {...budget('agent'), metadata: {name: 'agent', namespace: 'shop', generation: 1}}
  expect(ids(evictionFindings({...daemon({}), budgets: [tight]}))).toEqual(['drain-daemonset'])
})
