import {describe, expect, test} from 'vitest'
import pkg from '../../package.json' with {type: 'json'}
import {connectionFlags} from '../../src/command-line/connection-flags.ts'
import type {Flags} from '../../src/command-line/flag.ts'
import {commands} from '../../src/commands/index.ts'
import {runPlugin} from '../run-plugin.ts'

const run = (line: string) => runPlugin(line.split(' '), '/')

describe.each(Object.entries(commands))('help of %s', (name, command) => {
  test('has its summary, its usage and its own flags', async () => {
    const {stdout, stderr, code} = await run(`${name} --help`)
    expect([stderr, code]).toEqual(['', 0])
    expect(stdout.startsWith(`${command.summary}\n`)).toBe(true)
    expect(stdout).toContain(`$ kubectl stateful ${command.usage}`)
    const shown = Object.entries(command.flags).filter(([, {helpGroup}]) => helpGroup !== 'connection')
    expect(shown.filter(([flag]) => !stdout.includes(`--${flag}`))).toEqual([])
  })

  test('begins with examples, and says what it needs and how it ends', async () => {
    const {stdout} = await run(`${name} --help`)
    const sections = stdout.match(/^[A-Z][A-Z ]+$/gm)
    const isConnected = 'context' in command.flags
    const hasFlags = Object.keys(command.flags).length > 0
    expect(sections).toEqual([
      'EXAMPLES',
      'USAGE',
      ...(hasFlags ? ['FLAGS'] : []),
      ...(isConnected ? ['CONNECTION FLAGS'] : []),
      'DESCRIPTION',
      'EXIT STATUS',
      'RIGHTS',
    ])
    expect(stdout).toMatch(/\n {2}0 .*answered\n/)
  })

  test('no line is wider than the terminal that is taken for granted', async () => {
    const {stdout} = await run(`${name} --help`)
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })
})

test('help of all says where to begin', async () => {
  const {stdout} = await run('--help')
  expect(stdout.match(/^[A-Z][A-Z ]+$/gm)).toEqual(['VERSION', 'WHERE TO BEGIN', 'USAGE', 'COMMANDS'])
  const examples = [...stdout.matchAll(/^ +\$ kubectl stateful (?!COMMAND)(.*)$/gm)].map(
    ([, line = '']) => line,
  )
  expect(examples).toHaveLength(3)
  expect(examples.every((line) => Object.hasOwn(commands, line.split(' ')[0] ?? ''))).toBe(true)
})

test('the flags for the connection stand in one place, which help names', async () => {
  const {stdout, stderr, code} = await run('options')
  expect([stderr, code]).toEqual(['', 0])
  const flags = Object.entries(connectionFlags as Flags).filter(([, {hidden}]) => !hidden)
  expect(flags.filter(([flag]) => !stdout.includes(`--${flag}`))).toEqual([])
  const help = (await run('map --help')).stdout
  expect(help).toContain('kubectl stateful options')
  expect(help).not.toContain('--tls-server-name')
  expect(await run('options all')).toEqual({
    stdout: '',
    stderr: "error: unexpected arguments: all\nSee 'kubectl stateful options --help' for usage.\n",
    code: 2,
  })
})

describe('whatever else the line says', () => {
  test.for(['map -h', 'help map', '-o nosuch map --help', 'map web --help=true'])(
    '%s is help',
    async (line) => {
      expect(await run(line)).toEqual(await run('map --help'))
    },
  )

  test.for(['help', '-h'])('%s is about all commands', async (line) => {
    const {stdout, code} = await run(line)
    expect(Object.keys(commands).filter((name) => !stdout.includes(`\n  ${name} `))).toEqual([])
    expect(code).toBe(0)
  })

  test.for(['--version', 'map --version --help'])('%s is the version', async (line) => {
    const stdout = `${pkg.name}/${pkg.version} ${process.platform}-${process.arch} node-${process.version}\n`
    expect(await run(line)).toEqual({stdout, stderr: '', code: 0})
  })
})
