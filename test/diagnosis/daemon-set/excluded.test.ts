import {expect, test} from 'vitest'
import type {Event} from '../../../src/model/objects.ts'
import {CREATED, type node, pinnedTo} from '../../builders.ts'
import {
  daemonPod,
  daemonSet,
  EVERYTHING,
  lostNode,
  revision,
  tainted,
  unreadyPod,
} from '../../builders-daemon.ts'
import {daemonFindings as everyFinding, ids, type SetFacts} from '../subjects-sets.ts'

/** But that one node is all that there is, which is said of the whole set. */
function daemonFindings(facts: SetFacts) {
  return everyFinding(facts).filter(({id}) => id !== 'ds-wanted-nowhere')
}

function on(
  where: ReturnType<typeof node>,
  template: object = {},
  ...pods: readonly ReturnType<typeof daemonPod>[]
): SetFacts {
  return {daemonSets: [daemonSet({template})], nodes: [where], pods}
}

const AFFINITY = {
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: pinnedTo('pool', 'a').nodeAffinity.required,
    },
  },
}

test.for<[string, SetFacts, readonly string[]]>([
  ['a taint', on(tainted('n1', ['gpu=yes:NoSchedule'])), ['ds-excluded-taint']],
  ['a taint that it tolerates', on(tainted('n1', ['gpu=yes:NoSchedule']), {tolerations: EVERYTHING}), []],
  ['a node selector', on(tainted('n1'), {nodeSelector: {pool: 'a'}}), ['ds-excluded-selector']],
  ['a required affinity', on(tainted('n1'), AFFINITY), ['ds-excluded-selector']],
  ['a node name', on(tainted('n1'), {nodeName: 'n2'}), ['ds-excluded-nodename']],
  ['nothing', on(tainted('n1')), []],
  [
    'a taint, and it has a Pod there: that is misscheduled',
    on(tainted('n1', ['gpu=yes:NoSchedule']), {}, daemonPod('n1')),
    [],
  ],
])('a set is kept off a node by %s', ([, facts, wanted]) => {
  expect(ids(daemonFindings(facts))).toEqual(wanted)
})

test.for<[string, SetFacts, readonly string[]]>([
  [
    'sets a label that is not there',
    on(tainted('n1'), {nodeSelector: {pool: 'a'}}),
    ['kubectl describe node n1', 'kubectl label node n1 pool=a'],
  ],
  [
    'overwrites no label',
    on(tainted('n1', [], {metadata: {labels: {pool: 'b'}}}), {nodeSelector: {pool: 'a', disk: 'ssd'}}),
    ['kubectl describe node n1', 'kubectl get ds -n shop agent -o yaml'],
  ],
  ['takes no taint off that Kubernetes put there', on(lostNode('n1')), ['kubectl describe node n1']],
  [
    'takes no taint off that the autoscaler put there',
    on(tainted('n1', ['ToBeDeletedByClusterAutoscaler=1:NoSchedule'])),
    ['kubectl describe node n1'],
  ],
  [
    'looks for the agent that takes the taint off',
    on(tainted('n1', ['node.cilium.io/agent-not-ready:NoSchedule'])),
    ['kubectl describe node n1', 'kubectl get pods -A -o wide --field-selector spec.nodeName=n1'],
  ],
])('to let a set in %s', ([, facts, commands]) => {
  const {look = [], act = []} = daemonFindings(facts)[0]?.remedy ?? {}
  expect([...look, ...act.flatMap((way) => way.commands)]).toEqual(commands)
})

test('what keeps a set off a node ends by itself, or the node is not worth the while', () => {
  const advice = (taint: string) => daemonFindings(on(tainted('n1', [taint])))[0]?.remedy?.act?.[0]?.text
  expect(advice('karpenter.sh/disrupted:NoSchedule')).toBe('nothing to do: the node is being removed')
  expect(advice('ebs.csi.aws.com/agent-not-ready:NoExecute')).toMatch(
    /if this set is that agent, let its template tolerate the taint$/,
  )
  expect(advice('gpu=yes:NoSchedule')).toMatch(
    /tolerate the taint in the template, or remove it from the node$/,
  )
})

const cordoned = tainted('n1', ['node.kubernetes.io/unschedulable:NoSchedule'], {spec: {unschedulable: true}})

test.for<[string, SetFacts, readonly string[]]>([
  [
    'whose Pod does not work',
    on(cordoned, {}, unreadyPod('n1', {reason: 'CrashLoopBackOff'})),
    ['ds-cordon-is-not-a-cause'],
  ],
  ['without a Pod', on(cordoned), ['ds-cordon-is-not-a-cause']],
  ['whose Pod works', on(cordoned, {}, daemonPod('n1')), []],
  ['that the set does not want', on(cordoned, {nodeName: 'n2'}), ['ds-excluded-nodename']],
])('a cordoned node %s', ([, facts, wanted]) => {
  expect(ids(daemonFindings(facts))).toEqual(wanted)
})

test('a node that is not cordoned needs no such word', () => {
  const facts = on(tainted('n1'), {}, unreadyPod('n1', {reason: 'CrashLoopBackOff'}))
  expect(daemonFindings(facts)).toEqual([])
})

test.for<[string, string | undefined, boolean]>([
  ['younger than its Pod', '2026-05-01T11:00:00Z', true],
  ['as old as its Pod', CREATED, false],
  ['older than its Pod', '2026-05-01T09:00:00Z', false],
  ['of an age that nobody tells', undefined, false],
])('a Pod was relabelled, or not: its revision is %s', ([, creationTimestamp, isRelabelled]) => {
  const made = revision('new', 2)
  const controllerRevisions = [
    {...made, metadata: {...made.metadata, ...(creationTimestamp && {creationTimestamp})}},
  ]
  const found = daemonFindings({...on(tainted('n1'), {}, daemonPod('n1')), controllerRevisions})
  expect(ids(found).includes('ds-hash-relabel')).toBe(isRelabelled)
})

const CRITICAL = {priorityClassName: 'system-node-critical'}

function preempted(message: string, others: Partial<Event> = {}): {events: readonly Event[]} {
  const event: Event = {
    metadata: {name: 'e', namespace: 'db', creationTimestamp: '2026-05-01T11:00:00Z'},
    involvedObject: {kind: 'Pod', namespace: 'db', name: 'db-0'},
    reason: 'Preempted',
    message,
    ...others,
  }
  return {events: [event]}
}

const MINE = 'Preempted by pod uid-agent-n1 on node n1'

test.for<[string, object, {events: readonly Event[]}, boolean]>([
  ['for a Pod of it', CRITICAL, preempted(MINE), true],
  ['for another Pod', CRITICAL, preempted('Preempted by pod other on node n1'), false],
  ['in the words of 1.26, which name nobody', CRITICAL, preempted('Preempted by a pod on node n1'), false],
  ['for a Pod of it that is not critical', {}, preempted(MINE), false],
  ['says an event of another reason', CRITICAL, preempted(MINE, {reason: 'Killing'}), false],
])('others were stopped %s', ([, template, events, isSaid]) => {
  const found = daemonFindings({...on(tainted('n1'), template, daemonPod('n1')), ...events})
  expect(ids(found).includes('ds-critical-preempts-others')).toBe(isSaid)
})
