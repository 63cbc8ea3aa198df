import {Command} from '@oclif/core/command'
import type {FlagInput} from '@oclif/core/interfaces'
import {collect, collectMore, projected} from './cluster/collect.ts'
import {AnswerError} from './cluster/errors.ts'
import {qualifiedPlural} from './cluster/resources.ts'
import {fromDocuments} from './cluster/snapshot-file.ts'
import {type Asked, colorOf, formatOf, type RawFlags, readAsked} from './command-line/asked.ts'
import {answerFlags, connectionFlags, scopeFlags} from './command-line/flags.ts'
import type {Kinds} from './command-line/names.ts'
import {omissionsNote} from './command-line/omissions-note.ts'
import {allowsColor, writeLines} from './command-line/output.ts'
import {note, withCluster} from './command-line/session.ts'
import {clean} from './model/clean.ts'
import {inScope} from './model/in-scope.ts'
import {nameOf} from './model/objects.ts'
import type {Need, Scope} from './model/scope.ts'
import type {ClusterSnapshot, ResourceKey} from './model/snapshot.ts'
import {render} from './render/index.ts'
import type {TextOptions} from './render/view.ts'
import type {Question, ReportHeader} from './reports/report.ts'

/** What a question is answered from. */
interface Facts {
  readonly snapshot: ClusterSnapshot
  readonly scope: Scope
}

/** A command that asks one question: flags → facts → report → text. */
export abstract class QuestionCommand<Report extends ReportHeader<string>> extends Command {
  static override strict = false
  static override flags: FlagInput = {...scopeFlags, ...answerFlags, ...connectionFlags}

  protected abstract readonly question: Question<Report>
  /** Kinds that may be named; the first one is meant by a bare name. */
  protected abstract readonly kinds: Kinds
  protected abstract text(report: Report, options: TextOptions, flags: RawFlags): Iterable<string>

  /** The part of the answer that the command's own flags ask for. */
  protected narrowed(report: Report, _flags: RawFlags): Report {
    return report
  }

  override async run(): Promise<void> {
    // oclif copies own statics only: an inherited `strict` would be lost
    const {argv, flags} = await this.parse({flags: this.ctor.flags, strict: false})
    const asked = readAsked(flags as RawFlags, argv as string[], this.kinds)
    // refused before anything is read
    const [format, color] = [formatOf(flags as RawFlags), colorOf(flags as RawFlags)]
    const facts = asked.files.length > 0 ? await this.saved(asked) : await this.live(asked)
    const missing = notFound(facts, asked)
    if (missing.length > 0 && missing.length === facts.scope.names.length) throw unanswered(missing)
    const report = this.narrowed(this.question.build(facts.snapshot, facts.scope), flags as RawFlags)
    await this.print(report, facts, {
      format,
      flags: flags as RawFlags,
      isColored: allowsColor(color, process.stdout, process.env),
      ...(process.stdout.isTTY && {width: process.stdout.columns}),
      isWide: format === 'wide',
      hasHeaders: flags['no-headers'] !== true,
      hasNamespaces: hasNamespaces(asked, facts.snapshot),
    })
    if (missing.length > 0) throw unanswered(missing)
    const isBad = this.question.findings(report).some(({severity}) => severity === 'error')
    if (flags['exit-code'] && isBad) process.exitCode = 1
  }

  private async print(report: Report, {snapshot, scope}: Facts, options: PrintOptions): Promise<void> {
    const names = this.question.names(report)
    const isData = options.format === 'json' || options.format === 'yaml'
    const text = (how: TextOptions) => this.text(report, how, options.flags)
    if (names.length === 0 && !isData) note(nothingFound(scope))
    else await writeLines(await render({report, names, text}, options.format, options), process.stdout)
    const omitted = omissionsNote(snapshot.omissions)
    if (omitted) note(omitted)
  }

  private live(asked: Asked): Promise<Facts> {
    return withCluster(asked, async (cluster, scope) => {
      const reading = {...cluster, keep: projected}
      const first = await collect(reading, this.question.needs(scope))
      return {snapshot: await collectMore(reading, first, this.question.more(first, scope)), scope}
    })
  }

  private async saved(asked: Asked): Promise<Facts> {
    const {readSavedDocuments} = await import('./cluster/saved-documents.ts')
    const {namespace, isAllNamespaces} = asked
    const scope = {...asked.scope, ...(namespace !== undefined && !isAllNamespaces && {namespace})}
    const documents = await readSavedDocuments(asked.files)
    const first = this.question.needs(scope).filter(({isSubject}) => !isSubject)
    const some = inScope(fromDocuments(documents, keysOf(first)), scope)
    const more = this.question.more(some, scope)
    return {snapshot: inScope(fromDocuments(documents, keysOf([...first, ...more])), scope), scope}
  }
}

type PrintOptions = TextOptions & {readonly format: ReturnType<typeof formatOf>; readonly flags: RawFlags}

function keysOf(needs: readonly Need[]): readonly ResourceKey[] {
  return needs.map(({resource}) => resource)
}

function unanswered(messages: readonly string[]): AnswerError {
  return new AnswerError(messages.join('\n'))
}

/** kubectl's sentences for the names that nothing was found for. */
function notFound({snapshot, scope}: Facts, {files}: Asked): readonly string[] {
  return scope.names
    .filter(({resource, name}) => !snapshot[resource].some((object) => nameOf(object) === name))
    .map(({resource, name}) => {
      const what = `${qualifiedPlural(resource)} "${clean(name)}" not found`
      return files.length > 0 ? `error: ${what} in the files` : `Error from server (NotFound): ${what}`
    })
}

/** A saved file may hold several namespaces without being asked for all. */
function hasNamespaces({isAllNamespaces, files, namespace}: Asked, snapshot: ClusterSnapshot): boolean {
  if (isAllNamespaces || files.length === 0 || namespace !== undefined) return isAllNamespaces
  const workloads = [...snapshot.statefulSets, ...snapshot.daemonSets]
  return new Set(workloads.map(({metadata}) => metadata?.namespace)).size > 1
}

function nothingFound({namespace}: Scope): string {
  return namespace === undefined
    ? 'No resources found'
    : `No resources found in ${clean(namespace)} namespace.`
}
