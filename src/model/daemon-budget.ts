import type {CountedNode} from './daemon-counters.ts'
import {isUpdated} from './daemon-revision.ts'
import {scaled} from './int-or-percent.ts'
import type {DaemonSet, Pod} from './objects.ts'
import {isAvailable, isTerminating} from './pod.ts'

/** What a node does to the budget of a rolling update, and why. */
export interface LedgerEntry {
  readonly node: string
  /** It uses up one of maxUnavailable, or one of maxSurge. */
  readonly counts: boolean
  readonly why:
    | 'excess'
    | 'missing'
    | 'both'
    | 'new-unavailable'
    | 'old-unavailable'
    | 'surging'
    | 'settled'
    | 'candidate'
}

/** How far a rolling update may go at once, and who uses that up. */
export interface Budget {
  readonly mode: 'maxUnavailable' | 'maxSurge'
  readonly limit: number
  readonly used: number
  readonly ledger: readonly LedgerEntry[]
}

/**
 * The budget of a RollingUpdate, node by node; undefined for OnDelete, and while the current revision is not
 * known. Mirrors rollingUpdate and updatedDesiredNodeCounts in pkg/controller/daemon/update.go (1.31 to 1.37):
 * every node that has a Pod counts, eligible or not, gone or not, and every eligible one without. Percentages
 * are of the eligible nodes, rounded up; both 0 means one unavailable.
 */
export function budgetOf(
  daemonSet: DaemonSet,
  nodes: readonly CountedNode[],
  strays: ReadonlyMap<string, readonly Pod[]>,
  hash: string | undefined,
  now: string,
): Budget | undefined {
  if (daemonSet.spec?.updateStrategy?.type === 'OnDelete' || hash === undefined) return undefined
  const {mode, limit} = limitOf(daemonSet, nodes.filter(({eligibility}) => eligibility.shouldRun).length)
  const seen = nodes
    .filter(({eligibility, pods}) => eligibility.shouldRun || pods.length > 0)
    .map(({node, pods}) => ({node: node.metadata?.name ?? '', pods}))
  const all = [...seen, ...[...strays].map(([node, pods]) => ({node, pods}))]
  const judge = mode === 'maxSurge' ? surgeEntry : unavailableEntry
  const ledger = all.map(({node, pods}) => ({node, ...judge(daemonSet, pods, hash, now)}))
  return {mode, limit, used: ledger.filter(({counts}) => counts).length, ledger}
}

/** The API's defaults are maxUnavailable 1 and maxSurge 0. */
function limitOf(daemonSet: DaemonSet, desired: number): Pick<Budget, 'mode' | 'limit'> {
  const {maxUnavailable, maxSurge} = daemonSet.spec?.updateStrategy?.rollingUpdate ?? {}
  const surge = scaled(maxSurge, desired, 'up') ?? 0
  if (surge > 0) return {mode: 'maxSurge', limit: surge}
  const unavailable = scaled(maxUnavailable ?? 1, desired, 'up') ?? 1
  return {mode: 'maxUnavailable', limit: desired > 0 ? Math.max(unavailable, 1) : unavailable}
}

type Judgement = Pick<LedgerEntry, 'counts' | 'why'>

/** Live Pods by revision, and whether one of them is available; terminating ones do not count. */
function split(daemonSet: DaemonSet, pods: readonly Pod[], hash: string, now: string) {
  const live = pods.filter((pod) => !isTerminating(pod))
  const groups = Map.groupBy(live, (pod) => isUpdated(daemonSet, pod, hash) === true)
  const isUp = (pod: Pod | undefined) =>
    pod !== undefined && isAvailable(pod, daemonSet.spec?.minReadySeconds ?? 0, now)
  return {news: groups.get(true) ?? [], olds: groups.get(false) ?? [], isUp}
}

function unavailableEntry(daemonSet: DaemonSet, pods: readonly Pod[], hash: string, now: string): Judgement {
  const {news, olds, isUp} = split(daemonSet, pods, hash, now)
  if (news.length > 1 || olds.length > 1) return {counts: true, why: 'excess'}
  if (news.length + olds.length === 0) return {counts: true, why: 'missing'}
  if (news.length > 0 && olds.length > 0) return {counts: true, why: 'both'}
  if (news.length > 0)
    return isUp(news[0]) ? {counts: false, why: 'settled'} : {counts: true, why: 'new-unavailable'}
  return isUp(olds[0]) ? {counts: false, why: 'candidate'} : {counts: true, why: 'old-unavailable'}
}

function surgeEntry(daemonSet: DaemonSet, pods: readonly Pod[], hash: string, now: string): Judgement {
  const {news, olds, isUp} = split(daemonSet, pods, hash, now)
  if (news.length > 1 || olds.length > 1) return {counts: true, why: 'excess'}
  if (olds.length === 0) return {counts: false, why: 'settled'}
  if (news.length > 0) return isUp(news[0]) ? {counts: false, why: 'both'} : {counts: true, why: 'surging'}
  return {counts: false, why: isUp(olds[0]) ? 'candidate' : 'old-unavailable'}
}
