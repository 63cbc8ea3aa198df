import fc from 'fast-check'
import {expect, test} from 'vitest'
import {healthy, node} from '../../builders.ts'
import {shellWords} from '../shell-words.ts'
import {podTroubles} from '../troubles-pods.ts'
import {diagnosed} from './diagnosed.ts'

const all = Object.entries(podTroubles)

test.for(all)('%s is found where it is', ([id, facts]) => {
  expect(diagnosed(facts('web'))?.id).toBe(id)
})

test.for(all)('%s has evidence, a sentence without holes and an object', ([, facts]) => {
  const finding = diagnosed(facts('web'))
  expect(finding?.evidence.length).toBeGreaterThan(0)
  expect(finding?.message).not.toMatch(/\.$|\n/)
  expect(JSON.stringify(finding)).not.toMatch(/undefined|NaN|\[object|: "|<unknown>/)
})

test.for(all)('%s offers nothing that costs data before what costs none', ([, facts]) => {
  const {commands = [], rung = 0, danger = ''} = diagnosed(facts('web'))?.remedy ?? {}
  expect(commands[0] ?? '').not.toMatch(/^kubectl (?:delete|taint|patch)/)
  expect(commands.join('\n')).not.toMatch(/--force|delete (?:pvc|pv) /)
  expect(rung < 2 || danger !== '').toBe(true)
})

test.for(all)('%s is not found of a Pod that works', ([, facts]) => {
  const {events = []} = facts('web')
  const quiet = events.filter(({reason}) => reason !== 'Unhealthy')
  expect(diagnosed({...healthy(), events: quiet})).toBeUndefined()
})

test('a name from a file stays a word of its command', {timeout: 30_000}, () => {
  const pieces = fc.constantFrom(
    'a',
    '-',
    '--',
    ' ',
    "'",
    '"',
    '$(id)',
    '`id`',
    ';',
    '\n',
    '>',
    '{',
    'é',
    '(',
    '[',
  )
  const name = fc.array(pieces, {minLength: 1, maxLength: 6}).map((each) => each.join(''))
  fc.assert(
    fc.property(fc.constantFrom(...all), name, ([, facts], h) => {
      for (const command of diagnosed(facts(h))?.remedy?.commands ?? []) {
        const words = shellWords(command)
        expect(words[0]).toBe('kubectl')
        const before = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
        const flags = before.filter(
          (word, at) => word.startsWith('-') && !/^-[lnop]$/.test(before[at - 1] ?? ''),
        )
        expect(flags.filter((flag) => !/^-[lnop]$/.test(flag))).toEqual([])
      }
    }),
    {numRuns: 1000},
  )
})

test('strange Pods make no rule throw', () => {
  const pods = [
    {},
    {metadata: {deletionTimestamp: 'x'}},
    {status: {phase: 'Failed'}},
    {spec: {nodeName: 'n'}},
  ]
  for (const pod of pods) expect(() => diagnosed({pods: [pod as never], nodes: [node()]})).not.toThrow()
})
