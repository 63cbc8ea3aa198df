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
  const table = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]) => ({
    columns: options.width === undefined || options.isWide ? columns : telling(columns, rows),
    rows,
  })
  return [
    sectionOf({table: {columns: [], rows: []}, paragraphs: [{lines: headLines(report)}]}),
    sectionOf({table: table(workloadColumns, workloads), paragraphs: []}),
    sectionOf({table: table(podColumns, pods), paragraphs: []}),
    sectionOf({table: table(stepColumns, steps), paragraphs: []}),
    sectionOf({
      table: table(daemonColumns, daemonSets),
      paragraphs: [
        ...findingParagraphs(report.findings, report.observedAt, options).map((lines) => ({lines})),
        {lines: tailLines(report)},
      ],
    }),
  ]
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
