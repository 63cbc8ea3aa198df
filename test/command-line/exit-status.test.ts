import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {endWith} from '../../src/command-line/exit-status.ts'

test.for([
  ['answered', 0],
  ['bad', 1],
  ['unanswered', 2],
  ['interrupted', 130],
] as const)('%s is %i', ([outcome, status]) => {
  const {exitCode} = process
  onTestFinished(() => {
    process.exitCode = exitCode
  })
  endWith(outcome)
  expect(process.exitCode).toBe(status)
})

test('no other file of src sets an exit status', () => {
  const src = join(import.meta.dirname, '../../src')
  const files = readdirSync(src, {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith('.ts'))
  const setting = files.filter((file) => /\bprocess\.exit/.test(readFileSync(join(src, file), 'utf8')))
  expect(setting).toEqual(['command-line/exit-status.ts'])
})
