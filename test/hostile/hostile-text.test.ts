import {join} from 'node:path'
import fc from 'fast-check'
import {CORE_SCHEMA, load} from 'js-yaml'
import {expect, test} from 'vitest'
import {cleanCell} from '../../src/model/clean.ts'
import {type Format, formats} from '../../src/render/formats.ts'
import {tableLines} from '../../src/render/table.ts'
import {bundled} from '../../src/start/start.ts'
import {shellWords} from '../diagnosis/shell-words.ts'
import {pageOf} from '../html-page.ts'
import {runPlugin} from '../run-plugin.ts'
import {answer, asList, questionsAbout, readList, sources} from './answers.ts'
import {type Place, placesOf, renamed, valueAt, withAt} from './damage.ts'
import {linesAbout} from './lines.ts'
import {OBEYED} from './obeyed.ts'
import {pasted, SHELLS} from './shells.ts'
import {hostileText} from './texts.ts'

/** By hand: `HOSTILE_CASES=100000 HOSTILE_SEED=1 npx vitest run --project plain test/hostile/hostile-text.test.ts`. */
const CASES = Number(process.env.HOSTILE_CASES ?? 1000)
const SEED = Number(process.env.HOSTILE_SEED ?? 20261129)

const ROOT = join(import.meta.dirname, '../..')
const {main} = bundled(join(ROOT, 'dist'))

/** Nothing that is printed is longer, whatever it is of: a row of a table has a dozen cells. */
const LONGEST = 20_000

interface Hit {
  readonly where: number
  readonly how: 'instead' | 'behind' | 'everywhere'
  readonly text: string
}

const hit: fc.Arbitrary<Hit> = fc.record({
  where: fc.nat(),
  how: fc.constantFrom('instead', 'behind', 'everywhere'),
  text: hostileText,
})

const aCase = fc.record({
  source: fc.nat(),
  hits: fc.array(hit, {minLength: 1, maxLength: 4}),
  question: fc.nat(),
  format: fc.constantFrom(...formats),
  width: fc.constantFrom(undefined, 60, 120),
})

/** What somebody prints of a report in a language of kubectl's. */
const TEMPLATES = [
  'jsonpath={@}{..}{..name}',
  'jsonpath-as-json={@}{..name}',
  'custom-columns=NAMES:..name,ALL:..',
] as const

const anOutput = fc.oneof(
  {weight: 9, arbitrary: fc.constantFrom(...formats)},
  {weight: 1, arbitrary: fc.constantFrom(...TEMPLATES)},
)

const lists = new Map<number, {readonly list: unknown; readonly places: readonly Place[]}>()

async function sourceOf(index: number) {
  const at = index % sources.length
  const known = lists.get(at)
  if (known) return known
  const list = asList(await (sources[at] as (typeof sources)[number]).read())
  const places = [...placesOf(list)].filter((place) => typeof valueAt(list, place) === 'string')
  lists.set(at, {list, places})
  return {list, places}
}

function hurt(list: unknown, places: readonly Place[], {where, how, text}: Hit): unknown {
  const place = places[where % places.length] ?? []
  const value = String(valueAt(list, place))
  if (how === 'everywhere') return renamed(list, value, text)
  return withAt(list, place, () => (how === 'behind' ? value + text : text))
}

/** A character that HTML must write as several is one. */
function unescaped(line: string): string {
  return line.replaceAll(/&(?:#39|amp|gt|lt|quot);/g, 'x')
}

function check(lines: readonly string[], format: Format, report: object): void {
  const text = lines.join('\n')
  expect(text.isWellFormed()).toBe(true)
  expect(OBEYED.exec(text.replaceAll('\n', ' '))).toBeNull()
  if (format === 'html') expect(pageOf(text).faults).toEqual([])
  if (format === 'json') expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(report)))
  else if (format === 'yaml')
    expect(load(text, {schema: CORE_SCHEMA})).toEqual(JSON.parse(JSON.stringify(report)))
  else expect(lines.map(unescaped).filter((line) => line.length > LONGEST)).toEqual([])
}

/** Commands of a report, and what stands on lines of their own. */
function commandsIn(report: unknown, lines: readonly string[]): readonly string[] {
  const told: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const {look, commands} = value as {look?: unknown; commands?: unknown}
    for (const list of [look, commands]) if (Array.isArray(list)) told.push(...list.map(String))
    for (const each of Object.values(value)) visit(each)
  }
  visit(report)
  const printed = lines
    .map((line) => /^(?: {10}|(?:Look|Act|More) +)(kubectl .*)$/.exec(line)?.[1])
    .filter((line) => line !== undefined)
  return [...told, ...printed]
}

const FLAGS = /^(-[ALlnop]|--field-selector|--type=json|--clusterip=None|--overwrite|--ignore-daemonsets)$/

