import type {Labelled, RowSource} from '../command-line/row-source.ts'
import type {LeftoverKind} from '../model/leftover/verdict.ts'
import type {GroupRow, NodeRow} from '../render/views/coverage-rows.ts'
import type {LeftoverRow} from '../render/views/leftovers-columns.ts'
import type {MapRow} from '../render/views/map-rows.ts'
import type {StepRow} from '../render/views/rollout-steps.ts'
import type {CoverageReport} from '../reports/coverage/report.ts'
import type {LeftoversReport} from '../reports/leftovers/report.ts'
import type {MapReport} from '../reports/map/report.ts'
import type {RolledWorkload, RolloutReport} from '../reports/rollout/report.ts'
import type {StatusReport, WorkloadStatus} from '../reports/status/report.ts'
import type {PodFate, WhatIfReport} from '../reports/what-if/report.ts'

/** An ordinal, or a Pod of what has no ordinals. */
export const mapRows: RowSource<MapReport> = {
  what: 'an ordinal, with its set as .workload',
  lists: ['workloads', 'ordinals'],
  parent: 'workload',
  itemsOf: ({workloads}) => workloads.flatMap((parent) => parent.ordinals.map((item) => ({item, parent}))),
  behind: (row) => {
    const {ordinal, workload} = row as MapRow
    return {item: ordinal, parent: workload}
  },
  labelled: (row) => {
    const {ordinal, workload} = row as MapRow
    const pod = ordinal.pod ?? ordinal.nameHeldBy
    return pod ? [{resource: 'pods', namespace: workload.namespace, name: pod.name}] : []
  },
}

/** A DaemonSet on a node; with `only` on that one. */
export function coverageRows(only?: string): RowSource<CoverageReport> {
  return {
    what: 'a node, with its DaemonSet as .daemonSet',
    lists: ['daemonSets', 'nodes'],
    parent: 'daemonSet',
    itemsOf: ({daemonSets}) =>
      daemonSets.flatMap((parent) =>
        parent.nodes.filter(({name}) => only === undefined || name === only).map((item) => ({item, parent})),
      ),
    behind: (row) => {
      const [node] = nodesIn(row)
      return node && {item: node, parent: (row as NodeRow | GroupRow).daemonSet}
    },
    labelled: (row) => {
      const nodes = nodesIn(row)
      return nodes.length > 0 ? nodes.map(({name}) => ({resource: 'nodes', name})) : undefined
    },
  }
}

/** Nodes that a row is about; of the counters none. */
function nodesIn(row: object): readonly NodeRow['node'][] {
  if (!('daemonSet' in row)) return []
  return 'node' in row ? [(row as NodeRow).node] : (row as GroupRow).nodes
}

/** A workload; of the only one the steps are listed, in an order that is the controller's. */
export const rolloutRows: RowSource<RolloutReport> = {
  what: 'a workload',
  lists: ['workloads'],
  itemsOf: ({workloads}) => workloads.map((item) => ({item})),
  behind: (row) => ('workload' in row ? {item: row.workload as RolledWorkload} : undefined),
  labelled: (row, {workloads}) => {
    if ('workload' in row) return [workloadOf(row.workload as RolledWorkload)]
    const namespace = workloads[0]?.namespace ?? ''
    return (row as StepRow).steps.flatMap(({pod: name}) =>
      name === null ? [] : [{resource: 'pods', namespace, name}],
    )
  },
}

export const statusRows: RowSource<StatusReport> = {
  what: 'a workload',
  lists: ['workloads'],
  itemsOf: ({workloads}) => workloads.map((item) => ({item})),
  behind: (row) => ({item: (row as {readonly workload: WorkloadStatus}).workload}),
  labelled: (row) => [workloadOf((row as {readonly workload: WorkloadStatus}).workload)],
}

function workloadOf({kind, group, namespace, name}: WorkloadStatus | RolledWorkload): Labelled {
  if (group) return {resource: null, kind, namespace, name}
  return {resource: kind === 'DaemonSet' ? 'daemonSets' : 'statefulSets', namespace, name}
}

const RESOURCES = {
  PersistentVolumeClaim: 'persistentVolumeClaims',
  PersistentVolume: 'persistentVolumes',
  VolumeAttachment: 'volumeAttachments',
  Pod: 'pods',
  ControllerRevision: 'controllerRevisions',
} as const satisfies Readonly<Record<LeftoverKind, string>>

/** What is left over. */
export const leftoversRows: RowSource<LeftoversReport> = {
  what: 'something that is left over',
  lists: ['leftovers'],
  itemsOf: ({leftovers}) => leftovers.map((item) => ({item})),
  behind: (row) => ('leftover' in row ? {item: (row as LeftoverRow).leftover} : undefined),
  labelled: (row) => {
    if (!('leftover' in row)) return undefined
    const {kind, namespace, name} = (row as LeftoverRow).leftover
    return [{resource: RESOURCES[kind], namespace, name}]
  },
}

/** A Pod that something would happen to. */
export const whatIfRows: RowSource<WhatIfReport> = {
  what: 'a Pod that something happens to',
  lists: ['pods'],
  itemsOf: ({pods}) => pods.map((item) => ({item})),
  behind: (row) => ('fate' in row ? {item: row} : undefined),
  labelled: (row) => {
    if (!('fate' in row)) return undefined
    const {namespace, name} = row as PodFate
    return [{resource: 'pods', namespace, name}]
  },
}
