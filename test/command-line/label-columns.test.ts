import {expect, test} from 'vitest'
import {labelColumns} from '../../src/command-line/label-columns.ts'
import type {Labelled, RowSource} from '../../src/command-line/row-source.ts'
import {type ClusterSnapshot, snapshotOf} from '../../src/model/snapshot.ts'
import {cellOf} from '../../src/render/rows.ts'

type Row = {readonly about: readonly Labelled[] | undefined}

const source: RowSource<object> = {
  what: 'anything',
  lists: ['rows'],
  itemsOf: () => [],
  behind: () => undefined,
  labelled: (row) => (row as Row).about,
}

function shown(facts: Partial<ClusterSnapshot>, about: Row['about'], keys = ['example.com/pool']) {
  const labels = labelColumns(keys)
  const report = {}
  labels.remember(report, snapshotOf('2026-11-29T00:00:00Z', facts))
  const rows: readonly Row[] = [{about}]
  const {table} = labels.withColumns({table: {columns: [], rows}, paragraphs: []}, report, source)
  return table.columns.map((column) => [column.name, cellOf(column, table.rows[0]).text])
}

const node = (name: string, labels?: Readonly<Record<string, string>>) => ({
  metadata: {name, ...(labels && {labels})},
})
const nodes = [
  node('a', {'example.com/pool': 'x'}),
  node('b', {'example.com/pool': 'x'}),
  node('c', {'example.com/pool': 'y'}),
  node('d'),
]
const about = (...names: readonly string[]): readonly Labelled[] =>
  names.map((name) => ({resource: 'nodes', name}))

test.for([
  [['a'], 'x'],
  [['a', 'b'], 'x'],
  [['a', 'c'], '<various>'],
  [['a', 'd'], '<various>'],
  [['d'], '<none>'],
  [['gone'], '<none>'],
  [[], '<none>'],
] as const)('of nodes %j the label is %s', ([names, text]) => {
  expect(shown({nodes}, about(...names))).toEqual([['POOL', text]])
})

test('what was not seen is not without labels', () => {
  const omissions = [{resource: 'nodes', reason: 'Forbidden', message: ''}]
  expect(shown({omissions}, about('a'))).toEqual([['POOL', '<unknown>']])
  expect(shown({}, [{resource: null, kind: 'Cluster', name: 'pg'}])).toEqual([['POOL', '<unknown>']])
})

test('names of properties are no labels', () => {
  expect(shown({nodes}, about('a'), ['constructor', 'toString'])).toEqual([
    ['CONSTRUCTOR', '<none>'],
    ['TOSTRING', '<none>'],
  ])
})

test('a table of something else has no such columns', () => {
  expect(shown({nodes}, undefined)).toEqual([])
})
