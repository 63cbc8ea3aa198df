/** Every small cluster of the lists, and where its cause is looked for. */
import type {Finding} from '../../src/diagnosis/finding.ts'
import {coverageQuestion} from '../../src/reports/coverage/question.ts'
import {mapQuestion} from '../../src/reports/map/question.ts'
import {rolloutQuestion} from '../../src/reports/rollout/question.ts'
import {snapshot} from '../builders.ts'
import {diagnosed} from './pod/diagnosed.ts'
import type {Facts} from './subjects.ts'
import {daemonFindings, evictionFindings, rolloutFindings, type SetFacts} from './subjects-sets.ts'
import {troubles} from './troubles.ts'
import {daemonTroubles} from './troubles-daemon.ts'
import {podTroubles} from './troubles-pods.ts'
import {rolloutTroubles, summaryTroubles} from './troubles-rollout.ts'
import {
  daemonSetTroubles,
  disruptionTroubles,
  rolloutSetTroubles,
  statefulSetTroubles,
  workloadTroubles,
} from './troubles-sets.ts'
import {claimTroubles, mountTroubles, schedulingTroubles} from './troubles-volumes.ts'

const QUESTION = {names: []}

/** Of a server that is new enough for every rule that asks how old it is, unless told. */
function seenOf({unseen = [], version = 'v1.37.1', budgets: _, ...facts}: SetFacts) {
  return {...snapshot(facts, unseen), server: {version}}
}

export function findingsOf({unseen = [], ...facts}: Facts): readonly Finding[] {
  return mapQuestion.findings(mapQuestion.build(snapshot(facts, unseen), QUESTION))
}

function daemonFindingsOf(facts: SetFacts): readonly Finding[] {
  return coverageQuestion.findings(coverageQuestion.build(seenOf(facts), QUESTION))
}

export function rolloutFindingsOf(facts: SetFacts): readonly Finding[] {
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
  ['any set', rolloutFindings, {...workloadTroubles, ...summaryTroubles}],
  ['a Pod', podFindingOf, {...podTroubles, ...schedulingTroubles, ...mountTroubles}],
  ['an eviction', evictionFindings, disruptionTroubles],
  ['a DaemonSet on a node', daemonFindings, daemonSetTroubles],
]
export const cases = families.flatMap(([where, find, lists]) =>
  Object.entries(lists).map(([id, facts]) => ({id, where, find, facts})),
)

/** The findings of every trouble, by the name that all is called after. */
export const found: readonly ((h: string) => readonly Finding[])[] = cases.map(
  ({find, facts}) =>
    (h: string) =>
      find(facts(h)),
)
