import type {CountedNode} from '../daemon-counters.ts'
import {scaled} from '../int-or-percent.ts'
import {REVISION_HASH} from '../known-labels.ts'
import {type DaemonSet, nameOf, type Pod} from '../objects.ts'
import {isReady, isTerminal, isTerminating} from '../pod.ts'
import {hasSince, type ServerVersion} from '../server-version.ts'
import {type DaemonFacts, isUp} from './daemon-facts.ts'
import type {PodAction} from './next-step.ts'

/**
 * The first half of a sync: a Pod where one should be, none where none may be, and not too many. Mirrors manage and
 * podsShouldBeOnNode in pkg/controller/daemon/daemon_controller.go (1.27 to 1.37). That a Failed Pod is let alone for a
 * while after the last one failed, up to 15 minutes, only the controller's memory knows: here it goes.
 */
export function manageActions(facts: DaemonFacts): readonly PodAction[] {
  const unbound = [...facts.strays].flatMap(([nodeName, pods]) =>
    pods.filter((pod) => !pod.spec?.nodeName).map((pod) => deletion(pod, nodeName)),
  )
  return [...facts.nodes.flatMap((counted) => actionsOn(counted, facts)), ...unbound]
}

function actionsOn(counted: CountedNode, facts: DaemonFacts): readonly PodAction[] {
  const {eligibility, pods} = counted
  const nodeName = nameOf(counted.node)
  const live = pods.filter((pod) => !isTerminating(pod))
  if (eligibility.shouldRun && pods.length === 0) return [creation(nodeName, facts.hash)]
  if (!eligibility.shouldContinueRunning) return live.map((pod) => deletion(pod, nodeName))
  const active = live.filter((pod) => !isReplaced(pod, facts))
  const surplus = allowsSurge(facts.daemonSet) ? surplusWithSurge(active, facts) : active.slice(1)
  const gone = [...live.filter((pod) => isReplaced(pod, facts)), ...surplus].map((pod) =>
    deletion(pod, nodeName),
  )
  const isMissing = allowsSurge(facts.daemonSet) && active.length === 0 && eligibility.shouldRun
  return isMissing ? [...gone, creation(nodeName, facts.hash)] : gone
}

function isReplaced(pod: Pod, {version, left}: DaemonFacts): boolean {
  if (pod.status?.phase !== 'Succeeded') return isTerminal(pod)
  return replacesSucceeded(version) && !left?.has(nameOf(pod))
}

/** Whether a daemon Pod that has succeeded is replaced, or counts as one that runs (kubernetes#117073, from 1.26.5). */
export function replacesSucceeded(version: ServerVersion | undefined): boolean {
  return hasSince(version, {26: 5, 27: 0})
}

/** The oldest new and the oldest old one stay, until the old one is not ready or the new one is available. */
function surplusWithSurge(active: readonly Pod[], facts: DaemonFacts): readonly Pod[] {
  if (active.length <= 1) return []
  const hashOf = (pod: Pod) => pod.metadata?.labels?.[REVISION_HASH]
  const updated = active.find((pod) => hashOf(pod) === facts.hash)
  const old = active.find((pod) => hashOf(pod) !== facts.hash)
  const others = active.filter((pod) => pod !== updated && pod !== old)
  const isOldOver = updated && old && (!isReady(old) || isUp(updated, facts))
  return isOldOver ? [...others, old] : others
}

/** maxSurge is more than nothing, of however many nodes (AllowsSurge in pkg/controller/daemon/util). */
function allowsSurge({spec}: DaemonSet): boolean {
  const {type, rollingUpdate} = spec?.updateStrategy ?? {}
  return type !== 'OnDelete' && (scaled(rollingUpdate?.maxSurge, 1, 'up') ?? 0) > 0
}

export function creation(nodeName: string, revision: string): PodAction {
  return {action: 'Create', pod: null, nodeName, revision}
}

export function deletion(pod: Pod, nodeName: string): PodAction {
  return {action: 'Delete', pod: nameOf(pod), nodeName}
}
