import {stripVTControlCharacters} from 'node:util'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {tableLines} from '../../src/render/table.ts'
import type {Cell, Column, TextOptions} from '../../src/render/view.ts'

type Row = Readonly<Record<string, string | Cell>>

const plain: TextOptions = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}

function column(name: string, others: Partial<Column<Row>> = {}): Column<Row> {
  return {name, description: name, cell: (row) => row[name] ?? '<none>', ...others}
}

function lines(columns: readonly Column<Row>[], rows: readonly Row[], options: Partial<TextOptions> = {}) {
  return [...tableLines({columns, rows}, {...plain, ...options})]
}

const AB = [column('A'), column('B')]

test('columns are as wide as their widest cell and three spaces, and at least six', () => {
  expect(lines(AB, [{A: 'x', B: 'y'}])).toEqual(['A     B', 'x     y'])
  expect(lines(AB, [{A: 'xxx', B: 'y'}])).toEqual(['A     B', 'xxx   y'])
  expect(lines(AB, [{A: 'xxxx', B: 'y'}])).toEqual(['A      B', 'xxxx   y'])
  expect(lines([column('LONGNAME'), column('B')], [{LONGNAME: 'x', B: 'y'}])).toEqual([
    'LONGNAME   B',
    'x          y',
  ])
})

test('without rows there is no header; without headers, names take no room', () => {
  expect(lines(AB, [])).toEqual([])
  expect(
    lines([column('LONGNAME'), column('B')], [{LONGNAME: 'xxxxx', B: 'y'}], {hasHeaders: false}),
  ).toEqual(['xxxxx   y'])
})

test('wide columns show when asked for', () => {
  const columns = [column('A'), column('W', {isWide: true})]
  expect(lines(columns, [{A: 'x', W: 'y'}])).toEqual(['A', 'x'])
  expect(lines(columns, [{A: 'x', W: 'y'}], {isWide: true})).toEqual(['A     W', 'x     y'])
})

const yielding = [
  column('A'),
  column('ONE', {yields: 1}),
  column('TWO', {yields: 2}),
  column('ALSOTWO', {yields: 2}),
]
const row = {A: 'a'.repeat(20), ONE: 'o'.repeat(20), TWO: 't'.repeat(20), ALSOTWO: 's'.repeat(17)}

test.for([
  [86, ['A', 'ONE', 'TWO', 'ALSOTWO']],
  [85, ['A', 'ONE']],
  [43, ['A', 'ONE']],
  [42, ['A']],
  [1, ['A']],
  [undefined, ['A', 'ONE', 'TWO', 'ALSOTWO']],
] as const)('on a terminal of %s columns the least important give way: %o', ([width, kept]) => {
  const [header = ''] = lines(yielding, [row], width === undefined ? {} : {width})
  expect(header.split(/\s+/)).toEqual(kept)
})

test('-o wide drops nothing on however narrow a terminal', () => {
  expect(lines(yielding, [row], {width: 1, isWide: true})[0]?.split(/\s+/)).toEqual([
    'A',
    'ONE',
    'TWO',
    'ALSOTWO',
  ])
})

test('wide characters take two columns, and those that combine none', () => {
  expect(
    lines(AB, [
      {A: '日本', B: 'y'},
      {A: 'e\u0301', B: 'y'},
    ]),
  ).toEqual(['A      B', '日本   y', 'e\u0301      y'])
})

test('a hostile cell is made visible, cut at its first line break, and moves no column', () => {
  expect(
    lines(AB, [
      {A: '\u001b[2Jx', B: 'y'},
      {A: 'two\nlines', B: 'y'},
    ]),
  ).toEqual(['A        B', '^[[2Jx   y', 'two...   y'])
})

test('colour goes around the words, never around the gaps', () => {
  const [, line = ''] = lines(AB, [{A: {text: 'x', tone: 'error'}, B: {text: 'y', tone: 'muted'}}], {
    isColored: true,
  })
  expect(line).toBe('\u001b[31mx\u001b[39m     \u001b[2my\u001b[22m')
  expect(lines(AB, [{A: {text: 'x', tone: 'error'}, B: 'y'}])[1]).toBe('x     y')
})

const cells = fc.record({A: fc.string({unit: 'binary', maxLength: 12}), B: fc.constantFrom('y', '日', 'z z')})

test('colour and text agree, no line ends in a gap, and every B begins under its header', () => {
  fc.assert(
    fc.property(fc.array(cells, {minLength: 1, maxLength: 5}), (rows) => {
      const text = lines(AB, rows)
      expect(text.every((line) => /\S$/.test(line))).toBe(true)
      const toned = rows.map(({A, B}) => ({A: {text: A, tone: 'ok' as const}, B}))
      expect(lines(AB, toned, {isColored: true}).map((line) => stripVTControlCharacters(line))).toEqual(text)
      expect(
        lines(
          AB,
          rows.filter(({A}) => /^[\x20-\x7e]*$/.test(A)),
        ).every((line, _, [header = '']) => /\S/.test(line[header.indexOf('B')] ?? '')),
      ).toBe(true)
    }),
  )
})

test('a long table is on its way before it is done', () => {
  const rows = Array.from({length: 20_000}, (_, index) => ({A: `row ${index}`, B: 'y'}))
  let asked = 0
  const counting = column('A', {
    cell: (each) => {
      asked += 1
      return each.A ?? ''
    },
  })
  const [first] = tableLines({columns: [counting], rows}, plain)
  expect([first, asked]).toEqual(['A', 20_000])
})
