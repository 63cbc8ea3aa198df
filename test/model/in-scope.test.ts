import {expect, test} from 'vitest'
import {inScope} from '../../src/model/in-scope.ts'
import {nameOf, namespaceOf} from '../../src/model/objects.ts'
import {pod, snapshot, statefulSet} from '../builders.ts'

const all = snapshot({
  statefulSets: [
    statefulSet({metadata: {labels: {tier: 'a'}}}),
    statefulSet({name: 'db'}),
    statefulSet({namespace: 'other'}),
  ],
  pods: [pod(), pod({namespace: 'other'})],
})

function chosen(scope: Parameters<typeof inScope>[1]) {
  return inScope(all, scope).statefulSets.map((set) => `${namespaceOf(set)}/${nameOf(set)}`)
}

test('a scope without limits keeps everything', () => {
  expect(inScope(all, {names: []})).toEqual(all)
})

test('workloads of other namespaces go', () => {
  expect(chosen({names: [], namespace: 'shop'})).toEqual(['shop/web', 'shop/db'])
  expect(chosen({names: [], namespace: ''})).toEqual([])
})

test('workloads whose own labels do not meet the selector go', () => {
  expect(chosen({names: [], selector: 'tier=a'})).toEqual(['shop/web'])
  expect(chosen({names: [], selector: '!tier', namespace: 'other'})).toEqual(['other/web'])
})

test('all other objects stay: they are what the answer is made of', () => {
  expect(inScope(all, {names: [], namespace: 'shop', selector: 'no=one'})).toEqual({...all, statefulSets: []})
})
