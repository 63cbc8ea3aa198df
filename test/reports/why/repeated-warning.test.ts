import {expect, test} from 'vitest'
import {whyView} from '../../../src/render/views/why.ts'
import {event, healthy, NOW} from '../../builders.ts'
import {why} from './whys.ts'

const ofPod = {kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'uid-web-0'}
const FRESH = {type: 'Warning', count: 12, lastTimestamp: NOW, involvedObject: ofPod}

function asked(others: Partial<ReturnType<typeof event>>) {
  const events = [event('FailedMount', 'secret "tls" not found', {...FRESH, ...others})]
  return why('pods', 'web-0', {...healthy(), events})
}

test('of a Pod that is ready, too, nothing is said to be well above a warning that still comes', () => {
  const report = asked({})
  expect(report.warning).toMatchObject({object: {name: 'web-0'}, count: 12})
  const text = JSON.stringify(whyView(report, {} as Parameters<typeof whyView>[1]))
  expect(text).toContain('none is known, and this is said again and again: pod/web-0 FailedMount: secret')
  expect(text).not.toContain('nothing is wrong')
})

test.for<[string, Partial<ReturnType<typeof event>>]>([
  ['it came twice', {count: 2}],
  ['it was last said half an hour ago', {lastTimestamp: '2026-05-01T11:30:00Z'}],
  ['it is no warning', {type: 'Normal'}],
  ['it was said of an earlier Pod of the name', {involvedObject: {...ofPod, uid: 'uid-old'}}],
])('nothing is repeated where %s', ([, others]) => {
  expect(asked(others).warning).toBeUndefined()
})
