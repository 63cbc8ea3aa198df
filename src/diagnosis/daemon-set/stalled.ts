import type {LedgerEntry} from '../../model/daemon-budget.ts'
import type {CountedNode} from '../../model/daemon-counters.ts'
import {type Node, nameOf, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import {isBlip, notReadyTrouble} from '../node-trouble.ts'
import {isOverdue} from '../pod/grace-period-over.ts'
import {podTrouble} from '../pod/trouble.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {ruleText} from './rule-text.ts'
import {nowOf} from './words.ts'

/** Who uses up a place of maxUnavailable, and will not give it back by itself within a step of the controller. */
export interface BudgetBlocker {
  /** A node that is lost; a Pod that does not terminate; a node that the set does not want; a Pod that does not start. */
  readonly kind: 'lost' | 'overdue' | 'unwanted' | 'new-pod'
  readonly name: string
  readonly why: string
  /** The field that says so. */
  readonly proof: string
  readonly pod: Pod | undefined
  /** Only the Pod is left of it. */
  readonly isNodeGone: boolean
  readonly since: string | undefined
}

/** A rolling update that can't go on. */
export interface StalledUpdate {
  readonly limit: number
  readonly blockers: readonly BudgetBlocker[]
  /** Nodes with an old Pod that is available: they wait for a place. */
  readonly waiting: readonly string[]
}

/**
 * All places of maxUnavailable are taken, nodes wait, and those that take them are stalled: the formula
 * STUCK-BUDGET of causes.md 2.3 without what is merely under way. Undefined while the update can go on.
 */
export function stalledUpdate(subject: DaemonSetSubject): StalledUpdate | undefined {
  const {budget} = subject
  if (budget?.mode !== 'maxUnavailable' || budget.used < budget.limit) return undefined
  const waiting = budget.ledger.filter(({why}) => why === 'candidate').map(({node}) => node)
  if (waiting.length === 0) return undefined
  const find = finder(subject)
  const blockers = budget.ledger
    .filter(({counts}) => counts)
    .map((entry) => budgetBlockerOf(entry, find(entry.node), subject))
    .filter((blocker) => blocker !== undefined)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
  if (blockers.length < budget.limit) return undefined
  return {limit: budget.limit, blockers, waiting: waiting.toSorted()}
}

interface PodsOnNode extends Partial<Pick<CountedNode, 'node' | 'eligibility'>> {
  readonly pods: readonly Pod[]
}

/** Nodes by name; of those that are gone, their Pods. */
function finder({nodes, strays}: DaemonSetSubject): (name: string) => PodsOnNode {
  const byName = new Map<string, PodsOnNode>(nodes.map((counted) => [nameOf(counted.node), counted]))
  return (name) => byName.get(name) ?? {pods: strays.get(name) ?? []}
}

function budgetBlockerOf(
  entry: LedgerEntry,
  place: PodsOnNode,
  subject: DaemonSetSubject,
): BudgetBlocker | undefined {
  const {node: name} = entry
  const [pod] = place.pods
  const lost = lostText(name, place.node, nowOf(subject))
  const common = {name, pod, isNodeGone: place.node === undefined}
  if (lost) return {...common, ...lost, kind: 'lost'}
  const why = stalledText(entry, place.pods, subject)
  if (!why) return undefined
  const rule = place.eligibility?.rule
  if (rule && entry.why !== 'missing')
    return {
      ...common,
      kind: 'unwanted',
      why: ruleText(rule),
      proof: `node/${name} ${ruleText(rule)}`,
      since: undefined,
    }
  const kind = entry.why === 'new-unavailable' ? 'new-pod' : 'overdue'
  const since = pod?.metadata?.deletionTimestamp
  return {...common, kind, why, proof: podProof(pod, name), since}
}

/** `pod/agent-x on node/n1 metadata.deletionTimestamp=…`. */
function podProof(pod: Pod | undefined, node: string): string {
  const since = pod?.metadata?.deletionTimestamp
  const state = since ? `metadata.deletionTimestamp=${since}` : `is ${pod ? statusWord(pod) : 'missing'}`
  return `pod/${pod ? nameOf(pod) : ''} on node/${node} ${state}`
}

type Lost = Pick<BudgetBlocker, 'why' | 'proof' | 'since'>

function lostText(name: string, node: Node | undefined, now: string): Lost | undefined {
  if (!node) return {why: 'no longer exists', proof: `no node/${name}`, since: undefined}
  const trouble = notReadyTrouble(node)
  if (!trouble || isBlip(node, trouble, now)) return undefined
  return {why: 'not ready', proof: trouble.evidence, since: trouble.since}
}

/** Undefined for what the controller, or time alone, is about to settle. */
function stalledText(
  entry: LedgerEntry,
  pods: readonly Pod[],
  {relations}: DaemonSetSubject,
): string | undefined {
  const [pod] = pods
  const now = relations.snapshot.observedAt
  if (!pod) return undefined
  if (entry.why === 'missing')
    return pods.every((each) => isOverdue(each, now)) ? 'its Pod does not terminate' : undefined
  if (entry.why !== 'new-unavailable') return undefined
  const live = pods.find((each) => !isTerminating(each)) ?? pod
  const trouble = podTrouble(live, relations)
  if (!live.spec?.nodeName) return trouble?.isStalled ? 'its Pod is not scheduled' : undefined
  return trouble && `${statusWord(live)}`
}
