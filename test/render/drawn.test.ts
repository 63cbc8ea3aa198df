import {stripVTControlCharacters} from 'node:util'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {drawn} from '../../src/render/drawn.ts'
import {tableLines} from '../../src/render/table.ts'
import type {Cell, Column, TextOptions} from '../../src/render/view.ts'
import {widthOf} from '../../src/render/width.ts'

type Row = Readonly<Record<string, string | Cell>>

const plain: TextOptions = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}

function column(name: string, others: Partial<Column<Row>> = {}): Column<Row> {
  return {name, description: name, cell: (row) => row[name] ?? '<none>', ...others}
}

function screen(columns: readonly Column<Row>[], rows: readonly Row[], options: Partial<TextOptions> = {}) {
  return [...tableLines({columns, rows}, {...plain, width: 40, draw: drawn, ...options})]
}

const WRAPPED = [column('NAME'), column('DETAIL', {wraps: true})]

test('a cell is wrapped inside its column, and nothing of a long word is lost', () => {
  const detail = `attached by csi-${'0123456789abcdef'.repeat(4)} to node a, which is gone`
  expect(
    screen(WRAPPED, [
      {NAME: 'disk', DETAIL: detail},
      {NAME: 'next', DETAIL: 'is well'},
    ]),
  ).toEqual([
    'NAME   DETAIL',
    'disk   attached by',
    '       csi-0123456789abcdef0123456789abc',
    '       def0123456789abcdef0123456789abcd',
    '       ef to node a, which is gone',
    'next   is well',
  ])
})

test('a wrapped cell has its colour on each line, and its neighbours have none of it', () => {
  for (const tone of ['error', 'muted', 'strong'] as const) {
    const cells = {
      NAME: {text: 'disk', tone},
      DETAIL: {text: 'gone for ever and ever and for some more days', tone},
    }
    const colours = screen(WRAPPED, [cells], {isColored: true})
    expect(colours.map((line) => stripVTControlCharacters(line))).toEqual(screen(WRAPPED, [cells]))
    for (const line of colours.slice(1)) expect(line).not.toMatch(/\u001b\[(31|2|1)m( |$)/)
  }
})

test('each character of a cell may have its own colour', () => {
  const tones = (character: string) => (character === 'M' ? ('error' as const) : undefined)
  const cells = {A: {text: 'R M', tones}}
  expect(screen([column('A')], [cells], {isColored: true})[1]).toBe('R \u001b[31mM\u001b[39m')
  expect(screen([column('A')], [cells])[1]).toBe('R M')
})

test('its widths are ours', () => {
  expect(
    screen(
      [column('A'), column('B')],
      [
        {A: '🇩🇪', B: 'x'},
        {A: 'ab', B: 'x'},
      ],
    ).slice(1),
  ).toEqual([`🇩🇪${' '.repeat(6 - widthOf('🇩🇪'))}x`, 'ab    x'])
})

test('the first rows are on their way before the last ones are looked at', () => {
  let seen = 0
  const counting = column('A', {cell: () => String(++seen)})
  const rows = Array.from({length: 1000}, () => ({}))
  const lines = tableLines({columns: [counting], rows}, {...plain, width: 40, draw: drawn})
  lines.next()
  expect(seen).toBeLessThan(1000 + 100)
})

const text = fc.oneof(
  fc.string({unit: 'binary', maxLength: 30}),
  fc.string({maxLength: 60}),
  fc.constant('<none>'),
)
const rows = fc.array(fc.record({A: text, B: text, C: text}), {minLength: 1, maxLength: 25})
const kinds = fc.constantFrom<Partial<Column<Row>>>(
  {},
  {shorten: 'middle'},
  {isFlexible: true},
  {yields: 1},
  {yields: 2},
)

test('no line is wider than the terminal, and where nothing wraps it is what a pipe would write', () => {
  fc.assert(
    fc.property(
      rows,
      fc.array(kinds, {minLength: 3, maxLength: 3}),
      fc.integer({min: 1, max: 140}),
      (all, each, width) => {
        const columns = ['A', 'B', 'C'].map((name, index) => column(name, each[index]))
        const lines = screen(columns, all, {width})
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width)
        const written = [...tableLines({columns, rows: all}, {...plain, width})]
        expect(lines).toEqual(written.map((line) => line.trimEnd()))
        const wrapped = screen(
          columns.map((other) => ({...other, wraps: true})),
          all,
          {width},
        )
        expect(Math.max(...wrapped.map(widthOf))).toBeLessThanOrEqual(Math.max(2, width))
      },
    ),
    {numRuns: 40},
  )
})
