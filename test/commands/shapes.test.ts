import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {runPlugin} from '../run-plugin.ts'

const root = join(import.meta.dirname, '../..')
const example = readFileSync(join(root, 'examples/stuck-rollout.yaml'), 'utf8')
const run = (line: string) => runPlugin([...line.split(' '), '-f', '-'], '/', example)
const lines = (text: string) => text.split('\n').slice(0, -1)

describe('--no-headers on a pipe prints rows alone, to be counted', () => {
  test.each([
    ['map', 7],
    ['status', 1],
    ['rollout', 5],
    ['rollout sts/db --findings none', 5],
  ])('%s: %i', async (line, count) => {
    const {stdout} = await run(`${line} --no-headers`)
    expect(lines(stdout)).toHaveLength(count)
    expect(lines(stdout).filter((row) => row === '' || !/\bdb\b/.test(row.replace('-', ' ')))).toEqual([])
  })
})

describe('-o markdown', () => {
  test.each(['map', 'map -n shop', 'status', 'rollout sts/db', 'why sts/db', 'coverage -A'])(
    '%s is headed by what was asked, and has no trace of a terminal',
    async (line) => {
      const {stdout, code} = await run(`${line} -o markdown --color always --no-headers`)
      expect(code).toBe(0)
      const [title, gap, seen] = lines(stdout)
      if (line === 'coverage -A') return expect(stdout).toBe('')
      expect([title, gap, seen]).toEqual([
        `## kubectl stateful ${line}`,
        '',
        expect.stringMatching(/^Seen at 20/),
      ])
      expect(stdout).not.toMatch(/\u001b|\n\n\n/)
    },
  )

  test('tells what could not be read', async () => {
    const file = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: {name: 'db', namespace: 'shop', uid: 'u'}},
      ],
    })
    const {stdout} = await runPlugin(['map', '-o', 'markdown', '-f', '-'], '/', file)
    expect(lines(stdout).at(-1)).toMatch(/^Warning: not in the files: .* is \\<unknown\\>$/)
  })

  test('is for programs: it can not be watched', async () => {
    const {stderr, code} = await runPlugin(['status', '-w', '-o', 'markdown'], '/')
    expect([stderr.split('\n')[0], code]).toEqual(['error: --watch prints text: --output table or wide', 2])
  })
})

test('--findings takes its three words', async () => {
  const {stderr, code} = await run('map --findings some')
  expect([stderr.split('\n')[0], code]).toEqual([
    'error: invalid argument "some" for "--findings" flag: must be full, brief or none',
    2,
  ])
  for (const word of ['full', 'brief', 'none']) expect((await run(`map --findings=${word}`)).code).toBe(0)
})
