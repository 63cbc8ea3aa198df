import {readdirSync, readFileSync} from 'node:fs'
import {join, resolve} from 'node:path'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {sections} from '../../src/diagnosis/catalog/index.ts'
import type {Finding} from '../../src/diagnosis/finding.ts'
import {coverageQuestion} from '../../src/reports/coverage.ts'
import {mapQuestion} from '../../src/reports/map.ts'
import {rolloutQuestion} from '../../src/reports/rollout.ts'
import {healthy, snapshot} from '../builders.ts'
import {diagnosed} from './pods/diagnosed.ts'
import {shellWords} from './shell-words.ts'
import type {Facts} from './subjects.ts'
import {daemonFindings, evictionFindings, ids, rolloutFindings, type SetFacts} from './subjects-sets.ts'
import {troubles} from './troubles.ts'
import {daemonTroubles} from './troubles-daemon.ts'
import {podTroubles} from './troubles-pods.ts'
import {rolloutTroubles} from './troubles-rollout.ts'
import {
  daemonSetTroubles,
  disruptionTroubles,
  rolloutSetTroubles,
  statefulSetTroubles,
  workloadTroubles,
} from './troubles-sets.ts'
import {claimTroubles, mountTroubles, unscheduledTroubles} from './troubles-volumes.ts'

const QUESTION = {names: []}

/** Of a server that is new enough for every rule that asks how old it is, unless told. */
function seenOf({unseen = [], version = 'v1.37.1', budgets: _, ...facts}: SetFacts) {
  return {...snapshot(facts, unseen), server: {version}}
}

function findingsOf({unseen = [], ...facts}: Facts): readonly Finding[] {
  return mapQuestion.findings(mapQuestion.build(snapshot(facts, unseen), QUESTION))
}

function daemonFindingsOf(facts: SetFacts): readonly Finding[] {
  return coverageQuestion.findings(coverageQuestion.build(seenOf(facts), QUESTION))
}

function rolloutFindingsOf(facts: SetFacts): readonly Finding[] {
  return rolloutQuestion.findings(rolloutQuestion.build(seenOf(facts), QUESTION))
}

function podFindingOf(facts: Facts): readonly Finding[] {
  return [diagnosed(facts)].filter((finding) => finding !== undefined)
}

/** Where a list's causes are looked for; those that are judged without a report are so elsewhere, too. */
const families: readonly (readonly [
  string,
  (facts: SetFacts) => readonly Finding[],
  Readonly<Record<string, (h: string) => SetFacts>>,
])[] = [
  ['a map', findingsOf, {...troubles, ...claimTroubles, ...statefulSetTroubles}],
  ['a coverage', daemonFindingsOf, daemonTroubles],
  ['a rollout', rolloutFindingsOf, {...rolloutTroubles, ...rolloutSetTroubles}],
  ['any set', rolloutFindings, workloadTroubles],
  ['a Pod', podFindingOf, {...podTroubles, ...unscheduledTroubles, ...mountTroubles}],
  ['an eviction', evictionFindings, disruptionTroubles],
  ['a DaemonSet on a node', daemonFindings, daemonSetTroubles],
]
const cases = families.flatMap(([where, find, lists]) =>
  Object.entries(lists).map(([id, facts]) => ({id, where, find, facts})),
)

/** The findings of every trouble, by the name that all is called after. */
const found: readonly ((h: string) => readonly Finding[])[] = cases.map(
  ({find, facts}) =>
    (h: string) =>
      find(facts(h)),
)

test.for(cases)('$id of $where is found where it is', ({id, find, facts}) => {
  expect(ids(find(facts('web')))).toContain(id)
})

