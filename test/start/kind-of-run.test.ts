import {expect, test} from 'vitest'
import {commands} from '../../src/commands/index.ts'
import {COMMANDS, kindOfRun} from '../../src/start/kind-of-run.ts'

test('every command is known by its name', () => {
  expect(COMMANDS).toEqual(Object.keys(commands))
})

test.for([
  ['', 'help'],
  ['--help', 'help'],
  ['map -h', 'help'],
  ['help map', 'help'],
  ['rollot', 'help'],
  ['__complete map -h', 'complete'],
  ['--version', 'version'],
  ['-n shop map web', 'map'],
  ['rollout sts/db --watch', 'rollout'],
  ['map -f x.yaml', 'map-saved'],
  ['map --filename=x.yaml', 'map-saved'],
] as const)('"%s" is a run of the kind %s', ([line, kind]) => {
  expect(kindOfRun(line.split(' ').filter(Boolean))).toBe(kind)
})
