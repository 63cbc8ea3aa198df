import type {Budget} from '../daemon-budget.ts'
import {nameOf} from '../objects.ts'
import {hasSince, type ServerVersion} from '../server-version.ts'
import {type DaemonFacts, type DaemonNode, daemonNodes, isUp} from './daemon-facts.ts'
import {creation, deletion} from './daemon-manage.ts'
import {oneSync} from './daemon-sync.ts'
import {type Candidate, type Choice, type NextStep, type PodAction, waiting} from './next-step.ts'

/** The second half of a sync (rollingUpdate in pkg/controller/daemon/update.go, 1.21 to 1.37). */
export function updateStep(facts: DaemonFacts, budget: Budget): NextStep {
  return budget.mode === 'maxSurge' ? surgeStep(facts, budget) : unavailableStep(facts, budget)
}

/** Old Pods that do not work go at once, the others as far as there is room. */
function unavailableStep(facts: DaemonFacts, budget: Budget): NextStep {
  const old = daemonNodes(facts).filter((node) => hasOneOld(node) && node.updated.length === 0)
  const broken = old.filter(({old: [pod]}) => !isUp(pod, facts))
  const candidates = old.filter(({old: [pod]}) => isUp(pod, facts))
  const used = budget.used - (countsBroken(facts.version) ? 0 : broken.length)
  return oneSync(
    facts,
    broken.flatMap(deleteOld),
    pick('Delete', candidates.map(oldCandidate), budget.limit - used),
  )
}

/** Before, old Pods that do not work used up nothing (kubernetes#123233). */
export function countsBroken(version: ServerVersion | undefined): boolean {
  return hasSince(version, {28: 15, 29: 10, 30: 6, 31: 0})
}

/** A new Pod comes before its old one goes. */
function surgeStep(facts: DaemonFacts, budget: Budget): NextStep {
  const nodes = daemonNodes(facts).filter(hasOneOld)
  const alone = nodes.filter(({updated}) => updated.length === 0)
  const gone = alone.find(({shouldRun}) => shouldRun === null)
  if (gone && asksForNode(facts)) return waitForCollection(gone)
  const isBroken = ({old: [pod]}: DaemonNode) => !isUp(pod, facts)
  const [unwanted, wanted] = [
    alone.filter((node) => !isWanted(node, facts)),
    alone.filter((node) => isWanted(node, facts)),
  ]
  const relieved = nodes.filter(({updated}) => updated.length === 1 && isUp(updated[0], facts))
  const actions = [
    ...[...unwanted.filter(isBroken), ...relieved].flatMap(deleteOld),
    ...wanted.filter(isBroken).map(({name}) => creation(name, facts.hash)),
  ]
  const sunset = unwanted.filter((node) => !isBroken(node))
  const spare = availableNodes(facts) - facts.nodes.filter(({eligibility}) => eligibility.shouldRun).length
  const candidates = wanted.filter((node) => !isBroken(node)).map(({name}) => ({nodeName: name, pod: null}))
  return oneSync(
    facts,
    actions,
    pick('Create', candidates, budget.limit - budget.used),
    pick('Delete', sunset.map(oldCandidate), spare),
  )
}

/** Before, nobody asked whether the set still wants the node, or whether there still is one (kubernetes#119317). */
export function asksForNode({version}: Pick<DaemonFacts, 'version'>): boolean {
  return hasSince(version, {26: 10, 27: 7, 28: 3, 29: 0})
}

function isWanted({shouldRun}: DaemonNode, facts: DaemonFacts): boolean {
  return shouldRun === true || !asksForNode(facts)
}

function hasOneOld({old, updated}: DaemonNode): boolean {
  return old.length === 1 && updated.length <= 1
}

/** Of each node the old Pod counts, and only without one the new one. */
function availableNodes(facts: DaemonFacts): number {
  const seen = daemonNodes(facts).filter(({old, updated}) => old.length <= 1 && updated.length <= 1)
  return seen.filter(({old, updated}) => isUp(old[0] ?? updated[0], facts)).length
}

function waitForCollection({name, old: [pod]}: DaemonNode): NextStep {
  const podName = pod ? nameOf(pod) : ''
  const message = `Pod ${podName} of node ${name}, which no longer exists, to be collected`
  return waiting({reason: 'NodeGone', message, nodeName: name, pod: podName})
}

function deleteOld({name, old}: DaemonNode): readonly PodAction[] {
  return old.map((pod) => deletion(pod, name))
}

function oldCandidate({name, old: [pod]}: DaemonNode): Candidate {
  return {nodeName: name, pod: pod ? nameOf(pod) : null}
}

function pick(action: Choice['action'], from: readonly Candidate[], room: number): Choice {
  return {action, count: Math.min(Math.max(0, room), from.length), from}
}
