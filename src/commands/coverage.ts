import {questionCommand} from '../command.ts'
import type {Answering} from '../command-line/answering.ts'
import {watchFlag} from '../command-line/flags.ts'
import type {Request} from '../command-line/request.ts'
import {clean} from '../model/clean.ts'
import {IN_PART} from '../model/snapshot.ts'
import {type Section, sectionOf} from '../render/view.ts'
import type {CoverageReport} from '../reports/coverage/report.ts'

const load = () =>
  Promise.all([
    import('../reports/coverage/question.ts'),
    import('../render/views/coverage.ts'),
    import('../render/views/coverage-matrix.ts'),
  ])

/** Each shows the nodes in its own way. */
const VIEWS = ['all-nodes', 'node', 'matrix']

/** Reason against more than one view; undefined: there is one. */
function oneView(flags: Readonly<Record<string, unknown>>): string | undefined {
  const views = VIEWS.filter((name) => flags[name])
  return views.length > 1 ? `--${views.join(' and --')} cannot be used together` : undefined
}

export const coverageCommand = questionCommand({
  summary: 'Each DaemonSet on each node, and the rule that decides',
  description: `Per DaemonSet the counters, worked out from Pods and nodes; then the nodes worth reading: Missing, Pending, NotReady, outdated, Misscheduled. The rest is counted by the rule that excludes it.

NAME is a DaemonSet.

A row of custom columns, and for --sort-by, is a node of -o json, with its DaemonSet as .daemonSet; -L shows labels of the node.`,
  usage: 'coverage [NAME ...] [flags]',
  examples: [
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
  ],
  rights:
    'list of daemonsets, or get of the one that is named. Read besides: nodes, pods and controllerrevisions; in case of trouble events, leases, and what the Pods in trouble stand on.',
  flags: {
    'all-nodes': {type: 'boolean', description: 'List every node', check: oneView},
    node: {
      type: 'option',
      description: 'What this node runs, lacks and refuses',
      check: oneView,
      place: {of: 'objects', naming: {kinds: ['nodes']}, named: []},
    },
    watch: watchFlag('Answer again whenever something changes, until q or Ctrl-C'),
    matrix: {
      type: 'boolean',
      description: 'Nodes × DaemonSets, a letter per cell, equal nodes on one line',
      check: oneView,
    },
  },
  naming: {kinds: ['daemonSets']},
  answering: async ({node, matrix, watch, 'all-nodes': isAll}): Promise<Answering<CoverageReport>> => {
    const [{coverageQuestion}, views, {matrixView}] = await load()
    return {
      question: coverageQuestion,
      sections: (report, options) => {
        if (matrix) return matrixView(report, options).map(sectionOf)
        const view = isAll ? views.allNodesView : views.coverageView
        const sections = node === undefined ? view(report, options) : views.oneNodeView(report, node, options)
        return sections as readonly Section<unknown>[]
      },
      refusal: (report, _, request) => (node === undefined ? undefined : unknownNode(node, report, request)),
      picture: (report) => ({isWhole: isAll, ...(node !== undefined && {report: onlyNode(report, node)})}),
      ...(!matrix && {rows: async () => (await import('./row-sources.ts')).coverageRows(node)}),
      changing: views.changingNodes,
      ...(watch && {watch: {}}),
    }
  },
})

/** The report without the other nodes. */
function onlyNode(report: CoverageReport, node: string): CoverageReport {
  const daemonSets = report.daemonSets.map((set) => ({
    ...set,
    nodes: set.nodes.filter(({name}) => name === node),
  }))
  return {...report, daemonSets}
}

/** Sentence for a node that the report does not know; undefined where it does, or has no DaemonSet to know it from. */
function unknownNode(
  node: string,
  {daemonSets, omissions}: CoverageReport,
  {files}: Request,
): string | undefined {
  const isKnown = daemonSets.some(({nodes}) => nodes.some(({name}) => name === node))
  if (isKnown || daemonSets.length === 0) return undefined
  const what = `nodes "${clean(node)}"`
  const unseen = omissions.find(({resource, reason}) => resource === 'nodes' && reason !== IN_PART)
  if (unseen) return `error: ${what}: nodes could not be read (${unseen.reason})`
  return files.length > 0
    ? `error: ${what} not found in the files`
    : `Error from server (NotFound): ${what} not found`
}
