import type {Row} from '../measuring/results.ts'
import {table} from './table.ts'

const STAGES = ['node', 'import', 'read', 'build', 'render'] as const

/** Where the time of each of our commands goes. */
export function stagesTable(rows: readonly Row[]): string {
  const lines = rows.flatMap(({task, stages}) =>
    stages ? [[`\`${task}\``, ...STAGES.map((stage) => stages[stage].toFixed(3))]] : [],
  )
  return table(['command', ...STAGES], lines, 1)
}
