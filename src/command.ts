import type {Answering, Inquiry} from './command-line/answering.ts'
import type {Argv} from './command-line/argv.ts'
import {arrangementOf} from './command-line/asked-arrangement.ts'
import {blameObjects} from './command-line/blame.ts'
import {type ExitText, exitTexts, type Outcome} from './command-line/exit-status.ts'
import {checkFlags, type Flags, type FlagValues, readFlags} from './command-line/flag.ts'
import {questionFlags} from './command-line/flags.ts'
import type {Naming} from './command-line/names.ts'
import {type OutputStyle, outputStyleOf} from './command-line/output-style.ts'
import {NOTHING, type Place} from './command-line/place.ts'
import {type Request, readRequest} from './command-line/request.ts'
import type {Opening} from './command-line/session.ts'
import {UsageError} from './command-line/usage-error.ts'
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
  /** What the next word may be, after these; absent: it takes none. */
  readonly place?: (words: readonly string[]) => Place
}

/** A command that asks one question. */
interface QuestionCommand<Report extends ReportHeader<string>, Own extends Flags> extends Help {
  /** Flags that it has besides those of every question. */
  readonly flags: Own
  /** What exit status 1 means. */
  readonly bad?: string
  readonly naming: Naming
  /** It is about the whole cluster where no namespace is given, whatever the context says. */
  readonly isClusterWide?: true
  /** What answers it: loaded when the command line is understood, and never for help. */
  readonly answering: (
    flags: FlagValues<Own>,
    scope: Request['scope'],
    style: OutputStyle,
  ) => Promise<Answering<Report>>
}

/** Command that does for one question what is the same for all: parse, read, report, print. */
export function questionCommand<Report extends ReportHeader<string>, const Own extends Flags>(
  command: QuestionCommand<Report, Own>,
): Command {
  const {summary, description, usage, examples, naming, bad = WRONG} = command
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
  const place = (named: readonly string[]): Place =>
    naming.takesNone ? NOTHING : {of: 'objects', naming, named}
  return {summary, description, usage, examples, rights, flags, exits: exitTexts(bad), run, place}
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
  const request = inScope(command, readRequest(shared, words, command.naming))
  checkFlags(given, command.flags, {...shared, ...own})
  const arrange = await arrangementOf(shared)
  const opening = request.files.length > 0 ? undefined : await opened(request)
  const style = outputStyleOf(shared)
  const answering = await arrange(await command.answering(own, request.scope, style))
  if (answering.watch && request.scope.custom)
    throw new UsageError('types of operators can not be watched: ask again')
  return {
    answering,
    title: titleOf(command, words, request),
    request,
    ...(opening && {opening}),
    style,
    isJudged: shared['exit-code'],
  }
}

function inScope({isClusterWide}: {readonly isClusterWide?: true}, request: Request): Request {
  return isClusterWide && request.namespace === undefined ? {...request, isAllNamespaces: true} : request
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
