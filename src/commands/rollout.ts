import * as Flags from '@oclif/core/flags'
import type {FlagInput} from '@oclif/core/interfaces'
import {parseTimeout} from '../cluster/connect-flags.ts'
import {AnswerError} from '../cluster/errors.ts'
import {type Look, QuestionCommand} from '../command.ts'
import type {Asked, RawFlags} from '../command-line/asked.ts'
import type {Frame} from '../command-line/display.ts'
import {nothingFound} from '../command-line/facts.ts'
import {writeLines} from '../command-line/output.ts'
import {note} from '../command-line/session.ts'
import {UsageError} from '../command-line/usage-error.ts'
import type {Watched, Watching} from '../command-line/watching.ts'
import {clean} from '../model/clean.ts'
import type {Scope} from '../model/scope.ts'
import type {TextOptions} from '../render/view.ts'
import {rolloutLines} from '../render/views/rollout.ts'
import {changingSteps} from '../render/views/rollout-changes.ts'
import {rolloutQuestion} from '../reports/rollout.ts'
import type {RolloutReport} from '../reports/rollout-report.ts'
import {rolloutVerdict} from '../reports/rollout-verdict.ts'

const DATA = ['json', 'yaml', 'name']

export class RolloutCommand extends QuestionCommand<RolloutReport> {
  static override summary = 'How far a rollout is, what the controller does next, and who holds it up'
  static override description =
    `The queue in the controller's own order, the very next thing that the controller will do or what it waits for, and the Pod in the way: its STATUS and since when. A rollout is Complete when every Pod is updated and available and none is to go, Held by a partition, Waiting by design, Stalled only when nothing moves without a person.

NAME is a StatefulSet or a DaemonSet.`
  static override usage = 'rollout [NAME | TYPE/NAME ...] [flags]'
  static override examples = [
    {description: 'Where one rollout stands', command: 'kubectl stateful rollout sts/db -n shop'},
    {description: 'Follow it', command: 'kubectl stateful rollout sts/db -n shop --watch'},
    {
      description: 'In a pipeline: exit 0 when it is done, 1 with the reason when it will not be',
      command: 'kubectl stateful rollout sts/db -n shop --wait --timeout 10m',
    },
    {description: 'All of them, the most urgent first', command: 'kubectl stateful rollout -A'},
  ]
  static override flags: FlagInput = {
    watch: Flags.boolean({char: 'w', description: 'Follow it in place, until q or Ctrl-C'}),
    wait: Flags.boolean({description: 'Return when it is complete, or with exit 1 when it is stalled'}),
    timeout: Flags.string({description: 'With --wait: give up after this long (1s, 2m, 3h); 0: never'}),
    'fail-fast': Flags.boolean({description: 'With --wait: return at the first sign of trouble'}),
    ...QuestionCommand.flags,
  }

  protected readonly question = rolloutQuestion
  protected readonly naming = {kinds: ['statefulSets', 'daemonSets'], or: 'daemonSets'} as const

  protected override checkFlags(flags: RawFlags): void {
    if (flags.watch && DATA.includes(String(flags.output))) {
      throw new UsageError('--watch prints text: --output table or wide')
    }
    const needless = ['timeout', 'fail-fast'].find((name) => flags[name] !== undefined && !flags.wait)
    if (needless) throw new UsageError(`--${needless} is for --wait`)
    timeoutOf(flags)
  }

  protected text(report: RolloutReport, options: TextOptions): Iterable<string> {
    return rolloutLines(report, options)
  }

  protected override changing(report: RolloutReport): ReadonlyMap<string, string> {
    return changingSteps(report)
  }

  protected override isBad(report: RolloutReport): boolean {
    return super.isBad(report) || report.workloads.some(({status}) => status === 'Stalled')
  }

  protected override watching({flags, format}: Look): Omit<Watching, 'frameOf'> | undefined {
    if (flags.wait) return {timeout: timeoutOf(flags), isSilent: DATA.includes(format)}
    return flags.watch ? {} : undefined
  }

  /** Something that was waited for has been seen. */
  private hasSeen = false

  protected override verdict(report: RolloutReport, flags: RawFlags, scope: Scope): Frame['verdict'] {
    if (!flags.wait) return undefined
    const {workloads} = report
    if (workloads.length === 0 && !this.hasSeen) throw new AnswerError(nothingFound(scope))
    this.hasSeen = true
    const blind = workloads.find(({status, next}) => status === 'Unknown' && next.waitsFor === null)
    if (blind) throw new AnswerError(`error: ${blind.name} can't be waited for: ${blind.reason}`)
    if (workloads.length < Math.max(1, scope.names.length)) {
      return {isOver: true, isGood: false, isSure: true, words: 'what was waited for has been deleted'}
    }
    return rolloutVerdict(report, flags['fail-fast'] === true)
  }

  protected override async ended(watched: Watched, asked: Asked, look: Look): Promise<void> {
    const {end, facts, frame} = watched
    const {wait, timeout} = look.flags
    if (!wait) return
    if (end === 'quit') {
      // whoever quits a wait has not seen it succeed
      process.exitCode = 130
      return
    }
    if (!facts || !frame?.verdict) throw new AnswerError(`error: nothing could be read in ${timeout}`)
    const {isGood, words} = frame.verdict
    if (DATA.includes(look.format)) {
      await this.print(this.question.build(facts.snapshot, facts.scope), facts, asked, look)
    } else if (!isGood && !process.stdout.isTTY && hasChanged(watched)) {
      await writeLines(['', ...frame.lines(undefined)], process.stdout)
    }
    if (isGood) return
    process.exitCode = 1
    note(`error: ${end === 'timeout' ? `timed out after ${timeout}: ` : ''}${clean(words)}`)
  }
}

/** On a pipe the first answer has been printed in full. */
function hasChanged({first, frame}: Watched): boolean {
  return JSON.stringify([...(first?.changing ?? [])]) !== JSON.stringify([...(frame?.changing ?? [])])
}

const LONGEST = 2 ** 31 - 1

/** Milliseconds; 0: for ever. */
function timeoutOf({timeout}: RawFlags): number {
  if (timeout === undefined) return 0
  const given = JSON.stringify(timeout)
  try {
    const parsed = parseTimeout(String(timeout))
    if (parsed === undefined || String(timeout).startsWith('-')) throw new Error()
    return Math.min(LONGEST, parsed)
  } catch {
    throw new UsageError(`invalid argument ${given} for "--timeout" flag: time: invalid duration ${given}`)
  }
}
