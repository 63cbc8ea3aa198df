import type {WhatIfReport} from '../../reports/what-if/report.ts'
import {type Line, type Section, sectionOf, type TextOptions, type Tone} from '../view.ts'
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
  return [
    sectionOf({table: {columns: [], rows: []}, paragraphs: [{lines: headLines(report)}]}),
    sectionOf({table: {columns: workloadColumns, rows: workloads}, paragraphs: []}),
    sectionOf({table: {columns: podColumns, rows: pods}, paragraphs: []}),
    sectionOf({table: {columns: stepColumns, rows: steps}, paragraphs: []}),
    sectionOf({
      table: {columns: daemonColumns, rows: daemonSets},
      paragraphs: [
        ...findingParagraphs(report.findings, report.observedAt, options).map((lines) => ({lines})),
        {lines: tailLines(report)},
      ],
    }),
  ]
}

function headLines({end, losses, volumesOutOfReach}: WhatIfReport): readonly Line[] {
  return [
    {label: 'Ends', text: `${end.state}: ${end.message}`, textTone: TONES[end.state]},
    ...labelled(
      'Lost',
      losses.map(({message}) => message),
      'error',
    ),
    ...labelled('Unreachable', volumesOutOfReach, 'error'),
  ]
}

function tailLines({assumptions, command}: WhatIfReport): readonly Line[] {
  return [
    ...labelled('Assumed', assumptions, 'muted'),
    {label: 'Done', text: 'nothing: this only says what would be', textTone: 'muted'},
    ...(command
      ? [{label: 'Command', text: command.text, isCommand: true, textTone: 'command'} as const]
      : []),
    ...(command?.danger ? [{label: 'Danger', text: command.danger, textTone: 'warn'} as const] : []),
  ]
}

/** Several texts under one label. */
function labelled(label: string, texts: readonly string[], textTone: Tone): readonly Line[] {
  return texts.map((text, index) => ({label: index === 0 ? label : '', text, textTone}))
}
