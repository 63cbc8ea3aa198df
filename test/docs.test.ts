import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {causePages, causesDocument} from '../scripts/causes-document.ts'
import {causes as registry} from '../src/diagnosis/causes.ts'
import {order} from '../src/diagnosis/order.ts'

const root = join(import.meta.dirname, '..')
const ids = order.flatMap((section) => section.causes)
const causes = ids.map((id) => ({id, ...registry[id]}))
const text = causesDocument()

test('docs/causes.md is what `npm run docs` writes', () => {
  expect(readFileSync(join(root, 'docs/causes.md'), 'utf8')).toBe(text)
})

test('docs/causes has a page for each cause, as `npm run docs` writes it, and no others', () => {
  const pages = join(root, 'docs/causes')
  expect(readdirSync(pages).toSorted()).toEqual(ids.map((id) => `${id}.md`).toSorted())
  for (const [name, page] of causePages()) expect(readFileSync(join(pages, name), 'utf8'), name).toBe(page)
})

test('each cause stands in docs/causes.md once, with the way to its page', () => {
  const listed = [...text.matchAll(/^- \[(.*)\]\(causes\/(.*)\.md\): /gm)].map(([, id, page]) => [id, page])
  expect(listed).toEqual(ids.map((id) => [id, id]))
})

test('an id stands once in the order, and a title is not used twice', () => {
  expect(ids).toEqual([...new Set(ids)])
  const titles = causes.map(({title}) => title)
  expect(titles).toEqual([...new Set(titles)])
})

test('a title fits a column: at most six words, and no full stop', () => {
  const wrong = causes.filter(({title}) => title.split(/\s+/).length > 6 || !/^\w.*[^.\s]$/.test(title))
  expect(wrong).toEqual([])
})

test('every entry says where to see it, what to do, and which sets it affects, in whole sentences', () => {
  for (const {id, sign, remedy, risk = 'x', avoid = 'x', applies} of causes) {
    expect([id, sign, remedy]).toEqual([
      id,
      expect.stringMatching(/\w.*\.$/),
      expect.stringMatching(/\w.*\.$/),
    ])
    expect([id, risk, avoid]).toEqual([id, expect.stringMatching(/[^.]$/), expect.stringMatching(/[^.]$/)])
    expect(applies.length).toBeGreaterThan(0)
  }
})

test('code in an entry is closed', () => {
  const texts = causes.flatMap(({sign, remedy, risk = '', riskWhen = '', avoid = '', unseen = ''}) => [
    sign,
    remedy,
    risk,
    riskWhen,
    avoid,
    unseen,
  ])
  expect(texts.filter((each) => (each.split('`').length - 1) % 2 !== 0)).toEqual([])
  expect(texts.filter((each) => /[<>]/.test(each.replaceAll(/`[^`]*`/g, '')))).toEqual([])
})

test('what deletes or orphans says what that costs, and a claim is never deleted by a command', () => {
  const costly = causes.filter(({remedy}) => /kubectl delete|--cascade=orphan|kubectl scale.*=0/.test(remedy))
  expect(costly.filter(({risk, avoid}) => !risk && !avoid)).toEqual([])
  expect(causes.filter(({remedy}) => /kubectl delete (pvc|pv) |--force/.test(remedy))).toEqual([])
})

test('the finding that is explained is one that a transcript shows, and has the lines that are explained', () => {
  const [, example = ''] = /```\n([\s\S]*?)```/.exec(text) ?? []
  expect(example).toMatch(/^Error /)
  for (const label of ['Also', 'Look', 'Act', "Don't", 'Proof'])
    expect(example).toMatch(new RegExp(`^${label} `, 'm'))
  expect(readFileSync(join(root, 'docs/map.md'), 'utf8')).toContain(example)
})

test('a cause says what to do after “Don’t”, and a risk never begins with a command not to be given', () => {
  const told = causes.filter(({avoid}) => avoid !== undefined && !/^[a-z]+ /.test(avoid))
  expect(told.map(({id}) => id)).toEqual([])
  expect(causes.filter(({riskWhen, risk}) => riskWhen && !risk)).toEqual([])
})
