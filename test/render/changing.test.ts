import {expect, test} from 'vitest'
import {onDemand} from '../../src/render/blocks.ts'
import {changed, changingOf, rememberedParts, tablePart} from '../../src/render/changing.ts'
import {drawn} from '../../src/render/drawn.ts'
import {tableBlocks, tableLines} from '../../src/render/table.ts'
import type {Column} from '../../src/render/view.ts'

interface Row {
  readonly name: string
  readonly state: string
}

interface Workload {
  readonly rows: readonly Row[]
}

function columns() {
  const asked: string[] = []
  const name: Column<Row> = {
    name: 'NAME',
    description: '',
    cell: (row) => {
      asked.push(row.name)
      return row.name
    },
  }
  return {asked, columns: [name, {name: 'STATE', description: '', cell: ({state}: Row) => state}]}
}

const OPTIONS = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}

function isSame(one: string, other: string): boolean {
  return one === other
}

test('of many workloads the one that changed is formatted, and of its lines the one that differs is told', () => {
  const {asked, columns: all} = columns()
  const partOf = rememberedParts((workload: Workload, _: {readonly omissions: readonly never[]}) =>
    tablePart(all, workload.rows, ({name}) => name),
  )
  const look = (workloads: readonly Workload[]) =>
    changingOf(workloads.map((each) => partOf(each, {omissions: []})))
  const workloads = Array.from({length: 100}, (_, set) => ({
    rows: [0, 1].map((ordinal) => ({name: `set-${set}-${ordinal}`, state: 'ready'})),
  }))
  const before = look(workloads)
  expect(asked.splice(0)).toHaveLength(200)
  const after = look(workloads.with(7, {rows: [{name: 'set-7-0', state: 'down'}]}))
  expect(asked).toEqual(['set-7-0'])
  expect(changed(before, after, isSame)).toEqual({gone: ['set-7-1    ready'], come: ['set-7-0    down']})
})

test('lines of all parts are as wide as one table of all rows', () => {
  const {columns: all} = columns()
  const rows = [
    {name: 'a', state: 'ready'},
    {name: 'much-longer', state: 'x'},
  ]
  const lines = changingOf(rows.map((row) => tablePart(all, [row], ({name}) => name)))
  expect([...lines.values()]).toEqual([...tableLines({columns: all, rows}, {...OPTIONS, hasHeaders: false})])
})

test('of a long table on a terminal the rows in sight are drawn, and they are the same as in the whole', () => {
  const {asked, columns: all} = columns()
  const rows = Array.from({length: 1000}, (_, index) => ({name: `row-${index}`, state: 'ready'}))
  const options = {...OPTIONS, width: 40, draw: drawn}
  const lines = onDemand(tableBlocks({columns: all, rows}, options))
  expect(lines.length).toBe(1001)
  // measured, each of them once
  expect(asked.splice(0)).toHaveLength(1000)
  const sight = lines.slice(500, 510)
  expect(asked.splice(0)).toHaveLength(10)
  expect(sight).toEqual([...tableLines({columns: all, rows}, options)].slice(500, 510))
})
