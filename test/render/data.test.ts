import fc from 'fast-check'
import {load} from 'js-yaml'
import {expect, test} from 'vitest'
import {render} from '../../src/render/index.ts'
import {jsonPieces, toJson} from '../../src/render/json.ts'
import {toYaml} from '../../src/render/yaml.ts'

const DECEPTIVE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u

test('JSON is indented as kubectl does, and what deceives is escaped', () => {
  expect(toJson({a: ['x'], b: null})).toBe('{\n    "a": [\n        "x"\n    ],\n    "b": null\n}')
  expect(toJson(['\u202e\u009b\u{e0041}\u001b'])).toBe('[\n    "\\u202e\\u009b\\udb40\\udc41\\u001b"\n]')
})

const anyText = fc.string({unit: 'binary'})
const anyReport = fc.record(
  {kind: fc.constant('MapReport'), text: anyText, more: fc.dictionary(anyText, anyText)},
  {noNullPrototype: true},
)

test('any report comes back from JSON as it was, and nothing in it deceives', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const text = toJson(report)
      expect(text).not.toMatch(DECEPTIVE)
      expect(JSON.parse(text)).toEqual(report)
    }),
  )
})

test('in pieces JSON is the same text, and no piece is much of it', () => {
  const pieced = (report: object) => [...jsonPieces(report)].join('\n')
  fc.assert(
    fc.property(fc.oneof(anyReport, fc.object({withNullPrototype: false})), (report) => {
      expect(pieced(report)).toBe(toJson(report))
    }),
  )
  const ordinals = Array.from({length: 50}, (_, ordinal) => ({
    ordinal,
    text: 'two\nlines',
    claims: [{}, {a: []}],
  }))
  const report = {workloads: Array.from({length: 50}, (_, index) => ({name: `set-${index}`, ordinals}))}
  expect(pieced(report)).toBe(toJson(report))
  expect(Math.max(...[...jsonPieces(report)].map(({length}) => length))).toBeLessThan(500)
})

test('any report comes back from YAML as it was, and no control character is in it', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const text = toYaml(report)
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
      expect(load(text)).toEqual(report)
    }),
  )
})

test('words that YAML would take for something else stay words', () => {
  const report = {
    a: 'yes',
    b: 'null',
    c: '1e3',
    d: '2026-05-01T12:00:00Z',
    e: '',
    f: '0o7',
    g: ':',
    h: '- x',
    i: '5Gi',
  }
  expect(load(toYaml(report))).toEqual(report)
})

const plain = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}

async function rendered(format: Parameters<typeof render>[1]) {
  const answer = {
    report: {kind: 'R'},
    names: ['pod/a', 'pod/b\u001b[2J'],
    sections: () => [{head: ['the text'], table: {columns: [], rows: []}, paragraphs: []}],
    surroundings: {title: 'pods', before: [], after: []},
  }
  return [...(await render(answer, format, plain))]
}

test('each format prints its own shape of the answer', async () => {
  expect(await rendered('table')).toEqual(['the text'])
  expect(await rendered('wide')).toEqual(['the text'])
  expect((await rendered('json')).join('\n')).toBe('{\n    "kind": "R"\n}')
  expect(await rendered('yaml')).toEqual(['kind: R'])
  expect(await rendered('name')).toEqual(['pod/a', 'pod/b^[[2J'])
  expect(await rendered('markdown')).toEqual(['## pods', '', '### the text'])
})
