import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {endEarly, endWith, leaveSignalsToSystem} from '../../src/command-line/exit-status.ts'

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

test('while something is worked out without a pause, a signal is left to the system', () => {
  const counts = () => ['SIGHUP', 'SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal))
  const before = counts()
  endEarly()
  expect(counts()).toEqual(before.map((count) => count + 1))
  leaveSignalsToSystem()
  expect(counts()).toEqual(before)
})
