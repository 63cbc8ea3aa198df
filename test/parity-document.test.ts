import {expect, test} from 'vitest'
import {countsTable, idOf, listed, text} from './control-plane/parity/document.ts'
import {sections} from './control-plane/parity/sections.ts'

const ids = sections.flatMap(([title, rows]) => rows.map(({name}) => idOf(title, name)))

test('no two rows have one name', () => {
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
})

test('docs/parity.md lists rows that there are, and none twice', () => {
  const rows = listed()
  expect(rows.filter((row) => !ids.includes(row))).toEqual([])
  expect(rows.filter((row, at) => rows.indexOf(row) !== at)).toEqual([])
})

test('docs/parity.md counts them', () => {
  expect(text()).toContain(countsTable())
})
