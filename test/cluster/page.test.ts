import {expect, test} from 'vitest'
import {endlessness, keptOf, pageIn} from '../../src/cluster/page.ts'

test.each([
  [undefined],
  [null],
  ['a text'],
  [5],
  [{}],
  [{items: 5}],
  [{items: 'none'}],
  [{items: {}}],
  [{items: true}],
])('%j is no page of a list', (answer) => {
  expect(pageIn(answer)).toBeUndefined()
})

test('what stands beside the items is taken for what it is only', () => {
  const metadata = {resourceVersion: 5, continue: {}, remainingItemCount: '9'}
  expect(pageIn({items: null, metadata})).toEqual({items: []})
  expect(pageIn({items: [1], metadata: 'x'})).toEqual({items: [1]})
  const told = {resourceVersion: '5', continue: 'next', remainingItemCount: 9}
  expect(pageIn({items: [], metadata: told})).toEqual({
    items: [],
    resourceVersion: '5',
    token: 'next',
    remaining: 9,
  })
})

test('a list ends in a circle where a token comes twice, and nowhere after a hundred empty pages', () => {
  const circle = endlessness()
  expect([circle('a', 0), circle('b', 1), circle('b', 2)]).toEqual([false, false, true])
  const empty = endlessness()
  const ends = Array.from({length: 200}, (_, page) => empty(`${page}`, 0))
  expect(ends.indexOf(true)).toBe(101)
  const full = endlessness()
  expect(Array.from({length: 200}, (_, page) => full(`${page}`, page + 1))).not.toContain(true)
})

test.each([[null], [1], ['x'], [{}], [{metadata: {}}], [{metadata: {name: 5}}], [{metadata: {name: ''}}]])(
  '%j is no object',
  (sent) => {
    expect(() => keptOf(sent, (object) => object, 'https://s')).toThrow(
      'error: the answer of https://s holds something that is no object',
    )
  },
)

test('an object that can not be kept is named', () => {
  const keep = () => {
    throw new TypeError('no')
  }
  expect(() => keptOf({metadata: {name: 'db-0'}}, keep, 'https://s')).toThrow(
    'error: the answer of https://s holds an object of a wrong shape: "db-0"',
  )
})
