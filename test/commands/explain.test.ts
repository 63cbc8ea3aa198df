import {describe, expect, test} from 'vitest'
import {causes} from '../../src/diagnosis/causes.ts'
import {order} from '../../src/diagnosis/order.ts'
import {explain, ids} from '../../src/reports/explain/catalog.ts'
import {runPlugin} from '../run-plugin.ts'

const run = (line: string) => runPlugin(line.split(' ').filter(Boolean), '/')

test('without an id all are listed, by topic and with their titles', async () => {
  const {stdout, stderr, code} = await run('explain')
  expect([stderr, code]).toEqual(['', 0])
  const parts = stdout.trimEnd().split('\n\n')
  expect(parts.map((part) => part.split(/ {3,}/)[0])).toEqual(order.map(({heading}) => heading.toUpperCase()))
  const listed = parts.flatMap((part) =>
    part
      .split('\n')
      .slice(1)
      .map((line) => line.split(/ {3,}/)),
  )
  expect(listed).toEqual(order.flatMap((section) => section.causes.map((id) => [id, causes[id].title])))
})

test('a page says all that the catalog does', async () => {
  const {stdout, code} = await run('explain pvc-leftover')
  const {title, sign, remedy} = causes['pvc-leftover']
  expect(code).toBe(0)
  expect(stdout.split('\n')[0]).toBe(`pvc-leftover: ${title}`)
  expect(stdout).toContain(`\n\nSign      ${sign}\n\nHelps     ${remedy}\n\n`)
})

test('pages of several, in any spelling', async () => {
  const {stdout} = await run('explain Crash-Loop pvc-leftover -o name')
  expect(stdout).toBe('crash-loop\npvc-leftover\n')
})

test('every cause has a page in plain sentences', () => {
  const texts = explain([]).causes.flatMap(({sign, helps, risk, avoid, notReported}) => [
    sign,
    helps,
    risk ?? '.',
    avoid ?? '.',
    notReported ?? '.',
  ])
  expect(texts.filter((text) => !text.endsWith('.') || text.endsWith('..'))).toEqual([])
  expect(explain([]).causes.map(({id}) => id)).toEqual(ids)
})

describe('as data', () => {
  test('one cause', async () => {
    const report = JSON.parse((await run('explain crash-loop -o json')).stdout)
    expect(report).toEqual(explain(['crash-loop']))
    expect(report.causes).toHaveLength(1)
  })

  test('--no-headers counts ids, and Markdown is a table for each topic', async () => {
    expect((await run('explain --no-headers')).stdout.trimEnd().split('\n')).toHaveLength(ids.length)
    const {stdout} = await run('explain -o markdown')
    expect(stdout.match(/^\|---\|---\|$/gm)).toHaveLength(order.length)
  })
})

test.each([
  ['explain crash-lop', 'the catalog doesn\'t have a cause "crash-lop"', 'did you mean crash-loop?'],
  [
    'explain nothing-of-the-kind',
    'the catalog doesn\'t have a cause "nothing-of-the-kind"',
    "'kubectl stateful explain' lists all ids",
  ],
  [
    'explain crash-loop -o xml',
    'unable to match a printer suitable for the output format "xml", allowed formats are: html,json,markdown,name,table,wide,yaml',
    undefined,
  ],
])('%s is refused', async (line, message, hint) => {
  const {stdout, stderr, code} = await run(line)
  const rest = ["See 'kubectl stateful explain --help' for usage.", '']
  expect([stdout, stderr.split('\n'), code]).toEqual([
    '',
    [`error: ${message}`, ...(hint ? [hint] : []), ...rest],
    2,
  ])
})
