import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Ajv} from 'ajv'
import type {MapReport} from '../../src/reports/map-report.ts'

const SCHEMA = join(import.meta.dirname, '..', '..', 'schemas', 'map-report.schema.json')

const validate = new Ajv({strict: true, allowUnionTypes: true}).compile<MapReport>(
  JSON.parse(readFileSync(SCHEMA, 'utf8')),
)

/** The report, if it is what the published schema says. */
export function checked(report: unknown): MapReport {
  if (!validate(report)) throw new Error(JSON.stringify(validate.errors, null, 2))
  return report
}
