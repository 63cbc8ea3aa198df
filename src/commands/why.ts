import * as Flags from '@oclif/core/flags'
import type {FlagInput} from '@oclif/core/interfaces'
import {AnswerError} from '../cluster/errors.ts'
import {type Look, QuestionCommand} from '../command.ts'
import type {Asked, RawFlags} from '../command-line/asked.ts'
import type {Facts} from '../command-line/facts.ts'
import {UsageError} from '../command-line/usage-error.ts'
import {clean} from '../model/clean.ts'
import type {TextOptions} from '../render/view.ts'
import {whyLines} from '../render/views/why.ts'
import {whyQuestion, whyWithLogsQuestion} from '../reports/why.ts'
import type {WhyReport} from '../reports/why-report.ts'
import {subjectsIn, whyKinds} from '../reports/why-subject.ts'

export class WhyCommand extends QuestionCommand<WhyReport> {
  static override summary = 'The chain of evidence for one thing: cause, proof, remedy, danger'
  static override description =
    `From what wants it to what it stands on (set, ordinal, Pod, claim, volume, attachment, node), with the link that is broken; then what happened, in one order; then the cause, what proves it, and what to do. Of a node: what it holds, what is pinned to it, and what would not come back elsewhere.

TYPE is a StatefulSet, DaemonSet, Pod, PersistentVolumeClaim or Node.`
  static override usage = 'why TYPE/NAME [flags]'
  static override examples = [
    {description: 'Why a set is stuck', command: 'kubectl stateful why sts/db -n shop'},
    {description: 'With the last words of its container', command: 'kubectl stateful why pod/db-2 --logs'},
    {description: 'What hangs on a node', command: 'kubectl stateful why node/worker-7'},
    {description: 'From saved objects', command: 'kubectl stateful why pvc/data-db-1 -f snapshot.yaml'},
  ]
  static override flags: FlagInput = {
    logs: Flags.boolean({description: "Add the last 20 lines of the failing container's log"}),
    ...QuestionCommand.flags,
  }

  protected question = whyQuestion
  protected readonly naming = {kinds: whyKinds, isOne: true} as const

  protected override checkFlags(flags: RawFlags): void {
    if (!flags.logs) return
    if (flags.filename) throw new UsageError('--logs needs a cluster: saved objects hold no logs')
    this.question = whyWithLogsQuestion
  }

  protected text(report: WhyReport, options: TextOptions): Iterable<string> {
    return whyLines(report, options)
  }

  protected override async print(report: WhyReport, facts: Facts, asked: Asked, look: Look): Promise<void> {
    const {kind, name} = report.subject
    const namespaces = subjectsIn(facts.snapshot, facts.scope).map(({metadata}) => metadata?.namespace ?? '')
    if (namespaces.length > 1) {
      const where = clean(namespaces.toSorted().join(', '))
      throw new AnswerError(
        `error: ${kind} "${clean(name)}" is in several namespaces: say which with -n (${where})`,
      )
    }
    await super.print(report, facts, asked, look)
  }
}
