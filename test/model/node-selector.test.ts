import {expect, test} from 'vitest'
import {matchesAnyTerm, matchesTerm} from '../../src/model/node-selector.ts'
import type {NodeSelectorTerm} from '../../src/model/objects.ts'

type Case = readonly [string, readonly NodeSelectorTerm[], Readonly<Record<string, string>>, boolean]

function on(operator: string, values?: readonly string[], key = 'k'): NodeSelectorTerm {
  return {matchExpressions: [{key, operator, ...(values && {values})}]}
}

function onName(operator: string, ...values: readonly string[]): NodeSelectorTerm {
  return {matchFields: [{key: 'metadata.name', operator, values}]}
}

/** semantics.md 1.13, judged on a node called n1 unless told otherwise. */
const vectors: readonly Case[] = [
  ['AF1: In with one of its values', [on('In', ['a', 'b'])], {k: 'b'}, true],
  ['AF2: NotIn is met by a missing key', [on('NotIn', ['a'])], {}, true],
  ['AF3: Exists is met by an empty value', [on('Exists')], {k: ''}, true],
  ['AF4: DoesNotExist is not met by an empty value', [on('DoesNotExist')], {k: ''}, false],
  ['AF5: Gt compares numbers, not text', [on('Gt', ['3'])], {k: '10'}, true],
  ['AF6: Gt is strict', [on('Gt', ['3'])], {k: '3'}, false],
  ['AF6: Lt is not met by a word', [on('Lt', ['3'])], {k: 'x'}, false],
  ['AF6: Lt is not met by a missing key', [on('Lt', ['3'])], {}, false],
  ['AF7: Exists with a value does not parse', [on('Exists', ['a'])], {k: 'a'}, false],
  ['AF8: In without values does not parse', [on('In', [])], {k: 'a'}, false],
  ['AF9: an empty term matches nothing', [{}], {k: 'a'}, false],
  ['AF10: terms are alternatives', [on('In', ['a']), onName('In', 'n1')], {k: 'z'}, true],
  ['AF11: within a term all must hold', [{...on('In', ['a']), ...onName('In', 'n2')}], {k: 'a'}, false],
  ['AF12: a field that is not to be', [onName('NotIn', 'n2')], {}, true],
  ['AF13: a field with two values does not parse', [onName('In', 'n1', 'n2')], {}, false],
  ['AF14: -5 is no label value', [on('Gt', ['-5'])], {k: '1'}, false],
]

const nearMisses: readonly Case[] = [
  ['no terms at all match nothing', [], {k: 'a'}, false],
  ['empty lists make an empty term', [{matchExpressions: [], matchFields: []}], {}, false],
  ['a term that does not parse leaves the others be', [on('Foo', ['a']), on('In', ['a'])], {k: 'a'}, true],
  [
    'one bad expression spoils its whole term',
    [
      {
        matchExpressions: [
          {key: 'k', operator: 'Exists'},
          {key: 'k', operator: 'Foo'},
        ],
      },
    ],
    {k: 'a'},
    false,
  ],
  ['NotIn without values does not parse', [on('NotIn', [])], {}, false],
  ['DoesNotExist with a value does not parse', [on('DoesNotExist', ['a'])], {}, false],
  ['Gt with two values does not parse', [on('Gt', ['1', '2'])], {k: '9'}, false],
  ['Gt with a fraction does not parse', [on('Gt', ['1.5'])], {k: '9'}, false],
  ['Gt beyond int64 does not parse', [on('Gt', ['9223372036854775808'])], {k: '9'}, false],
  ['a label beyond int64 is no number', [on('Gt', ['1'])], {k: '9223372036854775808'}, false],
  ['Lt takes leading zeros', [on('Lt', ['010'])], {k: '0009'}, true],
  ['a key with two slashes is none', [on('DoesNotExist', undefined, 'a/b/c')], {}, false],
  ['an empty key is none', [on('DoesNotExist', undefined, '')], {}, false],
  ['an empty prefix is none', [on('DoesNotExist', undefined, '/k')], {}, false],
  ['a prefix is lower case', [on('DoesNotExist', undefined, 'Example.com/k')], {}, false],
  ['a key of 63 characters is one', [on('DoesNotExist', undefined, 'k'.repeat(63))], {}, true],
  ['a key of 64 characters is none', [on('DoesNotExist', undefined, 'k'.repeat(64))], {}, false],
  ['a prefix of 253 characters is one', [on('DoesNotExist', undefined, `${'p'.repeat(253)}/k`)], {}, true],
  ['a prefix of 254 characters is none', [on('DoesNotExist', undefined, `${'p'.repeat(254)}/k`)], {}, false],
  ['a value of 64 characters is none', [on('NotIn', ['v'.repeat(64)])], {}, false],
  ['a value does not end in a dash', [on('NotIn', ['v-'])], {}, false],
  ['the empty value is one', [on('In', [''])], {k: ''}, true],
  [
    'a field knows In and NotIn only',
    [{matchFields: [{key: 'metadata.name', operator: 'Exists'}]}],
    {},
    false,
  ],
  [
    'an unknown field reads as empty',
    [{matchFields: [{key: 'metadata.uid', operator: 'In', values: ['']}]}],
    {},
    true,
  ],
  [
    'a label called as a property of objects is not there',
    [on('Exists', undefined, 'constructor')],
    {},
    false,
  ],
]

test.for([...vectors, ...nearMisses])('%s', ([, terms, labels, expected]) => {
  expect(matchesAnyTerm(terms, {name: 'n1', labels})).toBe(expected)
})

test('AF12: NotIn another name is met', () => {
  expect(matchesTerm(onName('NotIn', 'n1'), {name: 'n2'})).toBe(true)
})

test('AF16: without a node name, fields are not evaluated, but a bad one still spoils its term', () => {
  expect(matchesTerm(onName('In', 'n1'), {labels: {}})).toBe(true)
  expect(matchesTerm(onName('In', 'n1'), {name: '', labels: {}})).toBe(true)
  expect(matchesTerm(onName('In', 'n1', 'n2'), {labels: {}})).toBe(false)
})
