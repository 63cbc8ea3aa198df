import {clean} from '../model/clean.ts'
import type {Scope} from '../model/scope.ts'
import type {Format} from '../render/formats.ts'
import {render} from '../render/index.ts'
import type {TextOptions} from '../render/view.ts'
import type {ReportHeader} from '../reports/report.ts'
import type {Inquiry} from './answering.ts'
import {omissionsNote} from './omissions-note.ts'
import {widthOf, writeLines, writePieces} from './output.ts'
import type {Facts} from './reading.ts'
import type {Request} from './request.ts'
import {note} from './session.ts'

/** Options of the text, for any width. */
export function optionsOf<Report extends ReportHeader<string>>(
  report: Report,
  {answering, request, style}: Inquiry<Report>,
): TextOptions {
  return {
    isColored: style.isColored,
    isWide: style.format === 'wide',
    hasHeaders: style.hasHeaders,
    hasNamespaces: hasNamespaces(request, answering.question.namespaces(report)),
    ...(style.findings && {findings: style.findings}),
    ...(style.pageOf && {pageOf: style.pageOf}),
  }
}

/** Writes the answer, and on stderr what could not be seen. */
export async function print<Report extends ReportHeader<string>>(
  report: Report,
  {scope, passedOver}: Facts,
  inquiry: Inquiry<Report>,
  errors: readonly string[] = [],
): Promise<void> {
  const {format} = inquiry.style
  const isData = format === 'json' || format === 'yaml'
  const isNothing = isEmpty(report, inquiry.answering)
  const nothing = isNothing ? [nothingFound(scope)] : []
  if (isNothing && !isData) note(nothingFound(scope))
  // a file that is meant for a browser is a page, whatever is on it
  const {text} = inquiry.answering
  if (text) await writePieces(text(report), process.stdout)
  else if (!isNothing || isData || format === 'html')
    await writeLines(
      await answerLines(report, inquiry, {format, errors: [...nothing, ...errors]}),
      process.stdout,
    )
  const omitted = omissionsNote(report.omissions)
  if (omitted) note(omitted)
  if (passedOver) note(passedOver)
}

function isEmpty<Report extends ReportHeader<string>>(
  report: Report,
  {isEmpty, question}: Inquiry<Report>['answering'],
): boolean {
  return isEmpty?.(report) ?? question.names(report).length === 0
}

interface Printing {
  readonly format: Format
  readonly lastWords?: string | undefined
  readonly errors?: readonly string[]
}

/** The answer in that format; `lastWords` are those of a wait that failed. */
export function answerLines<Report extends ReportHeader<string>>(
  report: Report,
  inquiry: Inquiry<Report>,
  {format, lastWords, errors = []}: Printing,
): Promise<Iterable<string>> {
  const {question, sections, picture} = inquiry.answering
  const {omissions, observedAt} = report
  const omitted = omissionsNote(omissions)
  const before = [`Seen at ${observedAt}.`, ...(lastWords === undefined ? [] : [`error: ${lastWords}`])]
  const surroundings = {title: inquiry.title, before, after: omitted ? [omitted] : [], errors}
  const options = {...optionsOf(report, inquiry), ...widthOf(process.stdout)}
  return render(
    {
      report,
      names: question.names(report),
      sections: (how) => sections(report, how),
      surroundings,
      ...(picture && {picture: picture(report)}),
    },
    format,
    options,
  )
}

/** Whether lines must say which namespace they are about: a file may hold several without being asked for all. */
function hasNamespaces({isAllNamespaces, files}: Request, namespaces: readonly string[]): boolean {
  return isAllNamespaces || (files.length > 0 && new Set(namespaces).size > 1)
}

/** kubectl's sentence for an empty answer. */
export function nothingFound({namespace}: Scope): string {
  return namespace === undefined
    ? 'No resources found'
    : `No resources found in ${clean(namespace)} namespace.`
}
