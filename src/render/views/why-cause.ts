import type {TimelineEntry, WhyReport} from '../../reports/why/report.ts'
import type {Line, TextOptions} from '../view.ts'
import {isApiName} from './api-name.ts'
import type {Said} from './echo.ts'
import {findingParagraphs, isAlike} from './findings.ts'
import {isSettling} from './settling.ts'
import {entryText, shortName} from './why-entries.ts'

/** The cause with what to do and the proof, or that none is known; and what its container said. */
export function causeLines(report: WhyReport, options: TextOptions, said: Said): readonly Line[] {
  const [first, ...others] = isCause(report) ? told(report, options, said) : []
  const node = nodeLine(report, options)
  if (!first) return [...(node ? nodeLines(report, node) : nothingLines(report)), ...logLines(report)]
  const head = node ? [node, {...first, label: 'Follows'}] : [{...first, label: 'Cause'}]
  return [...head, ...others, ...logLines(report)]
}

/** The first finding, and all that are like it. */
function told({findings, observedAt}: WhyReport, options: TextOptions, said: Said): readonly Line[] {
  const [first] = findings
  const alike = first ? findings.filter((each) => isAlike(each, first)) : []
  return findingParagraphs(alike, observedAt, {...options, findings: 'full'}, said)[0] ?? []
}

/** What is only worth knowing explains something if it is about a link that is not well. */
export function isCause(report: WhyReport): boolean {
  const {
    findings: [first],
    chain,
  } = report
  if (first?.severity !== 'info') return first !== undefined
  if (isSettling(report)) return false
  const link = chain.find((each) => isSame(each, first.object))
  return link !== undefined && link.state !== 'ok'
}

type Reference = TimelineEntry['object']

function isSame(left: Reference, right: Reference): boolean {
  return left.kind === right.kind && left.namespace === right.namespace && left.name === right.name
}

/** Of a node that is not ready: that comes before what follows from it, unless the finding itself is about the node. */
function nodeLine({subject, summary, findings}: WhyReport, {hasHeaders}: TextOptions): Line | undefined {
  const [first] = findings
  const isBad = subject.kind === 'Node' && summary?.state.startsWith('NotReady')
  if (!isBad || (first && first.severity !== 'info' && isSame(first.object, subject))) return undefined
  const since = summary?.since && !hasHeaders ? ` since ${summary.since}` : ''
  const reason = summary?.reason ? `: ${summary.reason}` : ''
  return {label: 'Cause', tone: 'error', text: `Node ${subject.name} is not ready${since}${reason}`}
}

function nodeLines({subject}: WhyReport, line: Line): readonly Line[] {
  const text = `kubectl describe node ${subject.name}`
  if (!isApiName(subject.name)) return [line]
  return [line, {label: 'Look', text, isCommand: true, textTone: 'command'}]
}

function logLines({logs}: WhyReport): readonly Line[] {
  return (logs ?? []).flatMap(({pod, container, previous, lines}) => {
    const whose = `${previous ? 'the run before, of' : 'of'} container ${container} of Pod ${pod}`
    const texts = lines.length > 0 ? lines : ['nothing is in its log']
    return [{label: 'Log', text: `${whose}:`}, ...texts.map((text) => ({label: '', text, isCommand: true}))]
  })
}

/** Where no cause is known the links that are not well are all that can be said. */
function nothingLines(report: WhyReport): readonly Line[] {
  const {chain, warning} = report
  if (warning) return [warningLine(warning)]
  if (isSettling(report))
    return [{label: 'Cause', text: 'nothing is wrong so far; what is under way takes its time'}]
  const bad = chain.filter(({state}) => state !== 'ok' && state !== 'unknown')
  const worst = bad.find(({state}) => state !== 'waiting') ?? bad[0]
  const [subject] = chain
  if (!worst && subject?.state === 'unknown') {
    return [{label: 'Cause', text: `not known: ${subject.kind} ${subject.name}: ${subject.text}`}]
  }
  if (!worst) return [{label: 'Cause', text: nothingText(report)}]
  if (worst.state === 'waiting' && report.subject.kind !== 'Node') {
    const text = `nothing is known to be wrong; it waits for ${worst.kind} ${worst.name}: ${worst.text}`
    return [{label: 'Cause', text}]
  }
  const text = `none is known; the link to look at is ${worst.kind} ${worst.name}: ${worst.text}`
  return [{label: 'Cause', tone: 'warn', text}]
}

function warningLine(warning: TimelineEntry): Line {
  const what = `${shortName(warning.object)} ${warning.reason ?? ''}: ${entryText(warning)}`
  return {label: 'Cause', tone: 'warn', text: `none is known, and this is said again and again: ${what}`}
}

/** A set may be wanted elsewhere than one thinks, and of a node much may be wrong that was not read. */
function nothingText({subject: {kind}, findings, omissions}: WhyReport): string {
  if (kind === 'DaemonSet' && findings.some(({id}) => id.startsWith('ds-excluded-')))
    return 'nothing is wrong with it on the nodes where it is wanted; others are left out'
  if (kind === 'Node' && omissions.length > 0) return 'nothing is wrong with it in what could be read'
  return 'nothing is wrong with it, as far as could be seen'
}
