import {AnswerError} from '../cluster/errors.ts'
import type {Scope} from '../model/scope.ts'
import type {Picture} from '../render/renderable.ts'
import type {Section, TextOptions} from '../render/view.ts'
import type {Question, ReportHeader} from '../reports/report.ts'
import type {WaitVerdict} from './display.ts'
import type {Duration} from './flag-values.ts'
import type {OutputStyle} from './output-style.ts'
import type {Facts} from './reading.ts'
import type {Request} from './request.ts'
import type {RowSource} from './row-source.ts'
import type {Opening} from './session.ts'

/** A question as the command's own flags want it asked, and what becomes of the report. */
export interface Answering<Report extends ReportHeader<string>> {
  readonly question: Question<Report>
  readonly sections: (report: Report, options: TextOptions) => readonly Section<unknown>[]
  /** Sentence for what the flags ask for and the report does not hold; undefined: it holds all. */
  readonly refusal?: (report: Report, facts: Facts, request: Request) => string | undefined
  /** Whether there is nothing to print; absent: where there is nothing that has a name. */
  readonly isEmpty?: (report: Report) => boolean
  /** What of the report a picture shows (`-o html`); absent: all. */
  readonly picture?: (report: Report) => Picture
  /** What its rows are, loaded only for who wants them sorted, or columns of his own; absent: it has none. */
  readonly rows?: () => Promise<RowSource<Report>>
  /** Present: what is printed instead, in pieces that follow each other without line ends. */
  readonly text?: (report: Report) => Iterable<string>
  /** Whether a workload is stalled: bad for `--exit-code`, as any finding of severity error is. */
  readonly isStalled?: (report: Report) => boolean
  /** For somebody who watches on a pipe: each line that may change, by what it is about. */
  readonly changing?: (report: Report) => ReadonlyMap<string, string>
  /** Of which of them no parts are known at the moment, though they have some. */
  readonly vague?: (report: Report) => readonly string[]
  /** Present: the answer is shown again and again, until somebody quits or the wait is over. */
  readonly watch?: {readonly wait?: Wait<Report>}
}

/** What somebody waits for. */
export interface Wait<Report> {
  /** undefined: as long as it takes. */
  readonly timeout: Duration | undefined
  /** What one wait makes of its reports, one after the other. @throws AnswerError when nothing can be waited for. */
  readonly judge: (report: Report, scope: Scope) => WaitVerdict
}

/** A question, of what it is asked, and how its answer is to look. */
export interface Inquiry<Report extends ReportHeader<string>> {
  readonly answering: Answering<Report>
  /** The question as somebody would type it, without what only says how to connect. */
  readonly title: string
  readonly request: Request
  /** The cluster that it is asked of; absent where it is asked of files. */
  readonly opening?: Opening
  readonly style: OutputStyle
  /** A bad answer is a bad outcome (`--exit-code`). */
  readonly isJudged: boolean
}

/** Report that the facts make. @throws AnswerError when it does not hold what the flags ask for. */
export function reportOf<Report extends ReportHeader<string>>(
  facts: Facts,
  {answering: {question, refusal}, request}: Pick<Inquiry<Report>, 'answering' | 'request'>,
): Report {
  const report = question.build(facts.snapshot, facts.scope, facts.relate)
  const reason = refusal?.(report, facts, request)
  if (reason) throw new AnswerError(reason)
  return report
}

/** Whether `--exit-code` is to say so. */
export function isBad<Report extends ReportHeader<string>>(
  report: Report,
  {question, isStalled}: Answering<Report>,
): boolean {
  return isStalled?.(report) || question.findings(report).some(({severity}) => severity === 'error')
}
