import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Ajv} from 'ajv'
import type {CoverageReport} from '../../../src/reports/coverage/report.ts'
import type {LeftoversReport} from '../../../src/reports/leftovers/report.ts'
import type {MapReport} from '../../../src/reports/map/report.ts'
import type {RolloutReport} from '../../../src/reports/rollout/report.ts'
import type {WhyReport} from '../../../src/reports/why/report.ts'

const SCHEMAS = join(import.meta.dirname, '../../../schemas')

/** The report of a question, if it is what the published schema says. */
function checker<Report>(question: string): (report: unknown) => Report {
  const schema = JSON.parse(readFileSync(join(SCHEMAS, `${question}-report.schema.json`), 'utf8'))
  const validate = new Ajv({strict: true, allowUnionTypes: true}).compile<Report>(schema)
  return (report) => {
    if (!validate(report)) throw new Error(JSON.stringify(validate.errors, null, 2))
    return report
  }
}

export const checkedMap = checker<MapReport>('map')
export const checkedCoverage = checker<CoverageReport>('coverage')
export const checkedRollout = checker<RolloutReport>('rollout')
export const checkedWhy = checker<WhyReport>('why')
export const checkedLeftovers = checker<LeftoversReport>('leftovers')
