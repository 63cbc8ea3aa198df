import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {expect, test} from 'vitest'
import {root} from './documents.ts'

/** What is built, and what others have written. */
const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n')
const SKIPPED: ReadonlySet<string> = new Set(['.git', ...ignored.map((line) => line.replaceAll('/', ''))])

function markdownUnder(folder: string): readonly string[] {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownUnder(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** Without code, in which nothing is a link or a heading. */
function prose(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/^ {4}.*$/gm, '')
}

/** Where its links and pictures lead, but for other servers. */
function targetsIn(text: string): readonly string[] {
  const links = prose(text)
    .replaceAll(/`[^`\n]*`/g, '`')
    .matchAll(/\]\(([^()\s]+)\)/g)
  return [...links].map(([, target = '']) => target).filter((target) => !/^(https?|mailto):/.test(target))
}

/** Anchors of its headings, as GitHub makes them; one that comes again has a number. */
function anchorsIn(text: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of prose(text).matchAll(/^#{1,6} (.*)$/gm)) {
    const slug = slugOf(heading)
    let anchor = slug
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${count}`
    anchors.add(anchor)
  }
  return anchors
}

function slugOf(heading: string): string {
  const shown = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
  return shown.replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '').replaceAll(' ', '-')
}

function leadsNowhere(file: string, target: string, text: string): boolean {
  const [path = '', anchor] = target.split('#')
  const goal = path === '' ? file : join(dirname(file), decodeURI(path))
  if (!existsSync(goal) || relative(root, goal).startsWith('..')) return true
  if (anchor === undefined) return false
  return !anchorsIn(goal === file ? text : readFileSync(goal, 'utf8')).has(anchor)
}

function brokenIn(file: string, text = readFileSync(file, 'utf8')): readonly string[] {
  return targetsIn(text)
    .filter((target) => leadsNowhere(file, target, text))
    .map((target) => `${relative(root, file)} → ${target}`)
}

const files = markdownUnder(root)

test('every relative link of every document leads to a file, and to a heading of it', () => {
  expect(files.length).toBeGreaterThan(100)
  expect(files.flatMap((file) => targetsIn(readFileSync(file, 'utf8'))).length).toBeGreaterThan(1000)
  expect(files.flatMap((file) => brokenIn(file))).toEqual([])
})

test('from the README every page is reached', () => {
  const reached = new Set([join(root, 'README.md')])
  for (const file of reached)
    for (const target of targetsIn(readFileSync(file, 'utf8'))) {
      const goal = join(dirname(file), target.split('#')[0] ?? '')
      if (goal.endsWith('.md')) reached.add(goal)
    }
  const pages = files.filter((file) => relative(root, file).startsWith('docs/'))
  expect(pages.filter((file) => !reached.has(file)).map((file) => relative(root, file))).toEqual([])
})

test('a link into the void is found', () => {
  const here = join(root, 'README.md')
  const text =
    '# A `b` c\n## A b c\n[x](#a-b-c) [x](#a-b-c-1) [x](LICENSE) [x](https://x.example/y)\n```\n[x](z)\n# d\n```\n'
  expect(brokenIn(here, text)).toEqual([])
  expect(brokenIn(here, `${text}[x](#d)`)).toEqual(['README.md → #d'])
  expect(brokenIn(here, '![x](nowhere.svg) [x](docs/map.md#nothing) [x](../other)')).toEqual([
    'README.md → nowhere.svg',
    'README.md → docs/map.md#nothing',
    'README.md → ../other',
  ])
})
