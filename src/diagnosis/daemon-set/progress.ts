import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isReady} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {type DaemonFacts, type DaemonNode, daemonNodes, isUp} from '../../model/rollout/daemon-facts.ts'
import type {NextStep} from '../../model/rollout/next-step.ts'
import {createRefusal} from '../creation/create-refusal.ts'
import {refusalWords} from '../creation/refusal-words.ts'
import {webhookTrouble} from '../creation/webhook-pods.ts'
import {secondsBetween} from '../patience.ts'
import {podTrouble} from '../pod/trouble.ts'
import type {Trouble} from '../trouble.ts'
import {applicant, setText} from './words.ts'

/** A node that the rollout waits for, and what is wrong there. */
export interface NodeBlocker {
  readonly name: string
  readonly pod: Pod | undefined
  readonly trouble: Trouble
}

export interface DaemonSetProgress {
  /** The one to look at first. */
  readonly blocker: NodeBlocker | undefined
  readonly isStalled: boolean
  /** All that moves is ready, and has to stay so for a while. */
  readonly isWaiting: boolean
  /** Every node that should run a Pod has an available one of the current revision. */
  readonly isDone: boolean
}

/** Whether anything still moves, of the nodes that are not done and of those that use the budget up. */
export function daemonSetProgress(
  next: NextStep,
  facts: DaemonFacts,
  relations: Relations,
): DaemonSetProgress {
  const all = daemonNodes(facts)
  const counted = new Set(facts.budget?.ledger.filter(({counts}) => counts).map(({node}) => node))
  const hopeless = new Set(all.filter((node) => isHopeless(node, facts, relations)).map(({name}) => name))
  const deletions = next.actions.filter(
    ({action, nodeName = ''}) => action === 'Delete' && !hopeless.has(nodeName),
  )
  const replaced = new Set(deletions.map(({nodeName}) => nodeName))
  const movers = all.filter(
    (node) => (counted.has(node.name) || isUnserved(node, facts)) && !replaced.has(node.name),
  )
  const judged = movers.map((node) => ({node, trouble: troubleOn(node, facts, relations)}))
  const troubled = judged.flatMap(({node, trouble}) =>
    trouble ? [{name: node.name, pod: podOn(node), trouble}] : [],
  )
  const stalled = troubled.filter(({trouble}) => trouble.isStalled)
  const isActive = next.choose !== null || deletions.length > 0
  const isOnDelete = next.waitsFor?.reason === 'OnDelete'
  const isDone = all.every((node) => node.shouldRun !== true || isFinished(node, facts))
  return {
    blocker: isDone ? undefined : (stalled[0] ?? troubled[0]),
    isStalled: !isDone && !isActive && !isOnDelete && movers.length > 0 && stalled.length === movers.length,
    isWaiting:
      next.actions.length === 0 &&
      !isActive &&
      movers.length > 0 &&
      movers.every((node) => isOnlyYoung(node)),
    isDone,
  }
}

/** Its Pod of the current revision has failed for a reason that the next one will meet as well. */
function isHopeless(node: DaemonNode, facts: DaemonFacts, relations: Relations): boolean {
  const [pod] = node.updated
  if (node.shouldRun !== true || pod?.status?.phase !== 'Failed') return false
  return troubleOn(node, facts, relations)?.isStalled === true
}

function isFinished({old, updated}: DaemonNode, facts: DaemonFacts): boolean {
  return old.length === 0 && updated.length === 1 && isUp(updated[0], facts)
}

/** It should have an available Pod and has none; one whose old Pod serves only waits for its turn. */
function isUnserved({shouldRun, old, updated}: DaemonNode, facts: DaemonFacts): boolean {
  return shouldRun === true && ![...old, ...updated].some((pod) => isUp(pod, facts))
}

function isOnlyYoung({old, updated}: DaemonNode): boolean {
  return old.length === 0 && updated.length > 0 && updated.every(isReady)
}

function podOn({old, updated, terminating}: DaemonNode): Pod | undefined {
  return updated[0] ?? old[0] ?? terminating[0]
}

function troubleOn(node: DaemonNode, facts: DaemonFacts, relations: Relations): Trouble | undefined {
  const pod = podOn(node)
  return pod ? podTrouble(pod, relations) : refused(node, facts, relations)
}

/** What the API server answers when the controller tries to create a Pod; it does not say for which node, but not for one that joined later. */
function refused(
  {name}: DaemonNode,
  {daemonSet, now}: DaemonFacts,
  relations: Relations,
): Trouble | undefined {
  const found = relations.once('createRefusal', daemonSet, () =>
    createRefusal(relations.eventsOf('DaemonSet', namespaceOf(daemonSet), nameOf(daemonSet)), now),
  )
  const joined = relations.node(name)?.metadata?.creationTimestamp
  if (!found || secondsBetween(found.lastAt, joined) > 0) return undefined
  const {text, since, isStalled} = found
  const webhook = webhookTrouble(text, applicant(daemonSet), relations)?.text ?? ''
  const message = `Node ${name} has no Pod of ${setText(daemonSet)}: ${refusalWords(text)}${webhook}`
  return {finding: undefined, message, since, isStalled, refusal: text}
}
