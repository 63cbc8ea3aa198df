import fc from 'fast-check'
import {expect, test} from 'vitest'
import {TemplateError} from '../../src/render/jsonpath/nodes.ts'
import {parseTemplate} from '../../src/render/jsonpath/parse.ts'
import {jsonPathLists, jsonPathPieces} from '../../src/render/jsonpath/print.ts'
import {compareTexts} from '../../src/render/jsonpath/values.ts'
import {OBEYED} from '../hostile/obeyed.ts'
import {hostileText} from '../hostile/texts.ts'

/*
 * What only objects without a cluster can show; that templates mean what they mean in kubectl is shown with real kubectl in
 * test/control-plane/templates.
 */

const printed = (template: string, report: object) =>
  [...jsonPathPieces(parseTemplate(template), report)].join('')

/** From the tests of client-go's util/jsonpath (1.37), whose data kubectl never prints. */
test.for([
  ['{ .bools[0:2] }', 'true false'],
  ['{ .bools[:4:2] }', 'true true'],
  ['{ .floats }', '[1,2.2,3.3,4]'],
  ['{ .floats[:4:2] }', '1 3.3'],
  ['{ .interfaces }', '[true,"one",1,1.1]'],
  ['{ .maps[0] }', '{"name":"one","value":1}'],
  ['{ .maps[0:3:2] }', '{"name":"one","value":1} {"name":"three","value":3.03}'],
  ['{.maps[?(@.name=="three")].value}', '3.03'],
] as const)('%s is %s', ([template, text]) => {
  const data = {
    bools: [true, false, true, false],
    floats: [1.0, 2.2, 3.3, 4.0],
    interfaces: [true, 'one', 1, 1.1],
    maps: [
      {name: 'one', value: 1},
      {name: 'two', value: 2.02},
      {name: 'three', value: 3.03},
    ],
  }
  expect(printed(template, data)).toBe(text)
})

test('a field that is absent and one that says that it is undefined are both missing', () => {
  expect(printed('{.a}|{.b}|{.a.c}', {a: undefined})).toBe('||')
  expect(printed('{.*}', {a: undefined, b: 1})).toBe('1')
  expect(printed('{@}', {a: undefined, b: [undefined]})).toBe('{"b":[null]}')
  expect(printed('{.constructor}{.toString}', {})).toBe('')
})

test('fields of an object stand in the order of their bytes, numbers among them', () => {
  expect(printed('{@}', {b: 1, '10': 2, '9': 3, B: 4, ü: 5})).toBe('{"10":2,"9":3,"B":4,"b":1,"ü":5}')
})

test('texts stand as their bytes do', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme'}), fc.string({unit: 'grapheme'}), (left, right) => {
      const [before, after] = [Buffer.from(left), Buffer.from(right)]
      expect(Math.sign(compareTexts(left, right))).toBe(Buffer.compare(before, after))
    }),
  )
  expect(compareTexts('\u{1f600}', '\uffee')).toBeGreaterThan(0)
})

test('nothing that is found is obeyed by a terminal, and what the template says itself stays as it is', () => {
  const hostile = 'a\u001b[2J\u202e\tb'
  expect(printed('{.x}{"\\t"}', {x: hostile})).toBe('a^[[2JU+202E\\tb\t')
  expect(printed('{.x}', {x: {y: hostile}})).toBe('{"y":"a\\u001b[2J\\u202e\\tb"}')
  fc.assert(
    fc.property(hostileText, hostileText, (text, name) => {
      const report = {list: [{[name]: text, text}], [name]: text}
      const lists = [...jsonPathLists(parseTemplate('{.list}{..text}{.*}'), report)].join('')
      for (const each of [printed('{@}{.list[0].text}{.*}{..text}{.list[*].*}', report), lists])
        expect(OBEYED.exec(each.replaceAll('\n', ' '))).toBeNull()
    }),
  )
})

test('any template is either understood or refused in words', () => {
  const pieces = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      '.',
      '..',
      '*',
      '@',
      '$',
      '?(',
      ')',
      '"',
      "'",
      '\\',
      ',',
      ':',
      '-',
      '1',
      'a',
      '==',
    ],
    ...['range ', 'end', '{range .a[*]}', '{end}', ' ', '\n', '[?(@.a=="x")]', '{.a}'],
  )
  const report = {a: [{a: 1}, {a: [2, 'x', null]}, 'text', null], 1: {a: {}}}
  let understood = 0
  fc.assert(
    fc.property(fc.array(pieces, {maxLength: 12}), (parts) => {
      try {
        expect(typeof printed(parts.join(''), report)).toBe('string')
        understood++
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error
        expect(error.message).not.toBe('')
      }
    }),
    {numRuns: 3000},
  )
  expect(understood).toBeGreaterThan(100)
})
