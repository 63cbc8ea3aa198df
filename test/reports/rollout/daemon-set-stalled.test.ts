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
} from '../../builders-daemon.ts'
import {ago, judged, type Rolled, rolled, terminating, unready} from './rollouts.ts'
import {agents, blockedOn1, new1, new2, new3, old, SURGE} from './rollouts-daemon.ts'

const PULLS = "Image <unknown> can't be pulled (agent-n1, container main)"
const RUNS = 'Container main of agent-n1 runs and is not ready'
const UNAVAILABLE = 'ds-new-pod-unavailable'

describe('stalled, and not yet', () => {
  test.for<[string, Rolled, ReturnType<typeof judged>[0], string | null]>([
    [
      'an image that is no name',
      blockedOn1(1, 'InvalidImageName'),
      'Stalled',
      'Image <unknown> has a name that no registry could have (agent-n1, container main)',
    ],
    ['retried for 121 s', blockedOn1(121, 'ImagePullBackOff'), 'Stalled', PULLS],
    ['retried for 120 s', blockedOn1(120, 'ImagePullBackOff'), 'Progressing', PULLS],
    ['silent for ten minutes', blockedOn1(600), 'Progressing', RUNS],
    ['silent for longer', blockedOn1(601), 'Stalled', RUNS],
    [
      'no room on its node for half an hour',
      agents([waitingPod('n1', 'Insufficient cpu'), new2, old('n3')]),
      'Stalled',
      'Not enough CPU is free on node n1 (agent-n1 is pending)',
    ],
    [
      'it does not end',
      agents([old('n1', {...terminating(40)}), new2, old('n3')]),
      'Stalled',
      "Container main of agent-n1 still runs on node n1, which is ready, so the Pod can't terminate",
    ],
    ['it has time left to end', agents([old('n1', terminating(-20)), new2, old('n3')]), 'Progressing', null],
    [
      'the node is lost, and its Pod has time left to end',
      agents([old('n1', {...terminating(-20), status: unready(3600)}), new2, old('n3')], {
        nodes: [lostNode('n1'), tainted('n2'), tainted('n3')],
      }),
      'Stalled',
      "Node n1 is not ready, so agent-n1 can't terminate",
    ],
    [
      'the node is lost, and the time of its Pod is over',
      agents([old('n1', {...terminating(40), status: unready(3600)}), new2, old('n3')], {
        nodes: [lostNode('n1'), tainted('n2'), tainted('n3')],
      }),
      'Stalled',
      "Node n1 is not ready, so agent-n1 can't terminate",
    ],
    [
      'nothing may be created, for more than a minute',
      agents([new1, new2], {
        events: [
          daemonEvent('FailedCreate', 'Error creating: pods "agent-" is forbidden: exceeded quota: few'),
        ],
      }),
      'Stalled',
      'Node n3 has no Pod of DaemonSet shop/agent: pods "agent-" is forbidden: exceeded quota: few',
    ],
    [
      'nothing may be created, for a minute',
      agents([new1, new2], {
        events: [
          daemonEvent('FailedCreate', 'Error creating: pods "agent-" is forbidden: exceeded quota: few', {
            firstTimestamp: ago(60),
          }),
        ],
      }),
      'Progressing',
      'Node n3 has no Pod of DaemonSet shop/agent: pods "agent-" is forbidden: exceeded quota: few',
    ],
    [
      'nothing could be created, but for nodes that were there before this one',
      agents([new1, new2], {
        nodes: [tainted('n1'), tainted('n2'), tainted('n3', [], {metadata: {creationTimestamp: ago(5)}})],
        events: [
          daemonEvent('FailedCreate', 'Error creating: pods "agent-" is forbidden: exceeded quota: few', {
            lastTimestamp: ago(30),
          }),
        ],
      }),
      'Progressing',
      null,
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
      PULLS,
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
      "Image <unknown> can't be pulled (agent-x, container main)",
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
      message: PULLS,
      findings: ['image-pull-backoff', UNAVAILABLE],
    })
  })
})
