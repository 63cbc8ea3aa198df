import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isReady} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {type DaemonFacts, type DaemonNode, daemonNodes, isUp} from '../../model/rollout/daemon-facts.ts'
import type {NextStep} from '../../model/rollout/next-step.ts'
import {type HoldUp, podHoldUp} from './hold-up.ts'
import {refusal} from './refusal.ts'

/** A node that the rollout waits for, and what is wrong there. */
export interface NodeBlocker {
  readonly name: string
  readonly pod: Pod | undefined
  readonly holdUp: HoldUp
}

export interface DaemonStanding {
  /** The one to look at first. */
  readonly blocker: NodeBlocker | undefined
  readonly isStalled: boolean
  /** All that moves is ready, and has to stay so for a while. */
  readonly isWaiting: boolean
  /** Every node that should run a Pod has an available one of the current revision. */
  readonly isDone: boolean
}

/** Whether anything still moves, of the nodes that are not done and of those that use the budget up. */
export function daemonStandingOf(next: NextStep, facts: DaemonFacts, relations: Relations): DaemonStanding {
  const all = daemonNodes(facts)
  const counted = new Set(facts.budget?.ledger.filter(({counts}) => counts).map(({node}) => node))
  const replaced = new Set(
    next.actions.filter(({action}) => action === 'Delete').map(({nodeName}) => nodeName),
  )
  const movers = all.filter(
    (node) => (counted.has(node.name) || isUnserved(node, facts)) && !replaced.has(node.name),
  )
  const judged = movers.map((node) => ({node, holdUp: holdUpOn(node, facts, relations)}))
  const troubled = judged.flatMap(({node, holdUp}) =>
    holdUp ? [{name: node.name, pod: podOn(node), holdUp}] : [],
  )
  const stuck = troubled.filter(({holdUp}) => holdUp.isStuck)
  const isActive = next.choose !== null || next.actions.some(({action}) => action === 'Delete')
  const isHeldByPerson = next.waitsFor?.reason === 'OnDelete'
  const isDone = all.every((node) => node.shouldRun !== true || isFinished(node, facts))
  return {
    blocker: isDone ? undefined : (stuck[0] ?? troubled[0]),
    isStalled: !isDone && !isActive && !isHeldByPerson && movers.length > 0 && stuck.length === movers.length,
    isWaiting:
      next.actions.length === 0 &&
      !isActive &&
      movers.length > 0 &&
      movers.every((node) => isOnlyYoung(node)),
    isDone,
  }
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

function podOn({old, updated, leaving}: DaemonNode): Pod | undefined {
  return updated[0] ?? old[0] ?? leaving[0]
}

function holdUpOn(node: DaemonNode, facts: DaemonFacts, relations: Relations): HoldUp | undefined {
  const pod = podOn(node)
  return pod ? podHoldUp(pod, relations) : refused(facts, relations)
}

/** What the API server answers when the controller tries to make a Pod; it does not say for which node. */
function refused({daemonSet, now}: DaemonFacts, relations: Relations): HoldUp | undefined {
  return refusal(relations.eventsOf('DaemonSet', namespaceOf(daemonSet), nameOf(daemonSet)), now)
}
