/** `npm run bench`: see docs/speed.md. */
import {readFileSync} from 'node:fs'
import {measure} from './measuring/measure.ts'
import type {Results} from './measuring/results.ts'
import {readPlan} from './options.ts'
import {report} from './printing/report.ts'

const plan = readPlan(process.argv.slice(2))
const results =
  plan.saved === undefined
    ? await measure(plan, (text) => console.error(text))
    : (JSON.parse(readFileSync(plan.saved, 'utf8')) as Results)
console.log(plan.output === 'json' ? JSON.stringify(results, undefined, 1) : report(results))
