import type {Row} from '../measuring/results.ts'
import {table} from './table.ts'

const COLUMNS = [
  'command',
  'process',
  'seconds',
  'from – to',
  'CPU s',
  'peak MB',
  'requests',
  'MB read',
  'ours ÷ it',
  'goal',
]

/** What each command has taken, and what those beside it. */
export function rowsTable(rows: readonly Row[]): string {
  return table(COLUMNS, rows.map(cells), 2)
}

function cells(row: Row): readonly string[] {
  const {task, who, seconds, cpuSeconds, megabytes, requests, bytesRead, ratio} = row
  return [
    who === 'ours' ? `\`${task}\`` : '',
    who,
    decimals(seconds.median),
    `${decimals(seconds.least)} – ${decimals(seconds.most)}`,
    decimals(cpuSeconds),
    megabytes.median.toFixed(0),
    `${requests}`,
    decimals(bytesRead / 1e6),
    ratio === undefined ? '' : decimals(ratio),
    goalOf(row),
  ]
}

/** Three digits that count. */
export function decimals(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
}

function goalOf({goal = {}, ratio, megabytes}: Row): string {
  if (goal.ratio !== undefined && ratio !== undefined) return `≤ ${goal.ratio}: ${word(ratio <= goal.ratio)}`
  if (goal.megabytes !== undefined)
    return `≤ ${goal.megabytes} MB: ${word(megabytes.median <= goal.megabytes)}`
  return ''
}

const word = (isMet: boolean) => (isMet ? 'met' : 'missed')
