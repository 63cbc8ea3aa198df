import type {V1DaemonSet} from '@kubernetes/client-node'
import type {CoveredDaemonSet} from '../../../src/reports/coverage/report.ts'
import type {Placement, Settled} from './settled.ts'

const COUNTERS = [
  'desiredNumberScheduled',
  'currentNumberScheduled',
  'numberMisscheduled',
  'numberReady',
  'numberAvailable',
  'numberUnavailable',
  'updatedNumberScheduled',
] as const

const NOWHERE: Placement = new Map()

/**
 * In what our report is not what the real controller has done; `before` is where each DaemonSet had Pods before the
 * nodes changed, nowhere if it is new.
 */
export function disagreements(
  ours: readonly CoveredDaemonSet[],
  {daemonSets, placements}: Settled,
  before: Settled['placements'] = new Map(),
): readonly string[] {
  const theirs = new Map(daemonSets.map((each) => [each.metadata?.name ?? '', each]))
  const lost = [...theirs.keys()].filter((name) => !ours.some((each) => each.name === name))
  const wrong = ours.flatMap((each) =>
    [
      ...counterFaults(each, theirs.get(each.name)),
      ...placementFaults(each, placements.get(each.name) ?? NOWHERE, before.get(each.name) ?? NOWHERE),
    ].map((fault) => `${each.name}: ${fault}`),
  )
  return [...lost.map((name) => `${name}: not in our report`), ...wrong]
}

function counterFaults(ours: CoveredDaemonSet, theirs: V1DaemonSet | undefined): readonly string[] {
  const status = (theirs?.status ?? {}) as Partial<Record<(typeof COUNTERS)[number], number>>
  const wrong = COUNTERS.filter((name) => ours[name] !== (status[name] ?? 0))
  const unread = COUNTERS.filter((name) => ours.reported[name] !== (status[name] ?? 0))
  return [
    ...wrong.map((name) => `${name} is ${status[name] ?? 0}, we say ${ours[name]}`),
    ...unread.map((name) => `reported ${name} is ${status[name] ?? 0}, we read ${ours.reported[name]}`),
    ...ours.differing.map((name) => `${name} is said to differ`),
  ]
}

/** A Pod is created where it should run, stays where it may, and is nowhere else. */
function placementFaults({nodes}: CoveredDaemonSet, now: Placement, before: Placement): readonly string[] {
  return nodes.flatMap(({name, shouldRun, shouldContinueRunning, rule, pods}) => {
    const stays = before.has(name) && shouldContinueRunning === true
    const isWanted = shouldRun === true || stays
    const actual = now.get(name) ?? []
    const reason = rule ? ` (${rule.kind}: ${rule.detail})` : ''
    return [
      isWanted === actual.length > 0 ? '' : `${name} has ${actual.length} Pods, we say ${isWanted}${reason}`,
      (rule === null) === shouldRun ? '' : `${name} has a rule and should run, or neither`,
      shouldRun && !shouldContinueRunning ? `${name} should run and not continue` : '',
      stays && !same(actual, before.get(name) ?? []) ? `${name} has another Pod than before` : '',
      same(
        actual,
        pods.map((pod) => pod.name),
      )
        ? ''
        : `${name} has ${actual}, we list ${pods.map((pod) => pod.name)}`,
    ].filter(Boolean)
  })
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.toSorted().join() === right.toSorted().join()
}
