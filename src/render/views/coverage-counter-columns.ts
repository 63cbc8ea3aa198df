import type {CoveredDaemonSet} from '../../reports/coverage/report.ts'
import {UNKNOWN} from '../human.ts'
import type {Cell, Column} from '../view.ts'
import {unknown} from './cells.ts'

type Counter = keyof CoveredDaemonSet['reported']

/** One line per DaemonSet, as `kubectl get ds` has it, and what the controller last wrote where that differs. */
export const counterColumns: readonly Column<CoveredDaemonSet>[] = [
  {
    name: 'NAMESPACE',
    description: 'Namespace of the DaemonSet',
    shorten: 'middle',
    cell: ({namespace}) => namespace,
  },
  {name: 'DAEMONSET', description: 'Name of the DaemonSet', shorten: 'middle', cell: ({name}) => name},
  counter('DESIRED', 'desiredNumberScheduled', 'Nodes that should run a Pod'),
  {...counter('CURRENT', 'currentNumberScheduled', 'Of those, nodes that have one'), yields: 4},
  {...counter('READY', 'numberReady', 'Of those, nodes whose Pod is ready'), yields: 1},
  {
    ...counter('UP-TO-DATE', 'updatedNumberScheduled', 'Nodes whose Pod is of the current revision'),
    yields: 1,
  },
  {
    ...counter('AVAILABLE', 'numberAvailable', 'Nodes whose Pod has been ready for minReadySeconds'),
    yields: 3,
  },
  counter('MISSCHEDULED', 'numberMisscheduled', 'Nodes that should not run a Pod and have one'),
  {
    name: 'STRATEGY',
    description: 'Update strategy',
    isWide: true,
    cell: ({updateStrategy: {type, maxUnavailable, maxSurge}}) =>
      [type, maxUnavailable && `maxUnavailable=${maxUnavailable}`, maxSurge && `maxSurge=${maxSurge}`]
        .filter(Boolean)
        .join(','),
  },
  {
    name: 'REVISION',
    description: 'Hash that Pods of the current template carry',
    isWide: true,
    cell: ({updateRevision}) => (updateRevision === null ? unknown : {text: updateRevision}),
  },
]

function counter(name: string, key: Counter, description: string): Column<CoveredDaemonSet> {
  return {name, description, cell: (daemonSet) => counterCell(daemonSet, key)}
}

function counterCell(daemonSet: CoveredDaemonSet, key: Counter): Cell {
  const [ours, theirs] = [daemonSet[key], daemonSet.reported[key]]
  if (ours === null) return {text: `${UNKNOWN} (${theirs})`, tone: 'muted'}
  if (ours !== theirs) return {text: `${ours} (${theirs})`, tone: 'warn'}
  const isShort = key !== 'numberMisscheduled' && ours < (daemonSet.desiredNumberScheduled ?? 0)
  return {
    text: String(ours),
    tone: isShort || (key === 'numberMisscheduled' && ours > 0) ? 'warn' : undefined,
  }
}
