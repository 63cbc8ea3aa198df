import fc from 'fast-check'
import {expect, test} from 'vitest'
import {healthy, node} from '../../builders.ts'
import {shellWords} from '../shell-words.ts'
import {podTroubles} from '../troubles-pods.ts'
import {commandsOf, diagnosed} from './diagnosed.ts'

const all = Object.entries(podTroubles)
const LOOKS = /^kubectl (?:get|describe|logs|rollout history) /

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
  const finding = diagnosed(facts('web'))
  const {look = [], act = [], rung = 0, risk = ''} = finding?.remedy ?? {}
  const acting = act.flatMap(({commands}) => commands)
  expect(look.filter((command) => !LOOKS.test(command))).toEqual([])
  expect(acting.filter((command) => LOOKS.test(command))).toEqual([])
  expect(commandsOf(finding).join('\n')).not.toMatch(/--force|delete (?:pvc|pv) /)
  expect(rung < 2 || risk !== '').toBe(true)
  expect(acting.length > 0 && look.length === 0).toBe(false)
  expect(acting.some((command) => /^kubectl delete pod/.test(command)) && rung < 2).toBe(false)
})

test.for(all)('%s is said in one short sentence, in plain words, with nothing twice', ([, facts]) => {
  const {message = '', evidence = [], remedy} = diagnosed(facts('web')) ?? {}
  const texts = [
    message,
    ...(remedy?.act ?? []).map(({text}) => text),
    remedy?.risk ?? '',
    remedy?.avoid ?? '',
  ]
  for (const text of texts) {
    expect(text).not.toMatch(
      /\.$|\. |\bkubectl\b|\b(?:anew|for ever|mend\w*|is to go|told of|of which|whom|among them)\b/,
    )
  }
  expect(message).toMatch(/^(?:[A-Z]|web-0 )/)
  expect(message).not.toMatch(/Pod ns-web/)
  expect(new Set(evidence).size).toBe(evidence.length)
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
      for (const command of commandsOf(diagnosed(facts(h))).filter(Boolean)) {
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
