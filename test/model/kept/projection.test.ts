import type {V1Pod} from '@kubernetes/client-node'
import {expect, test} from 'vitest'
import * as kept from '../../../src/model/kept/index.ts'
import {type Plain, projection} from '../../../src/model/kept/projection.ts'
import {revisionData} from '../../../src/model/kept/revision-data.ts'

const small = projection<V1Pod>()({
  metadata: {annotations: {read: true}},
  spec: {
    containers: {fields: {name: true}, empty: []},
    initContainers: {name: true, lifecycle: {preStop: {}}},
  },
})

type Whole = Plain<V1Pod>

test('what is named is kept, in the shape of the object, and all else is dropped', () => {
  const preStop = {exec: {command: ['rm', '--token=hunter2']}}
  const whole: Whole = {
    metadata: {name: 'a', annotations: {read: '1', other: 'hunter2'}},
    spec: {
      nodeName: 'n',
      containers: [{name: 'c', args: ['hunter2']}],
      initContainers: [{name: 'i', lifecycle: {preStop, postStart: preStop}}],
    },
    status: {phase: 'Running'},
  }
  expect(small(whole)).toEqual({
    metadata: {annotations: {read: '1'}},
    spec: {containers: [{name: 'c'}], initContainers: [{name: 'i', lifecycle: {preStop: {}}}]},
  })
})

test('absent fields stay absent, null is absent, and what every object has is there', () => {
  const absent = {metadata: null, spec: {containers: null, initContainers: null}} as unknown as Whole
  expect(small(absent)).toEqual({spec: {containers: []}})
  expect(small({})).toEqual({})
})

test('what is dropped cannot be looked at', () => {
  const pod = kept.pod({spec: {containers: [{name: 'c'}]}})
  // @ts-expect-error: nobody keeps the environment
  expect(pod.spec?.containers[0]?.env).toBeUndefined()
  // @ts-expect-error: nor annotations that nobody reads
  expect(pod.metadata?.annotations?.['example.com/password']).toBeUndefined()
  // @ts-expect-error: nor what was changed in an object
  expect(kept.statefulSet({metadata: {}}).metadata?.managedFields?.[0]?.fieldsV1).toBeUndefined()
})

test('of a revision stays whether it holds the same as another, not what it holds', () => {
  const template = (password: string) => ({spec: {env: [{name: 'P', value: password}]}})
  const [one, other] = [revisionData(template('hunter2')), revisionData(template('hunter3'))]
  expect(JSON.stringify(one)).not.toContain('hunter2')
  expect(one).not.toEqual(other)
  expect(revisionData(one)).toEqual(one)
})

test.for([
  {fingerprint: '0123abcd', hasEmptyTimestamp: false, more: 'hunter2'},
  {fingerprint: 'hunter2', hasEmptyTimestamp: false},
  {fingerprint: '0123abcd', hasEmptyTimestamp: 'hunter2'},
  {
    fingerprint: '0123abcd',
    hasEmptyTimestamp: false,
    spec: {template: {metadata: {annotations: {a: 'hunter2'}}}},
  },
])('nothing stays of what looks like such a fingerprint: %j', (data) => {
  expect(JSON.stringify(revisionData(data))).not.toContain('hunter2')
})
