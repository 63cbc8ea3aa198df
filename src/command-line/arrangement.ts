import {AnswerError} from '../cluster/errors.ts'
import type {ReportHeader} from '../reports/report.ts'
import type {Answering} from './answering.ts'
import type {FlagValues} from './flag.ts'
import type {questionFlags} from './flags.ts'
import {type LabelColumns, labelColumns} from './label-columns.ts'
import type {RowSource} from './row-source.ts'
import {rowsOf} from './rows.ts'
import {type Sorter, sorterOf} from './sorting.ts'
import {type Printer, printerOf} from './template.ts'

/** Flags that say what an answer is to look like. */
export type ArrangementFlags = Pick<
  FlagValues<typeof questionFlags>,
  'output' | 'sort-by' | 'label-columns' | 'no-headers'
>

/** What templates, `--sort-by` and `--label-columns` make of an answer. @throws AnswerError for what the answer can't do */
export type Arrange = <Report extends ReportHeader<string>>(
  answering: Answering<Report>,
) => Promise<Answering<Report>>

/** Formats that are tables. */
const TABLES: ReadonlySet<unknown> = new Set(['table', 'wide', 'markdown'])

interface Parts {
  readonly printer?: Printer
  readonly sorter?: Sorter
  readonly labels?: LabelColumns
  readonly isTable: boolean
}

/** What the flags make of an answer. @throws AnswerError in kubectl's words for a template that can't be understood */
export function arrangement(flags: ArrangementFlags): Arrange {
  const {output, 'sort-by': field} = flags
  const keys = flags['label-columns'].flatMap((each) => each.split(',')).filter((key) => key !== '')
  const isTable = TABLES.has(output)
  if (keys.length > 0 && !isTable)
    throw new AnswerError(
      `error: --label-columns option cannot be used with ${typeof output === 'string' ? output : output.format} printer`,
    )
  const parts: Parts = {
    ...(typeof output === 'object' && {printer: printerOf(output, !flags['no-headers'])}),
    ...(field && {sorter: sorterOf(field)}),
    ...(keys.length > 0 && {labels: labelColumns(keys)}),
    isTable,
  }
  return async (answering) => arranged(answering, parts)
}

async function arranged<Report extends ReportHeader<string>>(
  answering: Answering<Report>,
  parts: Parts,
): Promise<Answering<Report>> {
  const {printer, sorter, labels} = parts
  const rows = await answering.rows?.()
  const wants = printer?.needsRows
    ? '--output custom-columns'
    : sorter
      ? '--sort-by'
      : labels
        ? '--label-columns'
        : ''
  if (!rows && wants)
    throw new AnswerError(`error: ${wants} is about rows, and this answer has none${printer ? INSTEAD : ''}`)
  const {question} = answering
  let isChecked = false
  const build: typeof question.build = (snapshot, scope, relate) => {
    const report = question.build(snapshot, scope, relate)
    // who watches has seen the field, and sees it again when it comes back
    if (rows && !isChecked) sorter?.check(rowsOf(report, rows), rows.what)
    isChecked = true
    const sorted = rows && sorter && isSortedAsData(parts) ? sorter.sortedLists(report, rows) : report
    labels?.remember(sorted, snapshot)
    return sorted
  }
  return {
    ...answering,
    question: {...question, build},
    ...(printer && {
      text: (report: Report) => printer.pieces(report, () => orderedRows(report, rows, sorter)),
    }),
    ...(rows && parts.isTable && {sections: sectionsOf(answering, rows, parts)}),
  }
}

const INSTEAD = ': use --output jsonpath or json'

function orderedRows<Report>(
  report: Report,
  source: RowSource<Report> | undefined,
  sorter: Sorter | undefined,
): readonly object[] {
  const rows = source ? rowsOf(report, source) : []
  return sorter ? sorter.sorted(rows, (row) => row) : rows
}

/** Tables are sorted row by row, through all lists. */
function isSortedAsData({isTable, printer}: Parts): boolean {
  return !isTable && !printer?.needsRows
}

function sectionsOf<Report extends ReportHeader<string>>(
  {sections}: Answering<Report>,
  rows: RowSource<Report>,
  {sorter, labels}: Parts,
): Answering<Report>['sections'] {
  return (report, options) =>
    sections(report, options).map((section) => {
      const sorted = sorter ? sorter.sortedSection(section, rows) : section
      return labels ? labels.withColumns(sorted, report, rows) : sorted
    })
}
