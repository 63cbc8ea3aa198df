import {readdirSync, readFileSync} from 'node:fs'
import {join, resolve} from 'node:path'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Finding} from '../../src/diagnosis/finding.ts'
import {coverageQuestion} from '../../src/reports/coverage.ts'
import {mapQuestion} from '../../src/reports/map.ts'
import {rolloutQuestion} from '../../src/reports/rollout.ts'
import {healthy, snapshot} from '../builders.ts'
import {shellWords} from './shell-words.ts'
import type {Facts} from './subjects.ts'
import {troubles} from './troubles.ts'
import {daemonTroubles} from './troubles-daemon.ts'
import {rolloutTroubles} from './troubles-rollout.ts'

const QUESTION = {names: []}

function findingsOf({unseen = [], ...facts}: Facts): readonly Finding[] {
  return mapQuestion.findings(mapQuestion.build(snapshot(facts, unseen), QUESTION))
}

/** A server that is new enough for every rule that asks how old it is. */
function daemonFindingsOf({unseen = [], ...facts}: Facts): readonly Finding[] {
  const seen = {...snapshot(facts, unseen), server: {version: 'v1.37.1'}}
  return coverageQuestion.findings(coverageQuestion.build(seen, QUESTION))
}

function rolloutFindingsOf({unseen = [], ...facts}: Facts): readonly Finding[] {
  const seen = {...snapshot(facts, unseen), server: {version: 'v1.37.1'}}
  return rolloutQuestion.findings(rolloutQuestion.build(seen, QUESTION))
}

/** The findings of every trouble, by the name that all is called after. */
const found: readonly ((h: string) => readonly Finding[])[] = [
  ...Object.values(troubles).map((facts) => (h: string) => findingsOf(facts(h))),
  ...Object.values(daemonTroubles).map((facts) => (h: string) => daemonFindingsOf(facts(h))),
  ...Object.values(rolloutTroubles).map((facts) => (h: string) => rolloutFindingsOf(facts(h))),
]

test.for(Object.entries(troubles))('%s is found where it is, and alone', ([id, facts]) => {
  expect(findingsOf(facts('web')).map((finding) => finding.id)).toEqual([id])
})

test.for(Object.entries(daemonTroubles))('%s is found where it is', ([id, facts]) => {
  expect(daemonFindingsOf(facts('web')).map((finding) => finding.id)).toContain(id)
})

test.for(Object.entries(rolloutTroubles))('%s is found in a rollout, and alone', ([id, facts]) => {
  expect(rolloutFindingsOf(facts('web')).map((finding) => finding.id)).toEqual([id])
})

/** Ids as rules spell them, in an object or as the first thing that a helper is told. */
function idsIn(...folders: readonly string[]): readonly string[] {
  const root = resolve(import.meta.dirname, '../../src/diagnosis')
  const files = folders
    .flatMap((name) => readdirSync(join(root, name)).map((file) => join(root, name, file)))
    .filter((file) => file.endsWith('.ts'))
  const ids = files.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /\b(?:id: |(?:error|warning|refusal|passing|nodeRule)\(\s*)'([a-z0-9-]+)'/g,
      ),
    ].map(([, id]) => id ?? ''),
  )
  return [...new Set(ids)].toSorted()
}

test('every cause that a rule knows has a cluster here', () => {
  expect(idsIn('claim', 'stateful-set')).toEqual(Object.keys(troubles).toSorted())
  expect(idsIn('.', 'daemon-set', 'create', 'scheduling')).toEqual(Object.keys(daemonTroubles).toSorted())
  expect(Object.keys(rolloutTroubles)).toEqual(expect.arrayContaining([...idsIn('rollout')]))
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
const anyTrouble = fc.constantFrom(...found)
const FLAGS = /^(-[lnop]|--type=json|--clusterip=None)$/

/** Those to copy, and those that the advice offers. */
function commandsOf({remedy}: Finding): readonly string[] {
  const [, offered] = / with (kubectl .+?), and put it back/s.exec(remedy?.advice ?? '') ?? []
  return [...(remedy?.commands ?? []), ...(offered === undefined ? [] : [offered])]
}

test('a shell sees in a command no more than words, and kubectl no other flags than ours', {
  timeout: 30_000,
}, () => {
  fc.assert(
    fc.property(anyTrouble, hostile, (trouble, name) => {
      for (const command of trouble(name).flatMap(commandsOf)) {
        const words = shellWords(command)
        expect(words[0]).toBe('kubectl')
        const before = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
        const flags = before.filter(
          (word, index) => word.startsWith('-') && !/^-[lnop]$/.test(before[index - 1] ?? ''),
        )
        expect(flags.filter((flag) => !FLAGS.test(flag))).toEqual([])
      }
    }),
    {numRuns: 1500},
  )
})

test('a remedy that can lose data does not begin with it, and says so', () => {
  const destructive = /^kubectl (delete|replace|patch .*finalizers)/
  for (const trouble of found) {
    for (const {id, remedy} of trouble('web')) {
      if (!remedy || remedy.rung < 5) continue
      expect([id, remedy.commands[0]]).toEqual([id, expect.not.stringMatching(destructive)])
      expect([id, remedy.danger]).toEqual([id, expect.stringMatching(/\w/)])
    }
  }
})

test('nothing that is printed deletes a claim or a volume', () => {
  for (const trouble of found) {
    for (const {id, remedy} of trouble('web')) {
      expect([id, remedy?.commands]).not.toEqual([
        id,
        expect.arrayContaining([expect.stringMatching(/^kubectl delete (pvc|pv) /)]),
      ])
    }
  }
})

test('what may take a Pod away says what that costs', () => {
  for (const trouble of found) {
    for (const {id, remedy} of trouble('web')) {
      const isHarmless = !(remedy?.commands ?? []).some((command) => command.startsWith('kubectl delete'))
      expect([id, isHarmless || (remedy?.danger !== '' && (remedy?.rung ?? 0) >= 2)]).toEqual([id, true])
    }
  }
})

test('every finding has evidence and a message without holes', () => {
  for (const trouble of found) {
    for (const finding of trouble('web')) {
      expect(finding.evidence.length).toBeGreaterThan(0)
      expect(JSON.stringify(finding)).not.toMatch(/undefined|NaN|\[object/)
    }
  }
})
