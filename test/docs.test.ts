import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {causesDocument} from '../scripts/causes-document.ts'
import {sections, titleOf} from '../src/diagnosis/catalog/index.ts'

const root = join(import.meta.dirname, '..')
const causes = sections.flatMap((section) => section.causes)
const ids = causes.map(({id}) => id)
const text = causesDocument()

test('docs/causes.md is what `npm run docs` writes', () => {
  expect(readFileSync(join(root, 'docs/causes.md'), 'utf8')).toBe(text)
})

function diagnosisSources(): readonly string[] {
  const folder = join(root, 'src/diagnosis')
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts') && !file.startsWith('catalog/'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
}

/** Ids as rules spell them, in an object or as the first thing that a helper is told. */
const SPELT = /\b(?:id: |(?:error|warning|refusal|passing|nodeRule)\(\s*)'([a-z0-9-]+)'/g

/** Those of tables too: whatever begins as ids do, and is not itself the beginning of one. */
const FAMILY = new RegExp(
  `'((?:${[...new Set(ids.map((id) => id.split('-')[0]))].join('|')})-[a-z0-9-]*[a-z0-9])'`,
  'g',
)

test.each([
  ['is given to a finding', SPELT],
  ['is spelt anywhere else', FAMILY],
])('the catalog has every id that %s in src/diagnosis', (_, pattern) => {
  const used = diagnosisSources().flatMap((source) => [...source.matchAll(pattern)].map(([, id]) => id))
  expect(used.length).toBeGreaterThan(100)
  expect(used.filter((id) => id === undefined || titleOf(id) === undefined)).toEqual([])
})

test('an id has one entry, and a title is not used twice', () => {
  expect(ids).toEqual([...new Set(ids)])
  const titles = causes.map(({title}) => title)
  expect(titles).toEqual([...new Set(titles)])
})

test('a title fits a column: at most six words, and no full stop', () => {
  const wrong = causes.filter(({title}) => title.split(/\s+/).length > 6 || !/^\w.*[^.\s]$/.test(title))
  expect(wrong).toEqual([])
})

test('every entry says where to see it, what to do, and whom it befalls, in whole sentences', () => {
  for (const {id, sign, remedy, danger, applies} of causes) {
    expect([id, sign, remedy]).toEqual([
      id,
      expect.stringMatching(/\w.*\.$/),
      expect.stringMatching(/\w.*\.$/),
    ])
    expect([id, danger]).toEqual([id, expect.stringMatching(/^$|\.$/)])
    expect(applies.length).toBeGreaterThan(0)
  }
})

test('code in an entry is closed', () => {
  const texts = causes.flatMap(({sign, remedy, danger, unseen = ''}) => [sign, remedy, danger, unseen])
  expect(texts.filter((each) => (each.split('`').length - 1) % 2 !== 0)).toEqual([])
  expect(texts.filter((each) => /[<>]/.test(each.replaceAll(/`[^`]*`/g, '')))).toEqual([])
})

test('what deletes or orphans says what that costs, and a claim is never deleted by a command', () => {
  const costly = causes.filter(({remedy}) => /kubectl delete|--cascade=orphan|kubectl scale.*=0/.test(remedy))
  expect(costly.filter(({danger}) => danger === '')).toEqual([])
  expect(causes.filter(({remedy}) => /kubectl delete (pvc|pv) |--force/.test(remedy))).toEqual([])
})

test('every link of the document leads to a heading', () => {
  const anchors = new Set(
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    ),
  )
  const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor)
  expect(links.length).toBeGreaterThan(ids.length)
  expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([])
})

test('an unknown id has no title', () => {
  expect(titleOf('no-such-cause')).toBeUndefined()
  expect(titleOf('crash-loop')).toBe('container crashes again and again')
})

test('the finding that is explained is one that the README shows', () => {
  const [, example] = /```\n([\s\S]*?)```/.exec(text) ?? []
  expect(example).toMatch(/^Error /)
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(example)
})
