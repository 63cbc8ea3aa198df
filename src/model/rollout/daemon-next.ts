import type {LedgerEntry} from '../daemon-budget.ts'
import {listed} from '../listed.ts'
import {nameOf} from '../objects.ts'
import {availableAt, isReady} from '../pod.ts'
import {type DaemonFacts, type DaemonNode, daemonNodes, isUp} from './daemon-facts.ts'
import {manageActions} from './daemon-manage.ts'
import {oneSync} from './daemon-sync.ts'
import {updateStep} from './daemon-update.ts'
import {IDLE, type NextStep, type Wait, waiting} from './next-step.ts'

/**
 * What the controller does in its next sync. It updates nothing in a sync in which it created or deleted Pods for another
 * reason. Mirrors updateDaemonSet in pkg/controller/daemon/daemon_controller.go (1.21 to 1.37).
 */
export function daemonNext(facts: DaemonFacts): NextStep {
  if (facts.daemonSet.metadata?.deletionTimestamp) {
    return waiting({reason: 'SetDeletion', message: 'the set itself to be gone'})
  }
  const managed = manageActions(facts)
  if (managed.length > 0) return oneSync(facts, managed)
  const update = facts.budget ? updateStep(facts, facts.budget) : IDLE
  const isIdle = update.actions.length === 0 && !update.choose && !update.waitsFor
  return isIdle ? {...IDLE, waitsFor: waitOf(facts) ?? null} : update
}

function waitOf(facts: DaemonFacts): Wait | undefined {
  const nodes = daemonNodes(facts)
  const old = nodes.filter((node) => node.old.length > 0)
  const unavailable = nodes.find(
    (node) => node.shouldRun && ![...node.old, ...node.updated].some((pod) => isUp(pod, facts)),
  )
  if (!facts.budget && old.length > 0) return waitForPerson(old)
  const used = facts.budget?.ledger.filter(({counts}) => counts).toSorted(byNode) ?? []
  const isFull = facts.budget !== undefined && used.length >= facts.budget.limit
  const hasCandidates = facts.budget?.ledger.some(({why}) => why === 'candidate') ?? false
  if (isFull && hasCandidates) return waitForBudget(used, facts)
  const surging = nodes.find((node) => node.old.length > 0 && node.updated.length > 0)
  if (surging) return waitForNode({...surging, old: []}, facts)
  return unavailable && waitForNode(unavailable, facts)
}

function byNode(left: LedgerEntry, right: LedgerEntry): number {
  return left.node < right.node ? -1 : 1
}

function waitForPerson(old: readonly DaemonNode[]): Wait {
  const pods = old.flatMap((node) => node.old).map(nameOf)
  return {
    reason: 'OnDelete',
    message: `somebody to delete ${pods.length === 1 ? pods[0] : `${pods.length} old Pods`}`,
  }
}

function waitForBudget(entries: readonly LedgerEntry[], {budget}: DaemonFacts): Wait {
  const names = entries.map(({node}) => node)
  const message = `room: ${budget?.mode} ${budget?.limit} is used up by ${listed(names, 1)}`
  return {reason: 'Budget', message, nodeName: names[0] ?? ''}
}

function waitForNode(node: DaemonNode, facts: DaemonFacts): Wait {
  const [pod] = [...node.old, ...node.updated]
  const at = {nodeName: node.name, ...(pod && {pod: nameOf(pod)})}
  if (!pod) return {reason: 'PodGone', message: `the Pod on ${node.name} to be gone`, ...at}
  if (pod.status?.phase === 'Succeeded') {
    const message = `${nameOf(pod)} on ${node.name}, which has succeeded, to be deleted by somebody`
    return {reason: 'PodReady', message, ...at}
  }
  if (!isReady(pod))
    return {reason: 'PodReady', message: `${nameOf(pod)} on ${node.name} to become ready`, ...at}
  const seconds = facts.daemonSet.spec?.minReadySeconds ?? 0
  const message = `${nameOf(pod)} on ${node.name} to stay ready for minReadySeconds (${seconds}s)`
  const until = availableAt(pod, seconds)
  return {reason: 'PodAvailable', message, ...at, ...(until && {until})}
}
