import {cleanCell} from '../../model/clean.ts'
import type {ChainLink, LinkState, Moment, WhyReport} from '../../reports/why-report.ts'
import {age, NONE} from '../human.ts'
import {labelledLines} from '../lines.ts'
import {tableLines} from '../table.ts'
import type {Column, Line, TextOptions, Tone} from '../view.ts'
import {findingParagraphs} from './findings.ts'

const TONES: Readonly<Record<LinkState, Tone | undefined>> = {
  ok: 'ok',
  broken: 'error',
  missing: 'error',
  waiting: 'warn',
  unknown: 'muted',
}

const linkColumns: readonly Column<ChainLink>[] = [
  {name: 'LINK', description: 'Kind', cell: ({kind}) => kind},
  {name: 'NAME', description: 'Name', cell: ({name}) => name},
  {
    name: 'STATE',
    description: 'ok, broken, missing, waiting, or unknown where it was not seen',
    cell: ({state}) => ({text: state, tone: TONES[state]}),
  },
  {name: 'DETAIL', description: 'What is to be said of it', isFlexible: true, cell: ({text}) => text || NONE},
]

interface MomentRow extends Moment {
  readonly now: string
}

const momentColumns: readonly Column<MomentRow>[] = [
  {name: 'TIME', description: 'When', yields: 2, cell: ({at}) => wholeSeconds(at)},
  {name: 'AGE', description: 'How long ago', cell: ({at, now}) => age(at, now)},
  {name: 'OBJECT', description: 'What it happened to', cell: ({object}) => shortName(object)},
  {
    name: 'WHAT',
    description: 'Event, Condition, Created, Deleted, Started, Finished, Restart or Revision',
    yields: 1,
    cell: ({what, isWarning}) => ({text: what, tone: isWarning ? 'warn' : undefined}),
  },
  {name: 'DETAIL', description: 'What was said', isFlexible: true, cell: momentText},
]

/** As all other times of the API are. */
function wholeSeconds(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z')
}

/** The kind in kubectl's short words, where it has one. */
const WORDS: Readonly<Record<string, string>> = {
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  ReplicaSet: 'rs',
  PersistentVolumeClaim: 'pvc',
  PersistentVolume: 'pv',
}

function shortName({kind, name}: Moment['object']): string {
  return `${WORDS[kind] ?? kind.toLowerCase()}/${name}`
}

/** On one line: a table cell would end at the first line break. */
function momentText({text, count}: Moment): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return count === undefined ? line : `${line} (×${count})`
}

const READABLE = 25

/** The chain, what happened, and then the cause with its proof and remedy, where the eye stays. */
export function* whyLines(report: WhyReport, options: TextOptions): Generator<string> {
  const {subject, chain, observedAt} = report
  const {kind, namespace, name} = subject
  if (options.hasHeaders) yield cleanCell(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`)
  if (options.hasHeaders && chain.length > 0) yield ''
  yield* tableLines({columns: linkColumns, rows: chain}, options)
  yield* timelineLines(report, options)
  const paragraphs = findingParagraphs(report.findings, observedAt)
  const hasCause = isCause(report)
  const cause = hasCause ? asCause(paragraphs[0] ?? []) : nothingLines(report)
  for (const lines of [[...cause, ...logLines(report)], ...paragraphs.slice(hasCause ? 1 : 0)]) {
    yield ''
    yield* labelledLines(lines, options)
  }
}

/** What is only worth knowing explains something if it is about a link that is not well. */
function isCause({findings: [first], chain}: WhyReport): boolean {
  if (first?.severity !== 'info') return first !== undefined
  const {kind, namespace, name} = first.object
  const link = chain.find((each) => each.kind === kind && each.namespace === namespace && each.name === name)
  return link !== undefined && link.state !== 'ok'
}

function* timelineLines({timeline, observedAt}: WhyReport, options: TextOptions): Generator<string> {
  if (timeline.length === 0) return
  const shown = options.isWide ? timeline : timeline.slice(-READABLE)
  const hidden = timeline.length - shown.length
  yield ''
  yield* tableLines(
    {columns: momentColumns, rows: shown.map((each) => ({...each, now: observedAt}))},
    options,
  )
  if (hidden > 0) yield `and ${hidden} earlier; -o wide shows them all`
}

/** The first finding is the cause. */
function asCause([first, ...others]: readonly Line[]): readonly Line[] {
  return first ? [{...first, label: 'Cause'}, ...others] : []
}

function logLines({logs}: WhyReport): readonly Line[] {
  return (logs ?? []).flatMap(({pod, container, previous, lines}) => {
    const whose = `${previous ? 'the run before, of' : 'of'} container ${container} of Pod ${pod}`
    const texts = lines.length > 0 ? lines : ['it has said nothing']
    return [{label: 'Log', text: `${whose}:`}, ...texts.map((text) => ({label: '', text, isCommand: true}))]
  })
}

/** Where no cause is known the links that are not well are all that can be said. */
function nothingLines({chain}: WhyReport): readonly Line[] {
  const bad = chain.filter(({state}) => state !== 'ok' && state !== 'unknown')
  const worst = bad.find(({state}) => state !== 'waiting') ?? bad[0]
  if (!worst) return [{label: 'Cause', text: 'nothing is wrong with it, as far as could be seen'}]
  const text = `none is known; the link to look at is ${worst.kind} ${worst.name}: ${worst.text}`
  return [{label: 'Cause', tone: 'warn', text}]
}
