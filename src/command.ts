import {AnswerError} from './cluster/errors.ts'
import {type Answering, type Inquiry, isBad, reportOf} from './command-line/answering.ts'
import type {Argv} from './command-line/argv.ts'
import {type ExitText, exitTexts, type Outcome} from './command-line/exit-status.ts'
import {checkFlags, type Flags, type FlagValues, readFlags} from './command-line/flag.ts'
import {questionFlags} from './command-line/flags.ts'
import type {Naming} from './command-line/names.ts'
import {notFound} from './command-line/not-found.ts'
import {outputStyleOf} from './command-line/output-style.ts'
import {print} from './command-line/printing.ts'
import {readFacts} from './command-line/reading.ts'
import {type Request, readRequest} from './command-line/request.ts'
import {watchOrWait} from './command-line/waiting.ts'
import type {ReportHeader} from './reports/report.ts'

/** What help says of a command; oclif reads it into its manifest. */
interface Help {
  readonly summary: string
  readonly description: string
  readonly usage: string
  readonly examples: readonly {readonly description: string; readonly command: string}[]
  /** What one must be allowed to read for an answer. */
  readonly rights: string
}

/** A command as `main` and oclif see it. */
export interface Command extends Help {
  readonly flags: Flags
  readonly exits: readonly ExitText[]
  /** Outcome for a command line without the command's own name. @throws UsageError, AnswerError */
  readonly run: (argv: Argv) => Promise<Outcome>
}

/** A command that asks one question. */
interface QuestionCommand<Report extends ReportHeader<string>, Own extends Flags> extends Help {
  /** Flags that it has besides those of every question. */
  readonly flags: Own
  /** What exit status 1 means. */
  readonly bad?: string
  readonly naming: Naming
  readonly answering: (flags: FlagValues<Own>) => Answering<Report>
}

/** Command that does for one question what is the same for all: parse, read, report, print. */
export function questionCommand<Report extends ReportHeader<string>, const Own extends Flags>(
  command: QuestionCommand<Report, Own>,
): Command {
  const {summary, description, usage, examples, bad = WRONG} = command
  const rights = `${command.rights} ${UNREAD}${'watch' in command.flags ? WATCHED : ''}`
  const run = (argv: Argv) => {
    const inquiry = parse(command, argv)
    return inquiry.answering.watch ? watchOrWait(inquiry) : answer(inquiry).catch(blameFiles(inquiry.request))
  }
  const flags = {...command.flags, ...questionFlags}
  return {summary, description, usage, examples, rights, flags, exits: exitTexts(bad), run}
}

const UNREAD = 'What may not be read is <unknown>.'
const WATCHED = ' To follow changes takes watch of the same.'
const WRONG = '--exit-code: something of severity error was found'

function parse<Report extends ReportHeader<string>, Own extends Flags>(
  command: QuestionCommand<Report, Own>,
  {given, words}: Argv,
): Inquiry<Report> {
  const own = readFlags(given, command.flags)
  const shared = readFlags(given, questionFlags)
  const request = readRequest(shared, words, command.naming)
  checkFlags(given, command.flags, {...shared, ...own})
  return {
    answering: command.answering(own),
    title: titleOf(command, words, request),
    request,
    style: outputStyleOf(shared),
    isJudged: shared['exit-code'],
  }
}

function titleOf({usage}: Help, words: readonly string[], {namespace, isAllNamespaces}: Request): string {
  const [name = ''] = usage.split(' ')
  const scope = isAllNamespaces ? ['-A'] : namespace === undefined ? [] : ['-n', namespace]
  return ['kubectl stateful', name, ...words, ...scope].join(' ')
}

async function answer<Report extends ReportHeader<string>>(inquiry: Inquiry<Report>): Promise<Outcome> {
  const {answering, request, isJudged} = inquiry
  const facts = await readFacts(request, answering.question)
  const missing = notFound(facts, request)
  if (missing.length > 0 && missing.length === facts.scope.names.length) throw unanswered(missing)
  const report = reportOf(facts, inquiry)
  await print(report, facts, inquiry)
  if (missing.length > 0) throw unanswered(missing)
  return isJudged && isBad(report, answering) ? 'bad' : 'answered'
}

function unanswered(messages: readonly string[]): AnswerError {
  return new AnswerError(messages.join('\n'))
}

/** Handler for what goes wrong while saved objects are read, of which nobody has checked the shape. */
function blameFiles({files}: Request): (error: unknown) => never {
  return (error) => {
    if (files.length === 0 || !(error instanceof TypeError)) throw error
    throw new AnswerError(
      `error: the files hold an object of a wrong shape, or this is a mistake in kubectl-stateful: ${error.message}`,
    )
  }
}
