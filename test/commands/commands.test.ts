import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {commands} from '../../src/commands/index.ts'

const flags = Object.values(commands).flatMap((command) => Object.entries(command.flags))

test('a flag is spelt the same way in every command that has it, so that a line can be read before its command is known', () => {
  const spellings = flags.map(([name, {type, char}]) => `${name} ${type} ${char}`)
  const names = new Set(flags.map(([name]) => name))
  const letters = flags.flatMap(([name, {char}]) => (char ? [`${char} ${name}`] : []))
  expect(new Set(spellings).size).toBe(names.size)
  expect(new Set(letters).size).toBe(new Set(letters.map(([letter]) => letter)).size)
})

test('help and version alone load oclif', () => {
  const src = join(import.meta.dirname, '../../src')
  const files = readdirSync(src, {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith('.ts'))
  const loads = /(?<!import type .*)(?:from |import\()'@oclif\/core/
  const loading = files.filter((file) => loads.test(readFileSync(join(src, file), 'utf8')))
  expect(loading).toEqual(['command-line/help.ts'])
})
