import type {Answering, Inquiry} from './command-line/answering.ts'
import type {Argv} from './command-line/argv.ts'
import {blameObjects} from './command-line/blame.ts'
import {type ExitText, exitTexts, type Outcome} from './command-line/exit-status.ts'
import {checkFlags, type Flags, type FlagValues, readFlags} from './command-line/flag.ts'
import {questionFlags} from './command-line/flags.ts'
import type {Naming} from './command-line/names.ts'
import {type OutputStyle, outputStyleOf} from './command-line/output-style.ts'
import {type Request, readRequest} from './command-line/request.ts'
import type {Opening} from './command-line/session.ts'
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
  readonly answering: (flags: FlagValues<Own>, style: OutputStyle) => Promise<Answering<Report>>
}

/** Command that does for one question what is the same for all: parse, read, report, print. */
export function questionCommand<Report extends ReportHeader<string>, const Own extends Flags>(
  command: QuestionCommand<Report, Own>,
): Command {
  const {summary, description, usage, examples, bad = WRONG} = command
  const rights = `${command.rights} ${UNREAD}${'watch' in command.flags ? WATCHED : ''}`
  const run = async (argv: Argv) => {
    const inquiry = await parse(command, argv)
    const blame = blameObjects(inquiry.request)
    if (!inquiry.answering.watch)
      return (await import('./command-line/answer-once.ts')).answerOnce(inquiry).catch(blame)
    const [{watchOrWait}, {remembering}] = await Promise.all([
      import('./command-line/waiting.ts'),
      import('./reports/remembering.ts'),
    ])
    return watchOrWait(inquiry, remembering()).catch(blame)
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
  const opening = request.files.length > 0 ? undefined : await opened(request)
  const style = outputStyleOf(shared)
  return {
    answering: await command.answering(own, style),
    title: titleOf(command, words, request),
    request,
    ...(opening && {opening}),
    style,
    isJudged: shared['exit-code'],
  }
}

/** A cluster that has been sent its first bytes: while it answers them, what will answer the question is loaded. */
async function opened(request: Request): Promise<Opening> {
  const {open} = await import('./command-line/session.ts')
  const opening = open(request)
  await new Promise((resolve) => setImmediate(resolve))
  return opening
}

function titleOf({usage}: Help, words: readonly string[], {namespace, isAllNamespaces}: Request): string {
  const [, name = ''] = /^([a-z-]+(?: [a-z-]+)*)/.exec(usage) ?? []
  const scope = isAllNamespaces ? ['-A'] : namespace === undefined ? [] : ['-n', namespace]
  return ['kubectl stateful', name, ...words, ...scope].join(' ')
}
