import {Command} from '@oclif/core/command'
import type {FlagInput} from '@oclif/core/interfaces'
import {AnswerError} from './cluster/errors.ts'
import {type Asked, colorOf, formatOf, type RawFlags, readAsked} from './command-line/asked.ts'
import type {Frame} from './command-line/display.ts'
import {type Facts, hasNamespaces, notFound, nothingFound, readFacts} from './command-line/facts.ts'
import {answerFlags, connectionFlags, scopeFlags} from './command-line/flags.ts'
import type {Naming} from './command-line/names.ts'
import {omissionsNote} from './command-line/omissions-note.ts'
import {allowsColor, writeLines} from './command-line/output.ts'
import {note} from './command-line/session.ts'
import {type Watched, type Watching, watch} from './command-line/watching.ts'
import type {Scope} from './model/scope.ts'
import {type Format, render} from './render/index.ts'
import type {TextOptions} from './render/view.ts'
import type {Question, ReportHeader} from './reports/report.ts'

/** How the answer is to look, as the flags say. */
export interface Look {
  readonly flags: RawFlags
  readonly format: Format
  readonly isColored: boolean
}

/** A command that asks one question: flags → facts → report → text. */
export abstract class QuestionCommand<Report extends ReportHeader<string>> extends Command {
  static override strict = false
  static override flags: FlagInput = {...scopeFlags, ...answerFlags, ...connectionFlags}

  protected abstract readonly question: Question<Report>
  protected abstract readonly naming: Naming
  protected abstract text(report: Report, options: TextOptions, flags: RawFlags): Iterable<string>

  /** @throws UsageError for the command's own flags, before anything is read. */
  protected checkFlags(_flags: RawFlags): void {}

  /** @throws AnswerError when the report does not hold what the command's own flags ask for. */
  protected checkReport(_report: Report, _flags: RawFlags, _asked: Asked): void {}

  /** For `--watch` off a terminal: what may change, by what it is about. */
  protected changing(_report: Report): ReadonlyMap<string, string> {
    return new Map()
  }

  /** Whether `--exit-code` is to say so. */
  protected isBad(report: Report): boolean {
    return this.question.findings(report).some(({severity}) => severity === 'error')
  }

  /** How the flags want it watched; undefined: they want one answer. */
  protected watching({flags}: Look): Omit<Watching, 'frameOf'> | undefined {
    return flags.watch ? {} : undefined
  }

  /** What somebody who waits makes of a report; undefined: nobody waits. */
  protected verdict(_report: Report, _flags: RawFlags, _scope: Scope): Frame['verdict'] {
    return undefined
  }

  /** What is left to be said when watching has ended. */
  protected async ended(_watched: Watched, _asked: Asked, _look: Look): Promise<void> {}

  override async run(): Promise<void> {
    // oclif copies own statics only: an inherited `strict` would be lost
    const parsed = await this.parse({flags: this.ctor.flags, strict: false})
    const flags = parsed.flags as RawFlags
    const asked = readAsked(flags, parsed.argv as string[], this.naming)
    const look = {
      flags,
      format: formatOf(flags),
      isColored: allowsColor(colorOf(flags), process.stdout, process.env),
    }
    this.checkFlags(flags)
    const how = this.watching(look)
    if (how) {
      const frameOf = (facts: Facts) => this.frame(facts, asked, look)
      return await this.ended(await watch(asked, this.question, {...how, frameOf}), asked, look)
    }
    try {
      await this.answer(asked, look)
    } catch (error) {
      if (asked.files.length === 0 || !(error instanceof TypeError)) throw error
      throw new AnswerError(
        `error: the files hold an object of a wrong shape, or this is a mistake in kubectl-stateful: ${error.message}`,
      )
    }
  }

  private async answer(asked: Asked, look: Look): Promise<void> {
    const facts = await readFacts(asked, this.question)
    const missing = notFound(facts, asked)
    if (missing.length > 0 && missing.length === facts.scope.names.length) throw unanswered(missing)
    const report = this.question.build(facts.snapshot, facts.scope)
    this.checkReport(report, look.flags, asked)
    await this.print(report, facts, asked, look)
    if (missing.length > 0) throw unanswered(missing)
    if (look.flags['exit-code'] && this.isBad(report)) process.exitCode = 1
  }

  private options(report: Report, asked: Asked, {flags, format, isColored}: Look): TextOptions {
    return {
      isColored,
      // a terminal that does not know its size reports 0
      ...(process.stdout.isTTY && process.stdout.columns > 0 && {width: process.stdout.columns}),
      isWide: format === 'wide',
      hasHeaders: flags['no-headers'] !== true,
      hasNamespaces: hasNamespaces(asked, this.question.namespaces(report)),
    }
  }

  protected async print(report: Report, {snapshot, scope}: Facts, asked: Asked, look: Look): Promise<void> {
    const {flags, format} = look
    const options = this.options(report, asked, look)
    const names = this.question.names(report)
    const isData = format === 'json' || format === 'yaml'
    const text = (how: TextOptions) => this.text(report, how, flags)
    if (names.length === 0 && !isData) note(nothingFound(scope))
    else await writeLines(await render({report, names, text}, format, options), process.stdout)
    const omitted = omissionsNote(snapshot.omissions)
    if (omitted) note(omitted)
  }

  private frame(facts: Facts, asked: Asked, look: Look): Frame {
    const report = this.question.build(facts.snapshot, facts.scope)
    this.checkReport(report, look.flags, asked)
    const {width: _, ...options} = this.options(report, asked, look)
    const verdict = this.verdict(report, look.flags, facts.scope)
    const omitted = omissionsNote(facts.snapshot.omissions)
    return {
      observedAt: report.observedAt,
      lines: (width) => [
        ...(this.question.names(report).length === 0 ? [nothingFound(facts.scope)] : []),
        ...this.text(report, {...options, ...(width !== undefined && {width})}, look.flags),
        ...(omitted ? ['', omitted] : []),
      ],
      changing: this.changing(report),
      ...(verdict && {verdict}),
    }
  }
}

function unanswered(messages: readonly string[]): AnswerError {
  return new AnswerError(messages.join('\n'))
}
