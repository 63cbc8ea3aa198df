import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import {commands} from '../../src/commands/index.ts'
import {ids} from '../../src/reports/explain/catalog.ts'
import {runPlugin} from '../run-plugin.ts'

const folder = mkdtempSync(join(tmpdir(), 'completion-'))
afterAll(() => rmSync(folder, {recursive: true}))

/** Words that are offered for the last one, and the directive; `|` stands for the blanks between words. */
async function offered(line: string, env: readonly string[] = []): Promise<readonly [string[], string]> {
  const {stdout, stderr, code} = await runPlugin(['__complete', ...env, ...line.split('|')], '/')
  expect({stderr, code}).toEqual({stderr: '', code: 0})
  const lines = stdout.trimEnd().split('\n')
  return [lines.slice(0, -1).map((each) => each.split('\t')[0] ?? ''), lines.at(-1) ?? '']
}

describe('words that no cluster has to be asked for', () => {
  test('the commands, each with what it answers', async () => {
    expect(await offered('')).toEqual([[...Object.keys(commands), 'help'], ':4'])
    const {stdout} = await runPlugin(['__complete', 'ma'], '/')
    expect(stdout).toBe(`map\t${commands.map?.summary}\n:4\n`)
  })

  test('a flag that several commands have is the one of the command', async () => {
    for (const line of ['snapshot|-o|', 'snapshot|--output=', '-n|shop|snapshot|--output|'])
      expect(await offered(line)).toEqual([['yaml', 'json'], ':4'])
  })

  test.for([
    ['', ':4', ['coverage', 'explain', 'map']],
    ['ro', ':4', ['rollout']],
    ['nosuch|', ':4', []],
    ['help|wh', ':4', ['what-if', 'why']],
    ['help|map|', ':4', []],
    ['-n|shop|wh', ':4', ['what-if', 'why']],
    ['map|-o|', ':4', ['table', 'wide', 'json', 'yaml']],
    ['map|-o|j', ':4', ['json', 'jsonpath=', 'jsonpath-as-json=', 'jsonpath-file=']],
    // what is offered alone has something to follow
    ['map|-o|jsonp', ':6', ['jsonpath=', 'jsonpath-as-json=', 'jsonpath-file=']],
    ['map|-o|custom-columns-', ':6', ['custom-columns-file=']],
    ['map|-o|jsonpath={.', ':4', []],
    ['explain|-o|j', ':4', ['json']],
    ['map|--sort-by|', ':4', []],
    ['map|--output=y', ':4', ['yaml']],
    ['snapshot|-o|', ':4', ['yaml', 'json']],
    ['map|--color|a', ':4', ['auto', 'always']],
    ['map|--findings=', ':4', ['full', 'brief', 'none']],
    ['map|--watch=', ':4', ['true', 'false']],
    ['map|--wat', ':4', ['--watch']],
    ['map|-w|--wat', ':4', []],
    ['map|-f|a.yaml|--filen', ':4', ['--filename']],
    ['map|--cache', ':4', []],
    ['rollout|--fail', ':4', ['--fail-fast']],
    ['map|--fail', ':4', []],
    ['map|-f|', ':0', []],
    ['map|--filename=sna', ':0', []],
    ['map|--kubeconfig|', ':0', []],
    ['what-if|', ':4', ['drain', 'lose', 'scale']],
    ['what-if|dr', ':4', ['drain']],
    ['what-if|nosuch|', ':4', []],
    ['what-if|delete|sts/db|--cascade|', ':4', ['background', 'foreground', 'orphan']],
    ['what-if|taint|node/a|', ':4', []],
    ['what-if|join|', ':4', []],
    ['explain|crash-lo', ':4', ['crash-loop']],
    ['map|--|-', ':4', []],
    ['map|-l|--|--wat', ':4', ['--watch']],
    ['--cascade=', ':4', ['background', 'foreground', 'orphan']],
    ['--cascade|', ':4', ['background', 'foreground', 'orphan']],
    ['--fail-fast=', ':4', ['true', 'false']],
    ['map|--request-timeout|', ':4', []],
    ['map|-A|', ':4', []],
    ['map|-f|a.yaml|', ':4', []],
    ['leftovers|', ':4', []],
    ['why|', ':6', ['sts/', 'ds/', 'pod/', 'pvc/', 'node/']],
    ['why|po', ':6', ['pod/']],
    ['why|sts/db|', ':4', []],
    ['what-if|scale|', ':6', ['sts/']],
  ] as const)('%s', async ([line, directive, words]) => {
    const [found, said] = await offered(line)
    expect(said).toBe(directive)
    expect(found).toEqual(words.length === 0 ? [] : expect.arrayContaining([...words]))
  })

  test('every cause', async () => {
    expect(await offered('explain|')).toEqual([ids, ':4'])
  })

  test('every flag that a command has, and none that is hidden', async () => {
    const flags = Object.entries(commands.rollout?.flags ?? {}).filter(([, {hidden}]) => !hidden)
    const [found] = await offered('rollout|--')
    expect(found).toEqual(expect.arrayContaining(flags.map(([name]) => `--${name}`)))
    expect(found).not.toContain('--cache-dir')
  })
})

describe('the kubeconfig', () => {
  const file = join(folder, 'config')
  const named = (names: readonly string[]) => names.map((name) => ({name}))
  const config = {
    contexts: named(['prod', 'prod-eu', 'test', 'has blank', 'esc\u001b[31m', 'two\nlines']),
    clusters: named(['here']),
    users: named(['me']),
  }
  writeFileSync(file, JSON.stringify(config))
  const given = ['--kubeconfig', file]

  test.for([
    ['map|--context|', ['prod', 'prod-eu', 'test']],
    ['map|--context=prod', ['prod', 'prod-eu']],
    ['--cluster|', ['here']],
    ['why|sts/db|--user|', ['me']],
  ] as const)('%s', async ([line, words]) => {
    expect(await offered(line, given)).toEqual([words, ':4'])
  })

  test('one that can’t be read has nothing to offer', async () => {
    expect(await offered('map|--context|', ['--kubeconfig', join(folder, 'nosuch')])).toEqual([[], ':4'])
    writeFileSync(join(folder, 'broken'), '{{{')
    expect(await offered('map|--context|', ['--kubeconfig', join(folder, 'broken')])).toEqual([[], ':4'])
  })
})
