import {expect, test} from 'vitest'
import type {Finding} from '../../../src/diagnosis/finding.ts'
import {LOST_NODE_AVOID} from '../../../src/diagnosis/pod/terminating/lost-node-remedy.ts'
import {nodeLost} from '../../../src/diagnosis/pod/terminating/node-lost.ts'
import {node, pod} from '../../builders.ts'
import {type Facts, idOf} from '../subjects.ts'
import {ofPod} from './volumes-subject.ts'

const AT = '2026-05-01T11:20:00Z'

/** Its containers are ready, and the Pod is not. */
function marked(ready: object = {}, spec: object = {}, contained = 'True'): Facts {
  return {
    pods: [
      pod({
        spec,
        status: {
          conditions: [
            {type: 'ContainersReady', status: contained},
            {type: 'Ready', status: 'False', lastTransitionTime: AT, ...ready},
          ],
        },
      }),
    ],
    unseen: ['nodes'],
  }
}

const found = (facts: Facts): Finding | undefined => ofPod(nodeLost, facts)

test('a Pod tells of its node where that was not seen: no kubelet marks it without a reason', () => {
  expect(found(marked())).toEqual({
    id: 'node-notready-not-evicted',
    severity: 'error',
    message: 'Node node-a is not ready, or gone, so the node controller has marked web-0 as not ready',
    object: {kind: 'Node', name: 'node-a'},
    since: AT,
    evidence: [
      'pod/web-0 condition Ready=False without a reason, which no kubelet writes',
      'pod/web-0 condition ContainersReady=True',
    ],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe node node-a'],
      act: [{text: 'bring the node back: the Pod is ready again with it', commands: []}],
      risk: '',
      avoid: LOST_NODE_AVOID,
      rung: 0,
    },
  })
})

test.for<[string, Facts]>([
  ['its kubelet gives a reason', marked({reason: 'ReadinessGatesNotReady'})],
  ['it has a readiness gate', marked({}, {readinessGates: [{conditionType: 'a'}]})],
  ['its containers are not ready', marked({}, {}, 'False')],
  ['its node was seen, and is ready', {...marked(), nodes: [node()], unseen: []}],
  ['it is ready', marked({status: 'True'})],
])('near miss: %s', ([, facts]) => {
  expect(idOf(found(facts))).toBeUndefined()
})

test('a blip is not trouble yet', () => {
  expect(found(marked({lastTransitionTime: '2026-05-01T11:59:40Z'}))?.severity).toBe('info')
})
