import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {causes} from '../../src/diagnosis/causes.ts'
import type {Finding} from '../../src/diagnosis/finding.ts'
import {healthy} from '../builders.ts'
import {cases, findingsOf, found, rolloutFindingsOf} from './every-cluster.ts'
import {shellWords} from './shell-words.ts'
import {ids, type SetFacts} from './subjects-sets.ts'
import {troubles} from './troubles.ts'
import {rolloutTroubles, summaryTroubles} from './troubles-rollout.ts'

test.for(cases)('$id of $where is found where it is', ({id, find, facts}) => {
  expect(ids(find(facts('web')))).toContain(id)
})

/** What explains more than one finding, and what only a Pod's place in its rollout makes of its own cause. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  'pvc-wffc-pod-unscheduled': ['sched-unschedulable', 'pvc-wffc-pod-unscheduled'],
  // its kubelet, too, says only that it waits
  'pvc-wffc-pod-bound': ['pvc-wffc-pod-bound', 'container-creating-quiet'],
  'sts-ordered-revision-deadlock': ['sts-ordered-revision-deadlock', 'image-pull-backoff'],
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

test.for(Object.entries(summaryTroubles))('%s is not said beside the cause of the Pod', ([, facts]) => {
  expect(ids(rolloutFindingsOf(facts('web')))).toEqual(['image-pull-backoff'])
})

/** Every id that a rule can find. */
const seen = Object.entries(causes).flatMap(([id, {unseen}]) => (unseen ? [] : [id]))

const withCluster = new Set(cases.map(({id}) => id))

test('every cause that a rule can find has a cluster here', () => {
  expect([...withCluster].toSorted()).toEqual(seen.toSorted())
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
  'sts-adopted-pod-volume-mismatch',
  'sts-blocked-by-unready-at-target',
  'sts-name-held-by-foreign-pod',
  'sts-ordinals-start-moved',
  'sts-owned-by-operator',
  'sts-scaledown-blocked-by-replica',
  'sts-selector-overlap',
  'svc-endpoint-stale',
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
const FLAGS = /^(-[ALlnop]|--type=json|--clusterip=None|--field-selector|--overwrite|--ignore-daemonsets)$/

/** All to copy, those that only look first. */
function commandsOf({remedy}: Pick<Finding, 'remedy'>): readonly string[] {
  const {look = [], act = []} = remedy ?? {}
  const texts = act.map(({text}) => text).join('\n')
  const [, offered] = / with (kubectl .+?), and put it back/s.exec(texts) ?? []
  const acts = act.flatMap((way) => way.commands)
  return [...look, ...acts, ...(offered === undefined ? [] : [offered])]
}

function riskOf({remedy}: Finding): string {
  return remedy?.risk ?? ''
}

test('a shell sees in a command no more than words, and kubectl no other flags than ours', {
  timeout: 30_000,
}, () => {
  fc.assert(
    fc.property(anyTrouble, hostile, (trouble, name) => {
      for (const command of trouble(name).flatMap(commandsOf).filter(Boolean)) {
        const words = shellWords(command)
        expect(words[0]).toBe('kubectl')
        const before = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
        const flags = before.filter(
          (word, index) => word.startsWith('-') && !/^-[Llnop]$/.test(before[index - 1] ?? ''),
        )
        expect(flags.filter((flag) => !FLAGS.test(flag))).toEqual([])
      }
    }),
    {numRuns: 1500},
  )
})

const printed = found.flatMap((trouble) => trouble('web'))

test('a remedy that can lose data does not begin with it, and says so', () => {
  const destructive = /^kubectl (delete|replace|patch .*finalizers)/
  for (const finding of printed.filter(({remedy}) => (remedy?.rung ?? 0) >= 5)) {
    const {id} = finding
    expect([id, commandsOf(finding)[0]]).toEqual([id, expect.not.stringMatching(destructive)])
    expect([id, riskOf(finding)]).toEqual([id, expect.stringMatching(/\w/)])
  }
})

test('what only looks changes nothing, and what acts does not only look', () => {
  const looks = /^kubectl (get|describe|logs|rollout history) /
  const wrong = printed.filter(
    ({remedy}) =>
      remedy?.look?.some((command) => !looks.test(command)) ||
      remedy?.act?.some(({commands}) => commands.some((command) => looks.test(command))),
  )
  expect(wrong.map(({id}) => id)).toEqual([])
})

test('a way to act says in words what it is, without a full stop, and without a command that could be copied', () => {
  const texts = printed.flatMap(({id, remedy}) => remedy?.act?.map(({text}) => [id, text] as const) ?? [])
  expect(texts.filter(([, text]) => !/\w/.test(text) || /\.$/.test(text))).toEqual([])
  expect(texts.filter(([, text]) => /kubectl (delete|patch|annotate|scale|label) /.test(text))).toEqual([])
})

test('nothing that is printed deletes a claim or a volume', () => {
  for (const finding of printed) {
    expect([finding.id, commandsOf(finding)]).not.toEqual([
      finding.id,
      expect.arrayContaining([expect.stringMatching(/^kubectl delete (pvc|pv) /)]),
    ])
  }
})

test('what may take a Pod away says what that costs', () => {
  for (const finding of printed) {
    const {id, remedy} = finding
    const isHarmless = !commandsOf(finding).some((command) => command.startsWith('kubectl delete'))
    expect([id, isHarmless || (riskOf(finding) !== '' && (remedy?.rung ?? 0) >= 2)]).toEqual([id, true])
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
