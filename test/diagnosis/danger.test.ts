import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import type {Cause} from '../../src/diagnosis/cause.ts'
import {causes} from '../../src/diagnosis/causes.ts'
import type {Finding} from '../../src/diagnosis/finding.ts'
import type {CauseId} from '../../src/diagnosis/order.ts'
import {causes as situations} from '../causes/index.ts'
import {said} from './distinctions-sides.ts'
import {cases} from './every-cluster.ts'
import {avoidOf, riskOf} from './remedies.ts'

/** What is printed of each cause, in every cluster that there is. */
async function printed(): Promise<ReadonlyMap<CauseId, readonly Finding[]>> {
  const captured = Object.keys(situations).filter((name) =>
    existsSync(join(import.meta.dirname, `../causes/captured/${name}.yaml`)),
  )
  const small = cases.flatMap(({find, facts}) => find(facts('web')))
  return Map.groupBy([...small, ...(await Promise.all(captured.map(said))).flat()], ({id}) => id)
}

/** Whether the entry and what is printed disagree: on a risk, or on what not to do. */
function isWrong(cause: Cause, finding: Finding): boolean {
  const {risk = '', riskWhen, avoid = ''} = cause
  const [ofRisk, ofAvoid] = [riskOf(finding) !== '', avoidOf(finding) !== '']
  if (ofRisk && !risk) return true
  if (ofAvoid && !avoid) return true
  // what is only sometimes a risk may stand in place of what is not to be done
  return !riskWhen && (ofRisk !== (risk !== '') || ofAvoid !== (avoid !== ''))
}

test('Risk and Don’t are printed if, and only if, docs/causes.md tells of them, or says when', {
  timeout: 120_000,
}, async () => {
  const wrong = [...(await printed())].flatMap(([id, findings]) => {
    // what only takes its time has no remedy
    const other = findings.filter((finding) => finding.remedy && isWrong(causes[id], finding))
    return other.slice(0, 1).map((each) => [id, riskOf(each), avoidOf(each)])
  })
  expect(wrong).toEqual([])
})

test('what says when there is a risk has a risk', () => {
  const wrong = Object.entries(causes as Readonly<Record<string, Cause>>).filter(
    ([, {risk, riskWhen}]) => riskWhen && !risk,
  )
  expect(wrong).toEqual([])
})
