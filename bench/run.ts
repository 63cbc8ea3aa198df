/** `npm run bench`: see docs/speed.md. */
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {measure} from './measuring/measure.ts'
import type {Results} from './measuring/results.ts'
import {readPlan} from './options.ts'
import {report} from './printing/report.ts'

const plan = readPlan(process.argv.slice(2))
let results = plan.saved === undefined ? undefined : (JSON.parse(readFileSync(plan.saved, 'utf8')) as Results)

/** A long run may end early: what it has found is kept beside what it has loaded. */
function keep(soFar: Results): void {
  results = soFar
  if (plan.data !== undefined)
    writeFileSync(join(plan.data, 'results.json'), JSON.stringify(soFar, undefined, 1))
}

if (!results) await measure(plan, (text) => console.error(text), keep)
if (results) console.log(plan.output === 'json' ? JSON.stringify(results, undefined, 1) : report(results))
