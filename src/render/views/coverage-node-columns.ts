import type {CoveredDaemonSet, CoveredNode} from '../../reports/coverage/report.ts'
import {age} from '../human.ts'
import type {Cell, Column, Tone} from '../view.ts'
import {nodeCell, none, unknown} from './cells.ts'
import {type GroupRow, type NodeRow, summaryOf, whyOf} from './coverage-rows.ts'

const TONES: Readonly<Record<CoveredNode['state'], Tone | undefined>> = {
  Running: undefined,
  NotReady: 'error',
  Pending: 'warn',
  Terminating: 'warn',
  Missing: 'error',
  Excluded: 'muted',
  Misscheduled: 'warn',
  NodeGone: 'warn',
  Unknown: 'muted',
}

/** Whose rows they are. */
const setColumns: readonly Column<{readonly daemonSet: CoveredDaemonSet}>[] = [
  {
    name: 'NAMESPACE',
    description: 'Namespace of the DaemonSet',
    shorten: 'middle',
    cell: ({daemonSet}) => daemonSet.namespace,
  },
  {
    name: 'DAEMONSET',
    description: 'Name of the DaemonSet',
    shorten: 'middle',
    cell: ({daemonSet}) => daemonSet.name,
  },
]

/** One line per DaemonSet and node. */
export const nodeColumns: readonly Column<NodeRow>[] = [
  ...setColumns,
  {
    name: 'NODE',
    description: 'Node',
    shorten: 'middle',
    cell: ({node, shown}) => nodeCell({...node, name: shown}, node.state === 'NodeGone'),
  },
  {
    name: 'STATE',
    description:
      'Missing: should run and there is no Pod; Excluded: must not run; Misscheduled: must not run and does',
    cell: ({node}) => ({text: node.state, tone: TONES[node.state]}),
  },
  {
    name: 'UPDATED',
    description: 'The Pod is of the current revision',
    yields: 2,
    cell: ({node}) => updatedCell(node),
  },
  {
    name: 'POD',
    description: 'Pod that the controller counts',
    yields: 3,
    shorten: 'middle',
    cell: ({node}) => ofPod(node, (pod) => pod.name),
  },
  {
    name: 'READY',
    description: 'Containers ready, of how many',
    yields: 4,
    cell: ({node}) => ofPod(node, ({containers}) => `${containers.ready}/${containers.total}`),
  },
  {
    name: 'STATUS',
    yields: 1,
    description: 'What kubectl says of the Pod',
    cell: ({node}) => ofPod(node, (pod) => pod.status),
  },
  {
    name: 'WHY',
    description: 'The rule that decides, or what was found',
    isFlexible: true,
    cell: ({node}) => whyCell(whyOf(node)),
  },
  {
    name: 'RESTARTS',
    description: 'Restarts of the containers',
    isWide: true,
    cell: ({node}) => ofPod(node, ({restarts}) => String(restarts)),
  },
  {
    name: 'REVISION',
    description: 'Revision of the Pod',
    isWide: true,
    cell: ({node}) => ofPod(node, (pod) => pod.revision),
  },
  {
    name: 'AGE',
    description: 'Since the Pod was created',
    isWide: true,
    cell: ({node, report}) => ofPod(node, ({createdAt}) => age(createdAt, report.observedAt)),
  },
]

/** One line per DaemonSet and group of nodes of which the same is to be said. */
export const groupColumns: readonly Column<GroupRow>[] = [
  ...setColumns,
  {name: 'NODES', description: 'How many nodes', cell: ({nodes}) => String(nodes.length)},
  {
    name: 'STATE',
    description: 'State of all of them',
    cell: ({nodes: [node]}) => (node ? {text: node.state, tone: TONES[node.state]} : none),
  },
  {
    name: 'UPDATED',
    description: 'The Pods are of the current revision',
    yields: 1,
    cell: ({nodes: [node]}) => (node ? updatedCell(node) : none),
  },
  {
    name: 'STATUS',
    description: 'What kubectl says of the Pods',
    yields: 2,
    cell: ({nodes: [node]}) => (node ? ofPod(node, (pod) => pod.status) : none),
  },
  {name: 'FIRST', description: 'One of the nodes', shorten: 'middle', cell: ({shown}) => shown},
  {
    name: 'WHY',
    description: 'The rule that decides, or what was found',
    isFlexible: true,
    cell: ({nodes: [node]}) => (node ? whyCell(summaryOf(node)) : none),
  },
]

function updatedCell({updated, pods, state}: CoveredNode): Cell {
  if (pods.length === 0) return state === 'Unknown' ? unknown : none
  if (updated === null) return unknown
  return updated ? {text: 'yes'} : {text: 'no', tone: 'warn'}
}

function ofPod(
  {pods: [pod], state}: CoveredNode,
  fact: (pod: CoveredNode['pods'][number]) => string | null,
): Cell {
  if (!pod) return state === 'Unknown' ? unknown : none
  const text = fact(pod)
  return text ? {text} : none
}

function whyCell(why: string | null): Cell {
  return why === null ? none : {text: why}
}
