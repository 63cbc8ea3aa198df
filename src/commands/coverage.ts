import * as Flags from '@oclif/core/flags'
import type {FlagInput} from '@oclif/core/interfaces'
import {AnswerError} from '../cluster/errors.ts'
import {QuestionCommand} from '../command.ts'
import type {RawFlags} from '../command-line/asked.ts'
import {UsageError} from '../command-line/usage-error.ts'
import {clean} from '../model/clean.ts'
import {textLines} from '../render/text.ts'
import type {Section, TextOptions} from '../render/view.ts'
import {allNodesView, changingNodes, coverageView, oneNodeView} from '../render/views/coverage.ts'
import {matrixView} from '../render/views/coverage-matrix.ts'
import {coverageQuestion, onOneNode} from '../reports/coverage.ts'
import type {CoverageReport} from '../reports/coverage-report.ts'

export class CoverageCommand extends QuestionCommand<CoverageReport> {
  static override summary = 'Each DaemonSet on each node, and the rule that decides'
  static override description =
    `Per DaemonSet the counters, worked out from Pods and nodes; then the nodes worth reading: Missing, Pending, NotReady, outdated, Misscheduled. The rest is counted by the rule that excludes it.

NAME is a DaemonSet.`
  static override usage = 'coverage [NAME ...] [flags]'
  static override examples = [
    {description: 'Every DaemonSet of the cluster', command: 'kubectl stateful coverage -A'},
    {description: 'Node by node', command: 'kubectl stateful coverage agent -n kube-system --all-nodes'},
    {
      description: 'What one node runs, lacks and refuses',
      command: 'kubectl stateful coverage -A --node worker-7',
    },
    {
      description: 'All nodes and all DaemonSets on one screen',
      command: 'kubectl stateful coverage -A --matrix',
    },
  ]
  static override flags: FlagInput = {
    'all-nodes': Flags.boolean({description: 'List every node'}),
    node: Flags.string({description: 'What this node runs, lacks and refuses'}),
    watch: Flags.boolean({
      char: 'w',
      description: 'Answer again whenever something changes, until q or Ctrl-C',
    }),
    matrix: Flags.boolean({description: 'Nodes × DaemonSets, a letter per cell, equal nodes on one line'}),
    ...QuestionCommand.flags,
  }

  protected readonly question = coverageQuestion
  protected readonly kinds = ['daemonSets'] as const

  protected override narrowed(report: CoverageReport, flags: RawFlags): CoverageReport {
    const views = ['all-nodes', 'node', 'matrix'].filter((name) => flags[name])
    if (flags.watch && ['json', 'yaml', 'name'].includes(String(flags.output))) {
      throw new UsageError('--watch prints text: --output table or wide')
    }
    if (views.length > 1) throw new UsageError(`--${views.join(' and --')} cannot be used together`)
    const name = flags.node
    if (typeof name !== 'string') return report
    const one = onOneNode(report, name)
    const isKnown = one.daemonSets.length === 0 || one.daemonSets.some(({nodes}) => nodes.length > 0)
    if (!isKnown) throw new AnswerError(`Error from server (NotFound): nodes "${clean(name)}" not found`)
    return one
  }

  protected text(report: CoverageReport, options: TextOptions, flags: RawFlags): Iterable<string> {
    if (flags.matrix) return textLines(matrixView(report, options), options)
    const view = flags.node ? oneNodeView : flags['all-nodes'] ? allNodesView : coverageView
    return textLines(view(report, options) as readonly Section<unknown>[], options)
  }

  protected override changing(report: CoverageReport): ReadonlyMap<string, string> {
    return changingNodes(report)
  }
}