/** What explains more than one finding, and what only a Pod's place in its rollout makes of its own cause. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  'pvc-wffc-pod-unscheduled': ['sched-unschedulable', 'pvc-wffc-pod-unscheduled'],
  'sts-ordered-revision-deadlock': ['sts-ordered-revision-deadlock', 'image-pull-backoff'],
  'sts-blocked-by-unready-at-target': ['image-pull-backoff', 'sts-blocked-by-unready-at-target'],
  'sts-parallel-waits-for-updated': ['image-pull-backoff', 'sts-parallel-waits-for-updated'],
}

test.for([
  ...Object.entries(troubles).map(([id, facts]) => ({id, where: 'a map', facts, find: findingsOf})),
  ...Object.entries(rolloutTroubles).map(([id, facts]) => ({
    id,
    where: 'a rollout',
    facts,
    find: rolloutFindingsOf,
  })),
])('$id of $where is found alone', ({id, find, facts}) => {
  expect(ids(find(facts('web')))).toEqual(BESIDE[id] ?? [id])
})

/** Every id of the catalog that the rules spell, in an object, a table or as what a helper is told. */
function spelt(): readonly string[] {
  const root = resolve(import.meta.dirname, '../../src/diagnosis')
  const sources = readdirSync(root, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts') && !file.startsWith('catalog'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
  const words = new Set(
    sources.flatMap((text) => [...text.matchAll(/'([a-z0-9-]+)'/g)].map(([, word]) => word)),
  )
  return sections.flatMap(({causes}) => causes.map(({id}) => id)).filter((id) => words.has(id))
}

const withCluster = new Set(cases.map(({id}) => id))

test('every cause that a rule knows has a cluster here', () => {
  expect([...withCluster].toSorted()).toEqual(spelt().toSorted())
})

/** Whose it is and what it is called: without that a cluster is no near miss, it merely has something less in it. */
const LINKS =
  /^(name|namespace|uid|kind|apiVersion|controller|labels|matchLabels|ownerReferences|involvedObject|nodeName|serviceName|matchFields|matchExpressions|claimRef|claimName|volumeName|selector|observedGeneration|updateRevision|currentRevision|revision|version|unseen)$/

/** Every place of a single fact, as the keys that lead there. */
function factsIn(value: unknown, place: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [place]
  return Object.entries(value).flatMap(([key, child]) =>
    LINKS.test(key) ? [] : factsIn(child, [...place, key]),
  )
}

function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return undefined
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => (String(index) === key ? (without(each, rest) ?? []) : [each]))
  }
  const {[key]: child, ...others} = value as Record<string, unknown>
  const left = without(child, rest)
  return left === undefined ? others : {...others, [key]: left}
}

/** Their whole cause is whose something is, or how many there are: tables beside their rules have the near misses. */
const BY_HAND = new Set([
  'create-name-not-dns',
  'ds-excess-pods',
  'ds-excluded-nodename',
  'ds-node-missing-pod',
  'ds-selecting-all',
  'ds-status-stale-1-33',
  'ds-virtual-node',
  'node-notready-not-evicted',
  'pdb-multiple',
  'pdb-not-involved',
  'pvc-leftover',
  'sts-blocked-by-unready-at-target',
  'sts-name-held-by-foreign-pod',
  'sts-ordinals-start-moved',
  'sts-owned-by-operator',
  'sts-scaledown-blocked-by-replica',
  'sts-selector-overlap',
  'svc-missing',
  'svc-not-headless',
  'svc-selector-mismatch',
  'svc-servicename-invalid',
])

describe('near misses', () => {
  const isMissed = ({id, find, facts}: (typeof cases)[number]) => {
    const whole = facts('web')
    return factsIn(whole).some((place) => !ids(find(without(whole, place) as SetFacts)).includes(id))
  }
  const near = new Set(cases.filter(isMissed).map(({id}) => id))

  test('of nearly every cause one fact less is enough not to find it', ({annotate}) => {
    expect([...withCluster].filter((id) => !near.has(id)).toSorted()).toEqual([...BY_HAND].toSorted())
    expect(near.size).toBeGreaterThanOrEqual(150)
    return annotate(`${withCluster.size} causes have a cluster, ${near.size} a near miss of one fact`)
  })

  test('the others are named by tests of their rules', () => {
    const texts = readdirSync(import.meta.dirname, {recursive: true, encoding: 'utf8'})
      .filter((file) => file.includes('/') && file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    const isNamed = (id: string) => texts.some((text) => new RegExp(`'${id}[ ']`).test(text))
    expect([...BY_HAND].filter((id) => !isNamed(id))).toEqual([])
  })
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
