import {readdirSync, readFileSync} from 'node:fs'
import {join, resolve} from 'node:path'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Finding} from '../../src/diagnosis/finding.ts'
import {mapQuestion} from '../../src/reports/map.ts'
import {healthy, snapshot} from '../builders.ts'
import {shellWords} from './shell-words.ts'
import type {Facts} from './subjects.ts'
import {troubles} from './troubles.ts'

function findingsOf({unseen = [], ...facts}: Facts): readonly Finding[] {
  return mapQuestion.findings(mapQuestion.build(snapshot(facts, unseen), {names: []}))
}

test.for(Object.entries(troubles))('%s is found where it is, and alone', ([id, facts]) => {
  expect(findingsOf(facts('web')).map((finding) => finding.id)).toEqual([id])
})

test('every cause that a rule knows has a cluster here', () => {
  const folder = resolve(import.meta.dirname, '../../src/diagnosis')
  const files = ['claim', 'stateful-set'].flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => join(folder, name, file)),
  )
  const known = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bid: '([a-z0-9-]+)'/g)].map(([, id]) => id),
  )
  expect([...new Set(known)].toSorted()).toEqual(Object.keys(troubles).toSorted())
})

test('a healthy cluster has none', () => {
  expect(findingsOf(healthy(3))).toEqual([])
})

const hostile = fc
  .array(
    fc.constantFrom(
      'a',
      '-',
      '--',
      ' ',
      "'",
      '"',
      '$(id)',
      '`id`',
      ';',
      '&',
      '|',
      '\\',
      '\n',
      '*',
      '~',
      '#',
      '!',
      '>',
      '{',
      'é',
    ),
    {minLength: 1, maxLength: 6},
  )
  .map((pieces) => pieces.join(''))
const anyTrouble = fc.constantFrom(...Object.values(troubles))
const FLAGS = /^(-[lnop]|--type=json|--clusterip=None)$/

test('a shell sees in a command no more than words, and kubectl no other flags than ours', {
  timeout: 30_000,
}, () => {
  fc.assert(
    fc.property(anyTrouble, hostile, (trouble, name) => {
      for (const command of findingsOf(trouble(name)).flatMap(({remedy}) => remedy?.commands ?? [])) {
        const words = shellWords(command)
        expect(words[0]).toBe('kubectl')
        const before = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
        const flags = before.filter(
          (word, index) => word.startsWith('-') && !/^-[lnop]$/.test(before[index - 1] ?? ''),
        )
        expect(flags.filter((flag) => !FLAGS.test(flag))).toEqual([])
      }
    }),
    {numRuns: 500},
  )
})

test('a remedy that can lose data does not begin with it, and says so', () => {
  const destructive = /^kubectl (delete|replace|patch .*finalizers)/
  for (const facts of Object.values(troubles)) {
    for (const {id, remedy} of findingsOf(facts('web'))) {
      if (!remedy || remedy.rung < 5) continue
      expect([id, remedy.commands[0]]).toEqual([id, expect.not.stringMatching(destructive)])
      expect([id, remedy.danger]).toEqual([id, expect.stringMatching(/\w/)])
    }
  }
})

test('what may take a Pod away says what that costs', () => {
  for (const facts of Object.values(troubles)) {
    for (const {id, remedy} of findingsOf(facts('web'))) {
      const isHarmless = !(remedy?.commands ?? []).some((command) => command.startsWith('kubectl delete'))
      expect([id, isHarmless || (remedy?.danger !== '' && (remedy?.rung ?? 0) >= 2)]).toEqual([id, true])
    }
  }
})

test('every finding has evidence and a message without holes', () => {
  for (const facts of Object.values(troubles)) {
    for (const finding of findingsOf(facts('web'))) {
      expect(finding.evidence.length).toBeGreaterThan(0)
      expect(JSON.stringify(finding)).not.toMatch(/undefined|NaN|\[object/)
    }
  }
})
