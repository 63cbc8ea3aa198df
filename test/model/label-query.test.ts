import fc from 'fast-check'
import {expect, test} from 'vitest'
import {meetsQuery, parseLabelQuery} from '../../src/model/label-query.ts'
import type {Requirement} from '../../src/model/labels.ts'

const parsed: readonly [string, readonly Requirement[]][] = [
  ['', []],
  ['  ', []],
  ['a', [{key: 'a', operator: 'Exists'}]],
  ['!a', [{key: 'a', operator: 'DoesNotExist'}]],
  ['! a', [{key: 'a', operator: 'DoesNotExist'}]],
  ['a=b', [{key: 'a', operator: 'In', values: ['b']}]],
  ['a == b', [{key: 'a', operator: 'In', values: ['b']}]],
  ['a!=b', [{key: 'a', operator: 'NotIn', values: ['b']}]],
  ['a=', [{key: 'a', operator: 'In', values: ['']}]],
  [
    'a=,b',
    [
      {key: 'a', operator: 'In', values: ['']},
      {key: 'b', operator: 'Exists'},
    ],
  ],
  [
    'a>1,b<2',
    [
      {key: 'a', operator: 'Gt', values: ['1']},
      {key: 'b', operator: 'Lt', values: ['2']},
    ],
  ],
  ['a in (b,c)', [{key: 'a', operator: 'In', values: ['b', 'c']}]],
  ['a notin(b)', [{key: 'a', operator: 'NotIn', values: ['b']}]],
  ['a in ( b , c )', [{key: 'a', operator: 'In', values: ['b', 'c']}]],
  ['a in ()', [{key: 'a', operator: 'In', values: ['']}]],
  ['a in (,b)', [{key: 'a', operator: 'In', values: ['', 'b']}]],
  ['a in (b,)', [{key: 'a', operator: 'In', values: ['b', '']}]],
  ['in in (in,notin)', [{key: 'in', operator: 'In', values: ['in', 'notin']}]],
  ['a=in', [{key: 'a', operator: 'In', values: ['in']}]],
  [
    'a in (b),!c,x.io/d=e',
    [
      {key: 'a', operator: 'In', values: ['b']},
      {key: 'c', operator: 'DoesNotExist'},
      {key: 'x.io/d', operator: 'In', values: ['e']},
    ],
  ],
]

test.for(parsed)('%s is read as kubectl reads it', ([text, query]) => {
  expect(parseLabelQuery(text)).toEqual(query)
})

/** Each of these labels.Parse (1.37) refuses; up to the quoted key, in these words. */
const refused: readonly [string, string][] = [
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['a=b c', "found 'c', expected: ',' or 'end of string'"],
  ['a=b=c', "found '=', expected: ',' or 'end of string'"],
  ['a===b', "unable to parse requirement: found '=', expected: identifier"],
  ['a=(b)', "unable to parse requirement: found '(', expected: identifier"],
  ['!a=b', "found '=', expected: ',' or 'end of string'"],
  ['!', "unable to parse requirement: found '', expected: identifier"],
  ['!!a', "unable to parse requirement: found '!', expected: identifier"],
  ['=b', "found '=', expected: !, identifier, or 'end of string'"],
  [',a', "found ',', expected: !, identifier, or 'end of string'"],
  ['a,', "found '', expected: identifier after ','"],
  ['a,,b', "found ',', expected: identifier after ','"],
  ['a in b', "unable to parse requirement: found 'b', expected: '('"],
  ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
  ['a in (b c)', "unable to parse requirement: found 'c', expected: ',' or ')'"],
  ['a in (b))', "found ')', expected: ',' or 'end of string'"],
  [
    'a constructor b',
    "unable to parse requirement: found 'constructor', expected: in, notin, =, ==, !=, gt, lt",
  ],
  ['a/b/c=d', 'unable to parse requirement: invalid label key or value: "a/b/c", "d"'],
  ['a=-b', 'unable to parse requirement: invalid label key or value: "a", "-b"'],
  ['a>b', 'unable to parse requirement: invalid label key or value: "a", "b"'],
  ['-a', 'unable to parse requirement: invalid label key or value: "-a"'],
]

test.for(refused)('%s is refused', ([text, message]) => {
  expect(() => parseLabelQuery(text)).toThrow(new Error(message))
})

test('any text is either read or refused with one sentence', () => {
  const pieces = fc.constantFrom(
    'a',
    'b',
    'in',
    'notin',
    '=',
    '==',
    '!=',
    '!',
    '<',
    '>',
    '(',
    ')',
    ',',
    ' ',
    '1',
  )
  fc.assert(
    fc.property(fc.array(pieces), (texts) => {
      try {
        expect(parseLabelQuery(texts.join(''))).toBeInstanceOf(Array)
      } catch (error) {
        expect((error as Error).message).toMatch(/^(unable to parse requirement|found '.*', expected): ?/)
      }
    }),
  )
})

test('every requirement must be met', () => {
  const query = parseLabelQuery('app=web,tier notin (db),!old')
  expect(meetsQuery(query, {app: 'web'})).toBe(true)
  expect(meetsQuery(query, {app: 'web', tier: 'db'})).toBe(false)
  expect(meetsQuery(query, {app: 'web', old: ''})).toBe(false)
  expect(meetsQuery(query, undefined)).toBe(false)
  expect(meetsQuery([], undefined)).toBe(true)
})
