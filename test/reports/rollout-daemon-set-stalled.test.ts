import {describe, expect, test} from 'vitest'
import {
  daemonEvent,
  daemonPod,
  daemonSet,
  lostNode,
  rollingUpdate,
  tainted,
  unreadyPod,
  waitingPod,
} from '../builders-daemon.ts'
import {ago, judged, leaving, type Rolled, rolled, unready} from './rollouts.ts'
import {agents, new1, new2, new3, old, SURGE, stuckOn1} from './rollouts-daemon.ts'

const UNAVAILABLE = 'ds-new-pod-unavailable'

describe('stalled, and not yet', () => {
  test.for<[string, Rolled, ReturnType<typeof judged>[0], string | null]>([
    [
      'an image that is no name',
      stuckOn1(1, 'InvalidImageName'),
      'Stalled',
      'agent-n1 on n1 InvalidImageName',
    ],
    ['retried for 121 s', stuckOn1(121, 'ImagePullBackOff'), 'Stalled', 'agent-n1 on n1 ImagePullBackOff'],
    [
      'retried for 120 s',
      stuckOn1(120, 'ImagePullBackOff'),
      'Progressing',
      'agent-n1 on n1 ImagePullBackOff',
    ],
    ['silent for ten minutes', stuckOn1(600), 'Progressing', 'agent-n1 on n1 Running, not ready'],
    ['silent for longer', stuckOn1(601), 'Stalled', 'agent-n1 on n1 Running, not ready'],
    [
      'no room on its node for half an hour',
      agents([waitingPod('n1', 'Insufficient cpu'), new2, old('n3')]),
      'Stalled',
      'agent-n1 on n1 is not scheduled: Insufficient cpu',
    ],
    [
      'it does not end',
      agents([old('n1', {...leaving(40)}), new2, old('n3')]),
      'Stalled',
      'agent-n1 on n1 should have ended and has not',
    ],
    ['it has time left to end', agents([old('n1', leaving(-20)), new2, old('n3')]), 'Progressing', null],
    [
      'the node is lost',
      agents([old('n1', {...leaving(-20), status: unready(3600)}), new2, old('n3')], {
        nodes: [lostNode('n1'), tainted('n2'), tainted('n3')],
      }),
      'Stalled',
      "agent-n1 on n1 can't end: node n1 is not ready (Kubelet stopped posting node status.)",
    ],
    [
      'nothing may be made, for more than a minute',
      agents([new1, new2], {
        events: [
          daemonEvent('FailedCreate', 'Error creating: pods "agent-" is forbidden: exceeded quota: few'),
        ],
      }),
      'Stalled',
      'a Pod on n3 can\'t be made: pods "agent-" is forbidden: exceeded quota: few',
    ],
    [
      'nothing may be made, for a minute',
      agents([new1, new2], {
        events: [
          daemonEvent('FailedCreate', 'Error creating: pods "agent-" is forbidden: exceeded quota: few', {
            firstTimestamp: ago(60),
          }),
        ],
      }),
      'Progressing',
      'a Pod on n3 can\'t be made: pods "agent-" is forbidden: exceeded quota: few',
    ],
    [
      'one of the two that use up the room only starts',
      agents(
        [
          daemonPod('n1', {status: unready(600, 'ImagePullBackOff')}),
          daemonPod('n2', {status: unready(20)}),
          old('n3'),
        ],
        {
          daemonSets: [daemonSet({strategy: rollingUpdate({maxUnavailable: 2})})],
        },
      ),
      'Progressing',
      'agent-n1 on n1 ImagePullBackOff',
    ],
    [
      'the new one does not come up beside the old one',
      agents(
        [
          old('n1'),
          daemonPod('n1', {name: 'agent-x', status: unready(600, 'ImagePullBackOff')}),
          new2,
          old('n3'),
        ],
        {
          daemonSets: [daemonSet({strategy: SURGE})],
        },
      ),
      'Stalled',
      'agent-x on n1 ImagePullBackOff',
    ],
    [
      'an old one that does not work is replaced at once',
      agents([old('n1', {status: unready(3600, 'CrashLoopBackOff')}), new2, new3]),
      'Progressing',
      null,
    ],
  ])('%s', ([, facts, status, message]) => {
    expect(judged(facts).slice(0, 2)).toEqual([status, message])
  })

  test('who is in the way tells what is found on its node', () => {
    const {blockedBy} = rolled(agents([unreadyPod('n1', {reason: 'ImagePullBackOff'}), new2, old('n3')]))
    expect({...blockedBy, findings: blockedBy?.findings.map(({id}) => id)}).toEqual({
      ordinal: null,
      nodeName: 'n1',
      pod: 'agent-n1',
      status: 'ImagePullBackOff',
      since: ago(1800),
      message: 'agent-n1 on n1 ImagePullBackOff',
      findings: [UNAVAILABLE],
    })
  })
})
