import * as Flags from '@oclif/core/flags'
import type {FlagInput} from '@oclif/core/interfaces'
import {AnswerError} from '../cluster/errors.ts'
import {QuestionCommand} from '../command.ts'
import type {Asked, RawFlags} from '../command-line/asked.ts'
import {UsageError} from '../command-line/usage-error.ts'
import {clean} from '../model/clean.ts'
import {textLines} from '../render/text.ts'
import type {Section, TextOptions} from '../render/view.ts'
import {allNodesView, changingNodes, coverageView, oneNodeView} from '../render/views/coverage.ts'
import {matrixView} from '../render/views/coverage-matrix.ts'
import {coverageQuestion} from '../reports/coverage.ts'
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
  protected readonly naming = {kinds: ['daemonSets']} as const

  protected override checkFlags(flags: RawFlags): void {
    if (flags.watch && ['json', 'yaml', 'name'].includes(String(flags.output))) {
      throw new UsageError('--watch prints text: --output table or wide')
    }
    const views = ['all-nodes', 'node', 'matrix'].filter((name) => flags[name])
    if (views.length > 1) throw new UsageError(`--${views.join(' and --')} cannot be used together`)
  }

  protected override checkReport(report: CoverageReport, flags: RawFlags, {files}: Asked): void {
    const {node} = flags
    const isKnown = report.daemonSets.some(({nodes}) => nodes.some(({name}) => name === node))
    if (typeof node !== 'string' || isKnown || report.daemonSets.length === 0) return
    const what = `nodes "${clean(node)}"`
    const unseen = report.omissions.find(({resource}) => resource === 'nodes')
    if (unseen) throw new AnswerError(`error: ${what}: nodes could not be read (${unseen.reason})`)
    if (files.length > 0) throw new AnswerError(`error: ${what} not found in the files`)
    throw new AnswerError(`Error from server (NotFound): ${what} not found`)
  }

  protected text(report: CoverageReport, options: TextOptions, flags: RawFlags): Iterable<string> {
    if (flags.matrix) return textLines(matrixView(report, options), options)
    const {node} = flags
    const view = flags['all-nodes'] ? allNodesView : coverageView
    const sections = typeof node === 'string' ? oneNodeView(report, node, options) : view(report, options)
    return textLines(sections as readonly Section<unknown>[], options)
  }

  protected override changing(report: CoverageReport): ReadonlyMap<string, string> {
    return changingNodes(report)
  }
}
