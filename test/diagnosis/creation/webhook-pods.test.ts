import {expect, test} from 'vitest'
import {webhookTrouble} from '../../../src/diagnosis/creation/webhook-pods.ts'
import type {Pod} from '../../../src/model/objects.ts'
import {relate} from '../../../src/model/relations.ts'
import {pendingPod, pod, snapshot} from '../../builders.ts'

const SAID =
  'Internal error occurred: failed calling webhook "judge.example": failed to call webhook: Post "https://judge.policy.svc:443/validate?timeout=10s": no endpoints available for service "judge"'
const NETWORK = {namespace: 'kube-system', isNetworkPlugin: true}
const OTHER = {namespace: 'shop', isNetworkPlugin: false}

const waiting = pendingPod({name: 'judge-1', namespace: 'policy', spec: {}})
const down = pod({
  name: 'judge-1',
  namespace: 'policy',
  spec: {nodeName: 'n1'},
  status: {phase: 'Running', conditions: []},
})

function trouble(pods: readonly Pod[], applicant = OTHER, text = SAID) {
  return webhookTrouble(text, applicant, relate(snapshot({pods})))
}

test('a network plugin that is refused by what waits for the network', () => {
  expect(trouble([waiting], NETWORK)).toMatchObject({
    text: '; its own Pods (policy: judge-1) wait for a node, and no node is ready without this network plugin: neither can start first',
    blames: [{kind: 'Pod', namespace: 'policy', name: 'judge-1'}],
    remedy: {act: [{text: expect.stringContaining('and delete it for now') as string}], rung: 0},
  })
})

test.for<[string, readonly Pod[], typeof OTHER, string]>([
  ['another set waits for no circle', [waiting], OTHER, '; its own Pods (policy: judge-1) wait for a node'],
  ['its Pods have a node and fail', [down], NETWORK, '; in its namespace policy judge-1 is not ready'],
  [
    'one of its Pods works',
    [waiting, pod({name: 'judge-2', namespace: 'policy'})],
    NETWORK,
    '; in its namespace policy judge-1 is not ready',
  ],
  ['nothing runs behind it', [], OTHER, '; no Pod of its namespace policy was seen'],
  [
    'it judges itself',
    [down],
    {namespace: 'policy', isNetworkPlugin: false},
    "; it judges the Pods of its own namespace policy, too, and judge-1 can't answer: neither can start first",
  ],
])('%s', ([, pods, applicant, text]) => {
  expect(trouble(pods, applicant)?.text).toBe(text)
})

test.for<[string, readonly Pod[], string]>([
  ['all of its Pods work: then its Service or certificate is the matter', [pod({namespace: 'policy'})], SAID],
  [
    'it is called outside of the cluster',
    [waiting],
    'failed calling webhook "judge.example": Post "https://judge.example:443/": EOF',
  ],
  ['it has answered', [waiting], 'admission webhook "judge.example" denied the request: no'],
])('nothing is said beside where %s', ([, pods, text]) => {
  expect(trouble(pods, NETWORK, text)).toBeUndefined()
})

test('nothing is said of Pods that were not read', () => {
  expect(webhookTrouble(SAID, NETWORK, relate(snapshot({}, ['pods'])))).toBeUndefined()
})
