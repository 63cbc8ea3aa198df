import {describe, expect, test} from 'vitest'
import {daemonPod, daemonSet, lostNode, ON_DELETE, rollingUpdate, tainted} from '../../builders-daemon.ts'
import {type Rolled, ready, rolled, unready} from './rollouts.ts'
import {agents, blockedOn1, new1, new2, new3, old, SURGE} from './rollouts-daemon.ts'

describe('statuses', () => {
  test.for<[string, Rolled, string, string | null]>([
    ['all are updated and available', agents([new1, new2, new3]), 'Complete', null],
    ['it is wanted nowhere', agents([], {nodes: []}), 'Complete', null],
    ['old ones are there, and there is room', agents([new1, old('n2'), old('n3')]), 'Progressing', null],
    ['a Pod is to be created', agents([new1, new2]), 'Progressing', null],
    ['a Pod starts', blockedOn1(30, 'ContainerCreating'), 'Progressing', null],
    [
      'somebody is to delete the old ones',
      agents([new1, old('n2'), old('n3')], {daemonSets: [daemonSet({strategy: ON_DELETE})]}),
      'Waiting',
      'somebody to delete 2 old Pods',
    ],
    [
      'minReadySeconds have some time left',
      agents([daemonPod('n1', {status: ready(20)}), new2, old('n3')], {
        daemonSets: [daemonSet({spec: {minReadySeconds: 60}})],
      }),
      'Waiting',
      'room: maxUnavailable 1 is used up by n1',
    ],
    [
      'the last one has minReadySeconds left',
      agents([daemonPod('n1', {status: ready(20)}), new2, new3], {
        daemonSets: [daemonSet({spec: {minReadySeconds: 60}})],
      }),
      'Waiting',
      'agent-n1 on n1 to stay ready for minReadySeconds (60s)',
    ],
    [
      'a new Pod comes up beside the old one',
      agents([old('n1'), daemonPod('n1', {name: 'agent-x', status: unready(20)}), new2, old('n3')], {
        daemonSets: [daemonSet({strategy: SURGE})],
      }),
      'Progressing',
      null,
    ],
    [
      'a dead node uses up one place of two',
      agents([new1, old('n2'), old('n3', {status: unready(3600)})], {
        daemonSets: [daemonSet({strategy: rollingUpdate({maxUnavailable: 2})})],
        nodes: [tainted('n1'), tainted('n2'), lostNode('n3')],
      }),
      'Progressing',
      null,
    ],
  ])('%s', ([, facts, status, reason]) => {
    const workload = rolled(facts)
    expect([workload.state, workload.reason]).toEqual([status, reason])
  })
})

describe('unknown', () => {
  const status = {
    desiredNumberScheduled: 3,
    currentNumberScheduled: 3,
    updatedNumberScheduled: 3,
    numberReady: 3,
    numberAvailable: 3,
  }
  const seen = agents([new1, new2, new3], {daemonSets: [daemonSet({status})]})
  const newest = [daemonSet({metadata: {generation: 3}})]

  test.for<[string, Rolled, string, string?]>([
    [
      'the newest generation',
      {...seen, daemonSets: newest},
      'the controller has not looked at the newest generation yet',
      'Progressing',
    ],
    [
      'Pods',
      {...seen, unseen: ['pods'], pods: []},
      'pods could not be read; the counts are those of its own status',
    ],
    [
      'nodes',
      {...seen, unseen: ['nodes'], nodes: []},
      'nodes could not be read; the counts are those of its own status',
    ],
    [
      'revisions',
      {...seen, unseen: ['controllerRevisions'], controllerRevisions: []},
      'controllerrevisions could not be read',
    ],
    ['any revision', {...seen, controllerRevisions: []}, 'the set has no ControllerRevision yet'],
  ])('without %s', ([, facts, expected, verdict = 'Unknown']) => {
    const known = verdict === 'Progressing' ? ['ds-revision-sync-error'] : []
    const {state, reason, steps, blockedBy, findings} = rolled(facts)
    const ids = findings.map((finding) => finding.id)
    expect({state, reason, steps, blockedBy, ids}).toEqual({
      state: verdict,
      reason: expected,
      steps: [],
      blockedBy: null,
      ids: known,
    })
  })

  test('the controller creates the first revision: that is waited for', () => {
    expect(rolled({...seen, controllerRevisions: []}).next.waitsFor?.reason).toBe('Observation')
  })
})
