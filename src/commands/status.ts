import * as Flags from '@oclif/core/flags'
import type {FlagInput} from '@oclif/core/interfaces'
import {QuestionCommand} from '../command.ts'
import type {RawFlags} from '../command-line/asked.ts'
import {UsageError} from '../command-line/usage-error.ts'
import {textLines} from '../render/text.ts'
import type {TextOptions} from '../render/view.ts'
import {changingStatus, statusView} from '../render/views/status.ts'
import {statusQuestion} from '../reports/status.ts'
import type {StatusReport} from '../reports/status-report.ts'

export class StatusCommand extends QuestionCommand<StatusReport> {
  static override summary = 'Which stateful workloads need attention, worst first'
  static override description =
    'Every StatefulSet and DaemonSet on one line: how many Pods are ready and updated, how it stands, and the worst that was found.'
  static override usage = 'status [TYPE] [flags]'
  static override examples = [
    {description: 'Everything that you may see', command: 'kubectl stateful status -A'},
    {description: 'Keep an eye on it', command: 'kubectl stateful status -A --watch'},
    {
      description: 'In a check: exit 1 when something is wrong',
      command: 'kubectl stateful status --exit-code',
    },
  ]
  static override flags: FlagInput = {
    watch: Flags.boolean({
      char: 'w',
      description: 'Answer again whenever something changes, until q or Ctrl-C',
    }),
    ...QuestionCommand.flags,
  }

  protected readonly question = statusQuestion
  protected readonly naming = {kinds: ['statefulSets', 'daemonSets'], or: 'daemonSets'} as const

  protected override checkFlags(flags: RawFlags): void {
    if (flags.watch && ['json', 'yaml', 'name'].includes(String(flags.output))) {
      throw new UsageError('--watch prints text: --output table or wide')
    }
  }

  protected override isBad(report: StatusReport): boolean {
    return super.isBad(report) || report.workloads.some(({state}) => state === 'Stalled')
  }

  protected text(report: StatusReport, options: TextOptions): Iterable<string> {
    return textLines(statusView(report, options), options)
  }

  protected override changing(report: StatusReport): ReadonlyMap<string, string> {
    return changingStatus(report)
  }
}
