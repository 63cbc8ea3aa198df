import type {LedgerEntry} from '../../model/daemon-budget.ts'
import type {CountedNode} from '../../model/daemon-counters.ts'
import {type Node, nameOf, type Pod} from '../../model/objects.ts'
import {secondsBetween, UNSCHEDULED_SECONDS} from '../elapsed.ts'
import {isBlip, notReadyTrouble} from '../node-trouble.ts'
import {isOverdue} from '../overdue.ts'
import {podTrouble} from '../pod-trouble.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {nowOf} from './parts.ts'

/** Who uses up a place of maxUnavailable, and will not give it back by itself within a step of the controller. */
export interface Blocker {
  /** A node that is lost; a Pod that does not end; a node that the set does not want; a Pod that does not start. */
  readonly kind: 'lost' | 'overdue' | 'unwanted' | 'new-pod'
  readonly name: string
  readonly why: string
  readonly pod: Pod | undefined
  /** Only the Pod is left of it. */
  readonly isNodeGone: boolean
  readonly since: string | undefined
}

/** A rolling update that can't go on. */
export interface Standstill {
  readonly limit: number
  readonly blockers: readonly Blocker[]
  /** Nodes with an old Pod that is available: they wait for a place. */
  readonly waiting: readonly string[]
}

/**
 * All places of maxUnavailable are taken, nodes wait, and those that take them are stuck: the formula
 * STUCK-BUDGET of causes.md 2.3 without what is merely under way. Undefined while the update can go on.
 */
export function standstill(subject: DaemonSetSubject): Standstill | undefined {
  const {budget} = subject
  if (budget?.mode !== 'maxUnavailable' || budget.used < budget.limit) return undefined
  const waiting = budget.ledger.filter(({why}) => why === 'candidate').map(({node}) => node)
  if (waiting.length === 0) return undefined
  const find = finder(subject)
  const blockers = budget.ledger
    .filter(({counts}) => counts)
    .map((entry) => blockerOf(entry, find(entry.node), subject))
    .filter((blocker) => blocker !== undefined)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
  if (blockers.length < budget.limit) return undefined
  return {limit: budget.limit, blockers, waiting: waiting.toSorted()}
}

interface Place extends Partial<Pick<CountedNode, 'node' | 'eligibility'>> {
  readonly pods: readonly Pod[]
}

/** Nodes by name; of those that are gone, their Pods. */
function finder({nodes, strays}: DaemonSetSubject): (name: string) => Place {
  const byName = new Map<string, Place>(nodes.map((counted) => [nameOf(counted.node), counted]))
  return (name) => byName.get(name) ?? {pods: strays.get(name) ?? []}
}

function blockerOf(entry: LedgerEntry, place: Place, subject: DaemonSetSubject): Blocker | undefined {
  const {node: name} = entry
  const [pod] = place.pods
  const lost = lostText(place.node, nowOf(subject))
  const common = {name, pod, isNodeGone: place.node === undefined}
  if (lost) return {...common, kind: 'lost', why: lost.text, since: lost.since}
  const why = stuckText(entry, place.pods, nowOf(subject))
  if (!why) return undefined
  const rule = place.eligibility?.rule?.detail
  if (rule && entry.why !== 'missing') return {...common, kind: 'unwanted', why: rule, since: undefined}
  const kind = entry.why === 'new-unavailable' ? 'new-pod' : 'overdue'
  return {...common, kind, why, since: pod?.metadata?.deletionTimestamp}
}

function lostText(
  node: Node | undefined,
  now: string,
): {text: string; since: string | undefined} | undefined {
  if (!node) return {text: 'no longer exists', since: undefined}
  const trouble = notReadyTrouble(node)
  return trouble && !isBlip(node, trouble, now) ? {text: 'not ready', since: trouble.since} : undefined
}

/** Undefined for what the controller, or time alone, is about to settle. */
function stuckText(entry: LedgerEntry, pods: readonly Pod[], now: string): string | undefined {
  const [pod] = pods
  if (!pod) return undefined
  if (entry.why === 'missing')
    return pods.every((each) => isOverdue(each, now)) ? 'its Pod does not end' : undefined
  if (entry.why !== 'new-unavailable') return undefined
  const live = pods.find((each) => !each.metadata?.deletionTimestamp) ?? pod
  if (!live.spec?.nodeName) return isUnscheduled(live, now) ? 'its Pod is not scheduled' : undefined
  return podTrouble(live, now)?.text
}

/** For longer than its place may take to come; also where nothing tells since when. */
function isUnscheduled({status}: Pod, now: string): boolean {
  const condition = status?.conditions?.find(({type}) => type === 'PodScheduled')
  return (
    condition?.status === 'False' &&
    !(secondsBetween(condition.lastTransitionTime, now) < UNSCHEDULED_SECONDS)
  )
}
