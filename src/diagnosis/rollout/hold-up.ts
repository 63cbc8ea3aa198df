import {nameOf, type Pod} from '../../model/objects.ts'
import {isReady, isTerminal, isTerminating, restarts} from '../../model/pod.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import type {Relations} from '../../model/relations.ts'
import {secondsBetween, UNSCHEDULED_SECONDS} from '../elapsed.ts'
import {isBlip, notReadyTrouble} from '../node-trouble.ts'
import {isOverdue} from '../overdue.ts'
import {MANY_RESTARTS, podTrouble} from '../pod-trouble.ts'
import {quoted} from '../quoted.ts'

/** A sign that what is waited for may not come by itself. */
export interface HoldUp {
  /** What is wrong, as it goes on after the object's name. */
  readonly text: string
  /** RFC 3339. */
  readonly since: string | undefined
  /** It takes a person, or its own time is over. */
  readonly isStuck: boolean
  /** A container of the Pod fails: neither its node nor time is to blame. */
  readonly isFailing?: boolean
  /** The Pod's node is lost: no other revision would do better there. */
  readonly isNodeLost?: boolean
  /** The API server's own words, where it refuses to make the Pod. */
  readonly refusal?: string
}

/** A kubelet that has tried again for so long, with ever longer pauses, has failed four or five times. */
const RETRIED_SECONDS = 120
/** A volume is made within that time, if nothing is wrong. */
const PROVISIONED_SECONDS = 15
/** Nothing is wrong but the time: as long as a Deployment gets by default (progressDeadlineSeconds). */
const SILENT_SECONDS = 600

/** No retry mends these: the template, or something that it names, has to change. */
const HOPELESS: ReadonlySet<string> = new Set(['InvalidImageName', 'ErrImageNeverPull'])
/** Between its crashes a container may be ready for a moment, and the clock begins anew: so often is too often. */
const HOPELESS_RESTARTS = 5
const HOPELESS_PACE_SECONDS = 600
const STARTING: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing'])

/** Why a Pod that is waited for does not come, or does not go; undefined while it moves as Pods do. */
export function podHoldUp(pod: Pod, relations: Relations): HoldUp | undefined {
  const now = relations.snapshot.observedAt
  if (isTerminating(pod)) return leaving(pod, relations)
  if (isReady(pod) || isTerminal(pod)) return undefined
  return onLostNode(pod, relations) ?? (pod.spec?.nodeName ? unready(pod, now) : unscheduled(pod, now))
}

/** Nobody but its kubelet can say that a Pod has ended. */
function leaving(pod: Pod, relations: Relations): HoldUp | undefined {
  const lost = lostNode(pod, relations)
  if (lost) return {...lost, text: `can't end: ${lost.text}`}
  if (!isOverdue(pod, relations.snapshot.observedAt)) return undefined
  const finalizers = pod.metadata?.finalizers ?? []
  const why = finalizers.length > 0 ? `: finalizer ${finalizers.join(', ')}` : ''
  return {
    text: `should have ended and has not${why}`,
    since: pod.metadata?.deletionTimestamp,
    isStuck: true,
  }
}

function onLostNode(pod: Pod, relations: Relations): HoldUp | undefined {
  const name = pod.spec?.nodeName
  if (!name || !knowsNodes(relations)) return undefined
  // such Pods are collected within a minute
  if (!relations.node(name)) {
    return {text: `was on node ${name}, which no longer exists`, since: readySince(pod), isStuck: false}
  }
  const lost = lostNode(pod, relations)
  return lost && {...lost, text: `can't run: ${lost.text}`}
}

function lostNode(pod: Pod, relations: Relations): HoldUp | undefined {
  const node = relations.node(pod.spec?.nodeName ?? '')
  const trouble = notReadyTrouble(node)
  if (!node || !trouble || isBlip(node, trouble, relations.snapshot.observedAt)) return undefined
  return {text: `node ${nameOf(node)} ${trouble.text}`, since: trouble.since, isStuck: true, isNodeLost: true}
}

/** A file may hold none of them without saying so. */
function knowsNodes({sees, snapshot}: Relations): boolean {
  return sees('nodes') && snapshot.nodes.length > 0
}

function unscheduled(pod: Pod, now: string): HoldUp | undefined {
  const condition = pod.status?.conditions?.find(({type}) => type === 'PodScheduled')
  const since = condition?.lastTransitionTime ?? pod.metadata?.creationTimestamp
  const seconds = secondsBetween(since, now)
  const isLate = seconds > UNSCHEDULED_SECONDS
  if (condition?.status !== 'False') {
    return isLate ? {text: 'has not been scheduled, and nobody says why', since, isStuck: true} : undefined
  }
  // a volume that is being made takes some seconds, and the scheduler complains meanwhile
  if (condition.message?.includes('unbound immediate') && seconds < PROVISIONED_SECONDS) return undefined
  const message = condition.message ? `: ${quoted(condition.message)}` : ''
  return {text: `is not scheduled${message}`, since, isStuck: isLate}
}

function unready(pod: Pod, now: string): HoldUp | undefined {
  const trouble = podTrouble(pod, now)
  if (!trouble) return undefined
  const since = trouble.since ?? pod.metadata?.creationTimestamp
  const patience = isFailing(pod) ? RETRIED_SECONDS : Math.max(SILENT_SECONDS, startupSeconds(pod))
  const isHopeless = HOPELESS.has(statusWord(pod)) || isCrashingOften(pod, now)
  const isStuck = isHopeless || secondsBetween(since, now) > patience
  return {text: trouble.text, since, isStuck, ...(isFailing(pod) && {isFailing: true})}
}

/** Restarts of weeks ago say nothing of today. */
function isCrashingOften(pod: Pod, now: string): boolean {
  const count = restarts(pod)
  const seconds = secondsBetween(pod.metadata?.creationTimestamp, now)
  return count >= HOPELESS_RESTARTS && seconds < count * HOPELESS_PACE_SECONDS
}

/** A container waits for its next try, or has been tried again and again. */
function isFailing(pod: Pod): boolean {
  const {initContainerStatuses, containerStatuses} = pod.status ?? {}
  const all = [...(initContainerStatuses ?? []), ...(containerStatuses ?? [])]
  const reasons = all.map(({state}) => state?.waiting?.reason)
  const isRetried = (reason: string | undefined) => reason !== undefined && !STARTING.has(reason)
  return reasons.some(isRetried) || restarts(pod) >= MANY_RESTARTS
}

/** How long its startup probes let the slowest container take. */
function startupSeconds({spec}: Pod): number {
  const probes = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map(
    ({startupProbe}) => startupProbe,
  )
  const seconds = probes.map((probe) =>
    probe
      ? (probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3)
      : 0,
  )
  return Math.max(0, ...seconds)
}

function readySince({status}: Pod): string | undefined {
  return status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime
}