test(`${CASES} hostile clusters: nothing is obeyed, nothing is hidden, nothing goes on for ever, and what is copied does what it says`, {
  timeout: 60 * 60_000,
}, async () => {
  const commands = new Set<string>()
  let printed = 0
  await fc.assert(
    fc.asyncProperty(aCase, async ({source, hits, question, format, width}) => {
      const {list, places} = await sourceOf(source)
      const {snapshot, misshapen} = readList(
        hits.reduce<unknown>((known, each) => hurt(known, places, each), list),
      )
      expect(misshapen.filter((text) => OBEYED.test(text))).toEqual([])
      const asked = questionsAbout(snapshot)
      const one = asked[question % asked.length]
      if (!one) return
      const {report, lines} = await answer(snapshot, one, format, width)
      check(lines, format, report)
      printed += lines.length
      for (const command of commandsIn(report, format === 'table' || format === 'wide' ? lines : []))
        commands.add(command)
      expect(commandsIn(report, [])).not.toContain('')
    }),
    {numRuns: CASES, seed: SEED},
  )
  expectHarmless([...commands])
  if (process.env.HOSTILE_CASES)
    console.log(`seed ${SEED}:`, {cases: CASES, commands: commands.size, printed})
  expect(commands.size).toBeGreaterThan(Math.min(CASES / 20, 100))
  expect(printed).toBeGreaterThan(CASES * 5)
})

/** Pasted into shells they are calls of kubectl with these words, and nothing else happens. */
function expectHarmless(all: readonly string[]): void {
  const words = all.map(shellWords)
  expect(words.map(([first]) => first).filter((first) => first !== 'kubectl')).toEqual([])
  expect(words.flatMap((each) => each.filter((word) => word.startsWith('-') && !FLAGS.test(word)))).toEqual(
    [],
  )
  for (const shell of SHELLS) {
    expect(pasted(shell, all)).toEqual({calls: words, made: [], stderr: ''})
  }
}

const BUILT = Math.ceil(CASES / 10)

test(`${BUILT} hostile clusters in every command of the built plugin, on pipes and on terminals`, {
  timeout: 4 * 60 * 60_000,
}, async () => {
  const commands = new Set<string>()
  let answered = 0
  await fc.assert(
    fc.asyncProperty(aCase, anOutput, async ({source, hits, question, width}, format) => {
      const {list, places} = await sourceOf(source)
      const hostile = hits.reduce<unknown>((known, each) => hurt(known, places, each), list)
      const lines = linesAbout(readList(hostile).snapshot)
      const args = [...(lines[question % lines.length] ?? []), '-o', format, '-f', '-']
      const terminal = width === undefined ? undefined : {columns: width}
      const {stdout, stderr, code} = await runPlugin(args, ROOT, JSON.stringify(hostile), terminal, main)
      expect([0, 2]).toContain(code)
      for (const text of [stdout, stderr]) {
        expect(text.isWellFormed()).toBe(true)
        expect(OBEYED.exec(text.replaceAll('\n', ' '))?.input.slice(0, 2000)).toBeUndefined()
      }
      expect(stderr).not.toContain('mistake in kubectl-stateful')
      if (stdout === '') return
      answered++
      const isText = format === 'table' || format === 'wide'
      const report = format === 'json' ? JSON.parse(stdout) : undefined
      for (const command of commandsIn(report, isText && !terminal ? stdout.split('\n') : []))
        commands.add(command)
    }),
    {numRuns: BUILT, seed: SEED},
  )
  expectHarmless([...commands])
  if (process.env.HOSTILE_CASES)
    console.log(`seed ${SEED}:`, {cases: BUILT, answered, commands: commands.size})
  expect(answered).toBeGreaterThan(BUILT / 2)
  expect(commands.size).toBeGreaterThan(Math.min(BUILT / 20, 50))
})

test('a shell that is handed what it should not be is noticed', () => {
  expect(SHELLS).toContain('bash')
  for (const shell of SHELLS) {
    const {calls, made} = pasted(shell, ['kubectl get $(touch pwned)', "kubectl get 'a b'", 'touch other'])
    expect(calls).toEqual([
      ['kubectl', 'get'],
      ['kubectl', 'get', 'a b'],
    ])
    expect(made.toSorted()).toEqual(['other', 'pwned'])
  }
})

const NO_COLUMN = /[\p{Mn}\p{Me}\u1160-\u11ff]/u
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u

/** As terminals count, but for pictures, of which there are none here. */
function columns(text: string): number {
  return [...text].reduce((sum, each) => sum + (NO_COLUMN.test(each) ? 0 : WIDE.test(each) ? 2 : 1), 0)
}

const SCRIPTS = [
  'größe',
  '日本語',
  'हिन्दी',
  'தமிழ்',
  'বাংলা',
  'ไทยคำ',
  'ລາວຳ',
  'עִבְרִית',
  'العَرَبِيَّة',
  '한국',
  '한글',
  'မြန်မာ',
  'ខ្មែរ',
  'Ελλάς',
  'ﾊﾟ',
  'e\u0301',
  '\u200b',
  '\t',
  '\ud800',
]

test('columns stand below one another in every script', () => {
  const cell = fc
    .array(fc.constantFrom(...SCRIPTS, 'a', 'b-1'), {minLength: 1, maxLength: 3})
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), {minLength: 2, maxLength: 5}), (rows) => {
      const table = {
        columns: [0, 1].map((at) => ({
          name: `C${at}`,
          description: '',
          cell: (row: (typeof rows)[number]) => row[at] ?? '',
        })),
        rows,
      }
      const [, ...lines] = tableLines(table, {
        isColored: false,
        isWide: false,
        hasHeaders: true,
        hasNamespaces: false,
      })
      const starts = lines.map((line, index) =>
        columns(line.slice(0, -cleanCell(rows[index]?.[1] ?? '').length)),
      )
      expect(new Set(starts).size).toBe(1)
    }),
    {numRuns: 500, seed: SEED},
  )
})
