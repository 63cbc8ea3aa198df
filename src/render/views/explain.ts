import type {ExplainedCause, ExplainReport} from '../../reports/explain/report.ts'
import type {Line, Section} from '../view.ts'

/** The ids by topic, each with its title. */
export function catalogView({causes}: ExplainReport): readonly Section<ExplainedCause>[] {
  const widest = Math.max(...causes.map(({id}) => id.length))
  return [...Map.groupBy(causes, ({topic}) => topic)].map(([topic, rows]) => ({
    table: {
      columns: [
        {
          name: topic.toUpperCase(),
          description: 'Ids of findings, by where the cause shows itself',
          cell: ({id}) => id.padEnd(widest),
        },
        {name: 'TITLE', description: 'The cause in a few words', cell: ({title}) => title, isFlexible: true},
      ],
      rows,
    },
    paragraphs: [],
  }))
}

/** What there is to know of each, a page of text. */
export function pagesView({causes}: ExplainReport): readonly Section<never>[] {
  return causes.map((cause) => ({
    head: [`${cause.id}: ${cause.title}`],
    table: {columns: [], rows: []},
    paragraphs: linesOf(cause).map((line) => ({lines: [line]})),
  }))
}

function linesOf({applies, sign, helps, risk, avoid, notReported}: ExplainedCause): readonly Line[] {
  return [
    {label: 'Applies', text: `to ${applies.join(', ')}`},
    {label: 'Sign', text: sign},
    {label: 'Helps', text: helps},
    ...(risk ? [{label: 'Risk', tone: 'warn' as const, text: risk}] : []),
    ...(avoid ? [{label: "Don't", tone: 'error' as const, text: avoid}] : []),
    ...(notReported ? [{label: 'Unseen', text: notReported}] : []),
  ]
}
