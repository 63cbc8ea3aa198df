import fc from 'fast-check'
import {expect, test} from 'vitest'
import {attributesClass} from '../../../src/diagnosis/claim/attributes-class.ts'
import {failedVolume} from '../../../src/diagnosis/claim/failed-volume.ts'
import {formerLife} from '../../../src/diagnosis/claim/former-life.ts'
import {noResizer} from '../../../src/diagnosis/claim/no-resizer.ts'
import {deletedOnScale, foreignController} from '../../../src/diagnosis/claim/retention.ts'
import {severalDefaults} from '../../../src/diagnosis/claim/several-defaults.ts'
import {diagnose, type Finding, type Rule} from '../../../src/diagnosis/finding.ts'
import {scheduling} from '../../../src/diagnosis/pod/scheduling/scheduling.ts'
import type {PodSubject} from '../../../src/diagnosis/pod/subject.ts'
import {volumes} from '../../../src/diagnosis/pod/volumes/volumes.ts'
import {commandsOf} from '../remedies.ts'
import {shellWords} from '../shell-words.ts'
import {claimSubject, type Facts, ordinalSubject, setSubject} from '../subjects.ts'
import {claimTroubles, mountTroubles, schedulingTroubles} from '../troubles-volumes.ts'
import {firstPod} from './volumes-subject.ts'

const POD: readonly Rule<PodSubject>[] = [scheduling, volumes]

function ofSet(facts: Facts): readonly Finding[] {
  const [first] = ordinalSubject(facts).ordinal.claims
  const claim = first
    ? diagnose([foreignController, formerLife, noResizer, attributesClass], claimSubject(facts, first.name))
    : []
  return [...claim, ...diagnose([deletedOnScale, severalDefaults, failedVolume], setSubject(facts))]
}

const found: readonly ((h: string) => readonly Finding[])[] = [
  ...[...Object.values(schedulingTroubles), ...Object.values(mountTroubles)].map(
    (facts) => (h: string) => diagnose(POD, firstPod(facts(h))),
  ),
  ...Object.values(claimTroubles).map((facts) => (h: string) => ofSet(facts(h))),
]

test.for([...Object.entries(schedulingTroubles), ...Object.entries(mountTroubles)])(
  '%s is found, and alone',
  ([id, facts]) => {
    expect(diagnose(POD, firstPod(facts('web'))).map((finding) => finding.id)).toEqual([id])
  },
)

test.for(Object.entries(claimTroubles))('%s is found, and alone', ([id, facts]) => {
  expect(ofSet(facts('web')).map((finding) => finding.id)).toEqual([id])
})

test('every finding has evidence and a message of one sentence without holes', () => {
  for (const finding of found.flatMap((trouble) => trouble('web'))) {
    expect(finding.evidence.length).toBeGreaterThan(0)
    expect(finding.message).not.toMatch(/\n|\.$/)
    expect(JSON.stringify(finding)).not.toMatch(/undefined|NaN|\[object|null,"rung/)
  }
})

test('nothing that is printed deletes anything', () => {
  for (const finding of found.flatMap((trouble) => trouble('web'))) {
    for (const command of commandsOf(finding))
      expect([finding.id, command]).toEqual([finding.id, expect.not.stringMatching(/ delete /)])
  }
})

const hostile = fc
  .array(fc.constantFrom('a', '-', '--', ' ', "'", '"', '$(id)', '`', ';', '|', '\\', '\n', '*', '#', '{'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => pieces.join(''))

test('a shell sees no more than words in a command, and kubectl no other flags than ours', () => {
  fc.assert(
    fc.property(fc.constantFrom(...found), hostile, (trouble, name) => {
      for (const command of trouble(name).flatMap(commandsOf)) {
        const words = shellWords(command)
        const before = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
        const flags = before.filter(
          (word, index) => word.startsWith('-') && !/^-[nop]$/.test(before[index - 1] ?? ''),
        )
        expect(flags.filter((flag) => !/^(-[Anop]|--field-selector)$/.test(flag))).toEqual([])
      }
    }),
    {numRuns: 500},
  )
})
