import {expect, test} from 'vitest'
import {node} from '../../builders.ts'
import {daemonEvent, daemonPod, daemonSet, tainted} from '../../builders-daemon.ts'
import {ago, judged, member, PARALLEL, refused, rolled, rolling, unready} from './rollouts.ts'
import {agents, new2, new3} from './rollouts-daemon.ts'

const PRESSURE = {type: 'DiskPressure', status: 'True', lastTransitionTime: ago(1440)}
const short = tainted('n1', [], {
  status: {conditions: [...(node().status?.conditions ?? []), PRESSURE] as never},
})

function failed(seconds: number) {
  const conditions = [{type: 'Ready', status: 'False', lastTransitionTime: ago(seconds)}]
  const status = {
    phase: 'Failed',
    reason: 'Evicted',
    message: 'The node had condition: [DiskPressure]. ',
    conditions,
  }
  return daemonPod('n1', {status})
}

test('a Pod that will be made again and fail again is no progress', () => {
  const facts = agents([failed(400), new2, new3])
  const nodes = (facts.nodes ?? []).map((each) => (each.metadata?.name === 'n1' ? short : each))
  const [state, message, ids] = judged({...facts, nodes})
  expect([state, ids[0]]).toEqual(['Stalled', 'evicted-node-pressure'])
  expect(message).toMatch(/^Node n1 is under DiskPressure/)
})

test('one that has just failed is replaced', () => {
  expect(judged(agents([failed(10), new2, new3]))[0]).toBe('Progressing')
})

test('a daemon Pod that has succeeded is replaced, or left', () => {
  const succeeded = (seconds: number) => {
    const conditions = [{type: 'Ready', status: 'False', lastTransitionTime: ago(seconds)}]
    return daemonPod('n1', {status: {phase: 'Succeeded', conditions}})
  }
  const stateOf = (seconds: number, version: string) =>
    judged({...agents([succeeded(seconds), new2, new3]), version})
  expect(stateOf(10, 'v1.37.1')[0]).toBe('Progressing')
  const [state, , [first]] = stateOf(780, 'v1.26.3')
  expect([state, first]).toEqual(['Stalled', 'ds-pod-completed'])
  expect(stateOf(780, '')[0]).toBe('Stalled')
})

test('a status that was never written does not hide that the API server refuses the Pods', () => {
  const facts = agents([])
  const [set = daemonSet()] = facts.daemonSets ?? []
  const metadata = {...set.metadata, creationTimestamp: ago(3600), generation: 1}
  const status = {observedGeneration: 0}
  const events = [
    daemonEvent('FailedCreate', 'Error creating: insufficient quota to match these scopes: [x]', {
      firstTimestamp: ago(3000),
      lastTimestamp: ago(60),
    }),
  ]
  const lagging = {...facts, daemonSets: [{...set, metadata, status} as never], version: ''}
  const {state, findings, blockedBy} = rolled({...lagging, events})
  expect([state, blockedBy?.findings[0]?.id]).toEqual(['Stalled', 'create-quota-scope'])
  expect(findings.map(({id}) => id)).not.toContain('ds-revision-sync-error')
  expect(rolled(lagging).state).toBe('Unknown')
})

test('OnDelete: an edit of the template replaces nobody, and the finding says so', () => {
  const spec = {...PARALLEL, updateStrategy: {type: 'OnDelete'}}
  const status = {currentRevision: 'web-b'}
  const crash = member(0, 'b', unready(900, 'CrashLoopBackOff', 6))
  const facts = {
    statefulSets: [rolling({spec, status})],
    pods: [crash, member(1, 'b'), member(2, 'b')],
  }
  expect(judged(facts)).toMatchObject(['Stalled', expect.any(String), ['crash-loop']])
  const commands = (given: object) =>
    rolled({...facts, ...given}).blockedBy?.findings[0]?.remedy?.act?.flatMap((way) => way.commands)
  expect(commands({})).toEqual(['kubectl delete pod -n shop web-0'])
  expect(commands({statefulSets: [rolling({spec: PARALLEL, status})]})).toEqual([])
})

test('a set whose controller is refused before it ever writes a status is stalled', () => {
  const metadata = {generation: 1, creationTimestamp: ago(3600)}
  const never = {
    statefulSets: [{...rolling({metadata}), status: {replicas: 0}}],
    pods: [],
    events: [refused(600)],
  }
  expect(judged(never)).toEqual(['Stalled', null, ['create-quota-exceeded']])
  expect(judged({...never, events: []})[0]).toBe('Unknown')
})
