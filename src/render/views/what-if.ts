import type {WhatIfReport} from '../../reports/what-if/report.ts'
import {type Column, type Line, type Section, sectionOf, type TextOptions, type Tone} from '../view.ts'
import {none} from './cells.ts'
import {findingParagraphs} from './findings.ts'
import {daemonColumns, podColumns, stepColumns, workloadColumns} from './what-if-columns.ts'

const TONES: Readonly<Record<WhatIfReport['end']['state'], Tone>> = {
  Done: 'ok',
  Short: 'error',
  Stopped: 'error',
  Unknown: 'warn',
}

/** How it would end and what would be lost; then who goes where, round by round; then what is taken for granted. */
export function whatIfView(report: WhatIfReport, options: TextOptions): readonly Section<unknown>[] {
  const {pods, steps, workloads, daemonSets} = report
  const isNarrow = options.width !== undefined && !options.isWide
  const table = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]) => ({
    columns: isNarrow ? telling(columns, rows) : columns,
    rows,
  })
  const named = <Row extends InNamespace>(columns: readonly Column<Row>[], rows: readonly Row[]) =>
    table(isNarrow && isOfOne(report, rows) ? withoutNamespace(columns) : columns, rows)
  return [
    sectionOf({table: {columns: [], rows: []}, paragraphs: [{lines: headLines(report)}]}),
    sectionOf({table: named(workloadColumns, workloads), paragraphs: []}),
    sectionOf({table: named(isNarrow ? untold(report) : podColumns, pods), paragraphs: []}),
    sectionOf({table: table(stepColumns, steps), paragraphs: []}),
    sectionOf({
      table: named(daemonColumns, daemonSets),
      paragraphs: [
        ...findingParagraphs(report.findings, report.observedAt, options).map((lines) => ({lines})),
        {lines: tailLines(report)},
      ],
    }),
  ]
}

/** The end says already why, whoever it is of whom there is something to say. */
function untold({end, pods}: WhatIfReport): typeof podColumns {
  const isTold = pods.every(({message}) => message === null || end.message.includes(message))
  return isTold ? podColumns.filter(({name}) => name !== 'WHY') : podColumns
}

interface InNamespace {
  readonly namespace: string
}

/** All is in the namespace in which it was asked. */
function isOfOne({question: {objects}}: WhatIfReport, rows: readonly InNamespace[]): boolean {
  const [{namespace} = {}] = objects
  return namespace !== undefined && rows.every((row) => row.namespace === namespace)
}

/** The first column names what the row is about, behind its namespace. */
function withoutNamespace<Row extends InNamespace>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
  return columns.map((column, index) => ({
    ...column,
    cell: (row) => {
      const cell = column.cell(row)
      return index === 0 && typeof cell === 'string' ? cell.slice(row.namespace.length + 1) : cell
    },
  }))
}

/** On a terminal a column that says nothing of any row takes no room. */
function telling<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly Column<Row>[] {
  return columns.filter(({cell}) => rows.some((row) => cell(row) !== none))
}

function headLines({end, losses, volumesOutOfReach}: WhatIfReport): readonly Line[] {
  return [
    {label: 'Ends', text: `${end.state}: ${end.message}`, textTone: TONES[end.state]},
    ...labelled(
      'Lost',
      losses.map(({message}) => message).filter((message) => !end.message.includes(message)),
      'error',
    ),
    ...labelled(
      'Volumes',
      volumesOutOfReach.map((name) => `no node reaches ${name}`),
      'error',
    ),
  ]
}

function tailLines({assumptions, command, question}: WhatIfReport): readonly Line[] {
  return [
    ...labelled('Assumed', assumptions, 'muted'),
    {label: 'Note', text: 'nothing was done: this only says what would be', textTone: 'muted'},
    ...(command?.danger ? [{label: 'Risk', text: command.danger, textTone: 'warn'} as const] : []),
    ...(command
      ? [
          {
            label: question.action === 'lose' ? 'Then' : 'Command',
            text: command.text,
            isCommand: true,
            textTone: 'command',
          } as const,
        ]
      : []),
  ]
}

/** So many lines stand under one label. */
const MANY = 10

/** Several texts under one label. */
function labelled(label: string, all: readonly string[], textTone: Tone): readonly Line[] {
  const texts = all.length > MANY ? [...all.slice(0, MANY - 1), `and ${all.length - MANY + 1} more`] : all
  return texts.map((text, index) => ({label: index === 0 ? label : '', text, textTone}))
}
