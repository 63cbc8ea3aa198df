import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Finding} from '../../../../src/diagnosis/finding.ts'
import {shellWords} from '../../shell-words.ts'
import {
  daemonFindings,
  evictionFindings,
  ids,
  rolloutFindings,
  type SetFacts,
  setFindings,
} from '../../subjects-sets.ts'
import {
  daemonSetTroubles,
  disruptionTroubles,
  rolloutSetTroubles,
  statefulSetTroubles,
  workloadTroubles,
} from '../../troubles-sets.ts'

/** All commands of a remedy, those that only look first. */
function commandsOf(remedy: Finding['remedy']): readonly string[] {
  const {look = [], act = []} = remedy ?? {}
  return [...look, ...act.flatMap((way) => way.commands)]
}

type Find = (facts: SetFacts) => readonly Finding[]

const families: readonly (readonly [string, Find, Readonly<Record<string, (h: string) => SetFacts>>])[] = [
  ['a rollout', rolloutFindings, rolloutSetTroubles],
  ['any set', rolloutFindings, workloadTroubles],
  ['a StatefulSet', setFindings, statefulSetTroubles],
  ['an eviction', evictionFindings, disruptionTroubles],
  ['a DaemonSet', daemonFindings, daemonSetTroubles],
]

const cases = families.flatMap(([what, find, troubles]) =>
  Object.entries(troubles).map(([id, facts]) => ({id, what, find, facts})),
)

/** A guess beside what is known; and what else a partition does. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  'sts-quorum-needs-later-ordinals': ['sts-blocked-by-unready-at-target'],
  'sts-partition-raised-after-update': ['sts-partition-hold'],
  // the one node is all that there is
  'ds-excluded-taint': ['ds-wanted-nowhere'],
  'ds-excluded-selector': ['ds-wanted-nowhere'],
  'ds-excluded-nodename': ['ds-wanted-nowhere'],
}

test.for(cases)('$id of $what is found where it is, and alone', ({id, find, facts}) => {
  expect(ids(find(facts('web'))).toSorted()).toEqual([id, ...(BESIDE[id] ?? [])].toSorted())
})

const found = cases.map(
  ({find, facts}) =>
    (h: string) =>
      find(facts(h)),
)
const all = found.flatMap((find) => find('web'))

test.for(all.map((finding) => [finding.id, finding] as const))(
  '%s says what is wrong in one sentence, has evidence, and no holes',
  ([, finding]) => {
    expect(finding.evidence.length).toBeGreaterThan(0)
    expect(finding.message).not.toMatch(/\.$|\. /)
    expect(JSON.stringify(finding)).not.toMatch(/undefined|NaN|\[object|null healthy/)
  },
)

test.for(all.map((finding) => [finding.id, finding] as const))(
  '%s never begins with what may lose data, and says what a deletion costs',
  ([, {remedy}]) => {
    const commands = commandsOf(remedy)
    expect(commands.join('\n')).not.toMatch(/kubectl delete (pvc|pv) |--force/)
    if ((remedy?.rung ?? 0) >= 4) expect(commands[0]).not.toMatch(/^kubectl (delete|patch)/)
    if (commands.some((command) => command.startsWith('kubectl delete'))) {
      expect(remedy?.risk).toMatch(/\w/)
      expect(remedy?.rung).toBeGreaterThanOrEqual(2)
    }
  },
)

const PIECES = [
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
  '{',
  'é',
]
const hostile = fc
  .array(fc.constantFrom(...PIECES), {minLength: 1, maxLength: 6})
  .map((pieces) => pieces.join(''))

test('a shell sees in a command no more than words, and kubectl no other flags than ours', {
  timeout: 30_000,
}, () => {
  fc.assert(
    fc.property(fc.constantFrom(...found), hostile, (find, name) => {
      for (const command of find(name)
        .flatMap(({remedy}) => commandsOf(remedy))
        .filter(Boolean)) {
        const words = shellWords(command)
        const before = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
        const flags = before.filter(
          (word, index) => word.startsWith('-') && !/^-[Llnop]$/.test(before[index - 1] ?? ''),
        )
        expect(words[0]).toBe('kubectl')
        expect(flags.filter((flag) => !/^(-[Llnop]|--type=json|--overwrite)$/.test(flag))).toEqual([])
      }
    }),
    {numRuns: 1500},
  )
})

const BARE = [
  {},
  {metadata: {}, spec: {}, status: {}},
  {metadata: {name: 'x', ownerReferences: [{controller: true}]}},
]

test.for(BARE)('objects that lack nearly everything make no rule throw: %j', (bare) => {
  const facts = {
    statefulSets: [bare],
    pods: [bare],
    nodes: [bare],
    persistentVolumeClaims: [bare],
    services: [bare],
    events: [bare],
    controllerRevisions: [bare],
    leases: [bare],
    budgets: [bare],
  } as unknown as SetFacts
  const daemon = {...facts, statefulSets: [], daemonSets: [bare]} as unknown as SetFacts
  for (const [, find] of families) expect(() => [...find(facts), ...find(daemon)]).not.toThrow()
})
