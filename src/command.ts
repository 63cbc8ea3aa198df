import type {Answering, Inquiry} from './command-line/answering.ts'
import type {Argv} from './command-line/argv.ts'
import {blameObjects} from './command-line/blame.ts'
import {type ExitText, exitTexts, type Outcome} from './command-line/exit-status.ts'
import {checkFlags, type Flags, type FlagValues, readFlags} from './command-line/flag.ts'
import {questionFlags} from './command-line/flags.ts'
import type {Naming} from './command-line/names.ts'
import {outputStyleOf} from './command-line/output-style.ts'
import {type Request, readRequest} from './command-line/request.ts'
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
  /** What answers it: loaded when the command line is understood, and never for help. */
  readonly answering: (flags: FlagValues<Own>) => Promise<Answering<Report>>
}

/** Command that does for one question what is the same for all: parse, read, report, print. */
export function questionCommand<Report extends ReportHeader<string>, const Own extends Flags>(
  command: QuestionCommand<Report, Own>,
): Command {
  const {summary, description, usage, examples, bad = WRONG} = command
  const rights = `${command.rights} ${UNREAD}${'watch' in command.flags ? WATCHED : ''}`
  const run = async (argv: Argv) => {
    const inquiry = await parse(command, argv)
    const answer = inquiry.answering.watch
      ? (await import('./command-line/waiting.ts')).watchOrWait
      : (await import('./command-line/answer-once.ts')).answerOnce
    return await answer(inquiry).catch(blameObjects(inquiry.request))
  }
  const flags = {...command.flags, ...questionFlags}
  return {summary, description, usage, examples, rights, flags, exits: exitTexts(bad), run}
}

const UNREAD = 'What may not be read is <unknown>.'
const WATCHED = ' To follow changes takes watch of the same.'
const WRONG = '--exit-code: something of severity error was found'

async function parse<Report extends ReportHeader<string>, Own extends Flags>(
  command: QuestionCommand<Report, Own>,
  {given, words}: Argv,
): Promise<Inquiry<Report>> {
  const own = readFlags(given, command.flags)
  const shared = readFlags(given, questionFlags)
  const request = readRequest(shared, words, command.naming)
  checkFlags(given, command.flags, {...shared, ...own})
  return {
    answering: await command.answering(own),
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
