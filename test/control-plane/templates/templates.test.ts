import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {AnswerError} from '../../../src/cluster/errors.ts'
import {sorterOf} from '../../../src/command-line/sorting.ts'
import {printerOf} from '../../../src/command-line/template.ts'
import type {Template} from '../../../src/render/formats.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {anyOrder, columns, fields, lists, templates} from './expressions.ts'
import {openKubectl, type Said} from './kubectl.ts'
import {items} from './objects.ts'

/** What differs on purpose, and why. */
const DIFFERS: Readonly<Record<string, string>> = {
  '{.metadata\t.name}': 'a tab in an error is printed as \\t, as all that a terminal would act on',
  'UNICODE:.spec.unicode,NAME:.metadata.name':
    'a wide character takes two columns of the screen, and kubectl counts one',
  '.spec.containers[0].name': 'rows without the field keep their order, which kubectl turns round',
}

const ours = (
  format: Template['format'],
  text: string,
  rows: () => readonly object[] = () => items,
): Said => {
  try {
    const pieces = [...printerOf({format, text}, true).pieces(items[0] ?? {}, rows)]
    return {stdout: pieces.join(''), error: ''}
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error
    return {stdout: '', error: error.message}
  }
}

function inAnyOrder({stdout, error}: Said): Said {
  return {stdout: stdout.split(' ').toSorted().join(' '), error}
}

/** kubectl has printed headers before it fails. */
function failed({stdout, error}: Said): Said {
  return {stdout: error === '' ? stdout : '', error}
}

/** Those that are answered, which one run of kubectl can be asked all at once, and the others. */
function parted(all: readonly string[], format: Template['format'], isClosed: (text: string) => boolean) {
  const isAlone = (text: string) =>
    ours(format, text).error !== '' || !isClosed(text) || anyOrder.has(text) || text in DIFFERS
  return {together: all.filter((text) => !isAlone(text)), alone: all.filter(isAlone)}
}

/** A range that is not closed would hold all that comes after it. */
function isClosed(template: string): boolean {
  const count = (word: RegExp) => [...template.matchAll(word)].length
  return count(/\{range\b/g) === count(/\{end\}/g)
}

const paths = parted(templates, 'jsonpath', isClosed)
const tables = parted(columns, 'custom-columns', () => true)
const BETWEEN = '\n---\n'

describeControlPlane('templates say what they say in real kubectl', async () => {
  const kubectl = await openKubectl()
  afterAll(kubectl.close)

  const expectEqual = (text: string, mine: Said, theirs: Said) =>
    text in DIFFERS ? expect(mine).not.toEqual(theirs) : expect(mine).toEqual(theirs)

  test(`-o jsonpath: ${paths.together.length} that are answered`, async () => {
    expect(paths.together.length).toBeGreaterThan(60)
    const {stdout, error} = await kubectl.get(['one', `--output=jsonpath=${paths.together.join(BETWEEN)}`])
    const mine = paths.together.map((template) => ours('jsonpath', template).stdout)
    expect({stdout: stdout.split(BETWEEN), error}).toEqual({stdout: mine, error: ''})
  })

  test.concurrent.for(paths.alone)('-o jsonpath=%s', async (template) => {
    const theirs = await kubectl.get(['one', `--output=jsonpath=${template}`])
    const arranged = anyOrder.has(template) ? inAnyOrder : (said: Said) => said
    expectEqual(template, arranged(ours('jsonpath', template)), arranged(theirs))
  })

  test.concurrent.for(lists)('-o jsonpath-as-json=%s', async (template, {expect}) => {
    expect(ours('jsonpath-as-json', template)).toEqual(
      await kubectl.get(['one', `--output=jsonpath-as-json=${template}`]),
    )
  })

  test.concurrent.for([...tables.alone, tables.together.join()])('-o custom-columns=%s', async (spec) => {
    expectEqual(
      spec,
      ours('custom-columns', spec),
      failed(await kubectl.get([`--output=custom-columns=${spec}`])),
    )
  })

  test.concurrent.for(fields)('--sort-by=%s', async (field) => {
    const format = 'custom-columns=NAME:.metadata.name'
    const theirs = failed(await kubectl.get([`--output=${format}`, `--sort-by=${field}`]))
    expectEqual(field, sorted(field), theirs)
  })

  test('templates in files', async () => {
    const [path, table] = [join(kubectl.folder, 'path'), join(kubectl.folder, 'columns')]
    writeFileSync(path, '{range .spec.containers[*]}{.name}{"\\n"}{end}\n')
    writeFileSync(table, 'NAME   NS\n{metadata.name} metadata.namespace\n')
    expect(ours('jsonpath-file', path)).toEqual(await kubectl.get(['one', `--output=jsonpath-file=${path}`]))
    expect(ours('custom-columns-file', table)).toEqual(
      await kubectl.get([`--output=custom-columns-file=${table}`]),
    )
    for (const [format, words] of [
      ['jsonpath-file', ['one', '--output=jsonpath-file=/none']],
      ['custom-columns-file', ['--output=custom-columns-file=/none']],
    ] as const)
      expect(ours(format, '/none')).toEqual(await kubectl.get(words))
  })

  test('with one object nothing is sorted', async () => {
    const words = ['one', '--output=custom-columns=NAME:.metadata.name', '--sort-by=.spec.nope']
    expect((await kubectl.get(words)).error).toBe('')
    expect(() => sorterOf('.spec.nope').check(items.slice(0, 1), 'an object')).not.toThrow()
  })
})

function sorted(field: string): Said {
  try {
    const sorter = sorterOf(field)
    sorter.check(items, 'an object')
    const rows = sorter.sorted(items, (item) => item)
    return ours('custom-columns', 'NAME:.metadata.name', () => rows)
  } catch (error) {
    // a second line says what rows are here
    return {stdout: '', error: (error as Error).message.split('\n')[0] ?? ''}
  }
}
