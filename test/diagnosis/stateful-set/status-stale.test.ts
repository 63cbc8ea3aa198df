import {expect, test} from 'vitest'
import {cluster, member, SINCE, set} from '../sets.ts'
import {ids, type SetFacts, setFindings} from '../subjects-sets.ts'

const READY = {phase: 'Running', conditions: [{type: 'Ready', status: 'True', lastTransitionTime: SINCE}]}
const UNREADY = {phase: 'Running', conditions: [{type: 'Ready', status: 'False', lastTransitionTime: SINCE}]}
const JUST_READY = {
  phase: 'Running',
  conditions: [{type: 'Ready', status: 'True', lastTransitionTime: '2026-05-01T11:59:50Z'}],
}

function one(status: object, pod: object, metadata: object = {}): SetFacts {
  const {metadata: own, ...made} = member('db', 0, 2, {status: pod})
  return cluster('db', set('db', {status: {replicas: 1, ...status}}), [
    {...made, metadata: {...own, ...metadata}},
  ])
}

test.for<[string, SetFacts, boolean]>([
  ['a Pod is ready for long, and not counted', one({readyReplicas: 0}, READY), true],
  ['a Pod is not ready for long, and counted', one({readyReplicas: 1}, UNREADY), true],
  ['a Pod is there for long, and not counted', one({replicas: 0}, UNREADY), true],
  ['all is as written', one({readyReplicas: 1}, READY), false],
  ['none is ready, which an API server leaves out', one({}, UNREADY), false],
  ['a Pod is ready since a moment', one({readyReplicas: 0}, JUST_READY), false],
  ['a Pod has vanished', one({replicas: 2, readyReplicas: 2}, READY), false],
  ['a Pod is terminating', one({readyReplicas: 0}, READY, {deletionTimestamp: SINCE}), false],
  ['Pods were not seen', {...one({readyReplicas: 0}, READY), unseen: ['pods']}, false],
  [
    'its newest generation is not observed',
    {...one({}, READY), statefulSets: [set('db', {metadata: {generation: 2}})]},
    false,
  ],
])('the status differs from the Pods, or not: %s', ([, facts, expected]) => {
  expect(ids(setFindings(facts)).includes('sts-status-stale')).toBe(expected)
})
