import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Layout} from './layout.ts'

const STAGES = join(import.meta.dirname, 'stages')

/** kwok drops its own stages for a kind as soon as it is given one: these are all there are. */
export function writeStages(layout: Layout): void {
  const files = readdirSync(STAGES).sort()
  const stages = files.map((file) => readFileSync(join(STAGES, file), 'utf8'))
  writeFileSync(layout.stages, stages.join('---\n'))
}
