import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {runPlugin} from '../run-plugin.ts'

const example = readFileSync(join(import.meta.dirname, '../../examples/stuck-rollout.yaml'), 'utf8')

describe('a value that looks like a flag is a value, as pflag has it', () => {
  test.each([
    ['map -f - -n -A', 'No resources found in -A namespace.\n', 0],
    ['map -f - --namespace=--all-namespaces', 'No resources found in --all-namespaces namespace.\n', 0],
    ['map -f - -n=--', 'No resources found in -- namespace.\n', 0],
    ['map -f -h', 'error: the path "-h" does not exist\n', 2],
    ['map -f -n -f --filename', 'error: the path "-n" does not exist\n', 2],
    ['map -f - -n =a', 'No resources found in =a namespace.\n', 0],
    ['map -f - -n a=-A', 'No resources found in a=-A namespace.\n', 0],
    [
      'coverage --node=-A --color -w -f -',
      `error: invalid argument "-w" for "--color" flag: must be auto, always or never
See 'kubectl stateful coverage --help' for usage.
`,
      2,
    ],
  ] as const)('%s', async (line, stderr, code) => {
    expect(await runPlugin(line.split(' '), '/', example)).toEqual({stdout: '', stderr, code})
  })

  test('an empty value is one', async () => {
    const given = await runPlugin(['map', '-f', '-', '-n', ''], '/', example)
    const spelt = await runPlugin(['map', '-f', '-', '--namespace='], '/', example)
    expect(given).toEqual(spelt)
  })
})

describe('a usage error points at the help of the command that it is about', () => {
  test.each([
    ['-n map coverage --nosuch', 'coverage --help'],
    ['--node x map', 'map --help'],
    ['map -o nosuch', 'map --help'],
    ['nosuch map', '--help'],
    ['--nosuch', '--help'],
  ])('%s', async (line, help) => {
    const {stderr, code} = await runPlugin(line.split(' '), '/')
    expect([stderr.trimEnd().split('\n').at(-1), code]).toEqual([
      `See 'kubectl stateful ${help}' for usage.`,
      2,
    ])
  })
})
