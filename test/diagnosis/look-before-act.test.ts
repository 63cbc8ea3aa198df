import {expect, test} from 'vitest'
import type {Finding} from '../../src/diagnosis/finding.ts'
import {type CauseCluster, clusters} from '../clusters-by-cause.ts'
import {askedOf} from '../every-question.ts'
import {found} from './every-cluster.ts'
import {actsOf, avoidOf, commandsOf, hidesCommand, lookOf, looks, riskOf} from './remedies.ts'

/** Everything that is found in any of these clusters, by any question. */
async function findingsIn({read}: CauseCluster): Promise<readonly Finding[]> {
  const cluster = await read()
  return askedOf(cluster).flatMap(({question, scope}) => question.findings(question.build(cluster, scope)))
}

async function all(): Promise<readonly Finding[]> {
  const ofClusters = await Promise.all(clusters.map(findingsIn))
  return [...found.flatMap((trouble) => trouble('web')), ...ofClusters.flat()]
}

const acting = (finding: Finding) => actsOf(finding).flatMap(({commands}) => commands)

/** Its risk says all that is to be weighed. */
const UNCONDITIONAL = new Set<string>(['pvc-pv-claimed-by-other'])

/** Gives something up that does not come back by itself. */
const DESTROYS = /^kubectl (delete|drain|replace|taint .*NoExecute)|--force/

/** The ids of findings of which that is so. */
type Wrong = readonly (readonly [what: string, is: (finding: Finding) => boolean])[]

const WRONG: Wrong = [
  ['looks with a command that changes something', (each) => !lookOf(each).every(looks)],
  ['acts with a command that only looks', (each) => acting(each).some(looks)],
  ['acts without a look before', (each) => acting(each).length > 0 && lookOf(each).length === 0],
  [
    'has a way without words',
    (each) => actsOf(each).some(({text}) => !text) && !(UNCONDITIONAL.has(each.id) && riskOf(each)),
  ],
  [
    'hides a command in words',
    (each) =>
      [each.message, riskOf(each), avoidOf(each), ...actsOf(each).map(({text}) => text)].some(hidesCommand),
  ],
  ['destroys without a risk', (each) => commandsOf(each).some((it) => DESTROYS.test(it)) && !riskOf(each)],
  ['has a risk and no act', (each) => riskOf(each) !== '' && actsOf(each).length === 0],
  ['has a full stop at the end', (each) => actsOf(each).some(({text}) => /[^.]\.$/.test(text))],
]

test('who is told to act is told first where to look, when to act, and what it may cost', {
  timeout: 120_000,
}, async () => {
  const findings = (await all()).filter(({remedy}) => remedy)
  const wrong = WRONG.map(([what, is]) => [what, [...new Set(findings.filter(is).map(({id}) => id))]])
  expect(wrong).toEqual(WRONG.map(([what]) => [what, []]))
})
