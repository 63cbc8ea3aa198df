import type {ContainerStatus, KubernetesObject, Pod} from './objects.ts'

/** Being deleted: the API server has set a deletion time. */
export function isTerminating(pod: Pod): boolean {
  return Boolean(pod.metadata?.deletionTimestamp)
}

/** It has finished: phase `Failed` or `Succeeded`. */
export function isTerminal(pod: Pod): boolean {
  return pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded'
}

/** The Pod's `Ready` condition is `True`; phase and deletion are not looked at (podutil.IsPodReady, 1.37). */
export function isReady(pod: Pod): boolean {
  return hasCondition(pod, 'Ready')
}

/**
 * Ready for `minReadySeconds` at the time `now` (RFC 3339). Mirrors podutil.IsPodAvailable (1.37): without a
 * transition time a Pod with minReadySeconds is never available.
 */
export function isAvailable(pod: Pod, minReadySeconds: number, now: string): boolean {
  if (!isReady(pod)) return false
  if (minReadySeconds === 0) return true
  const since = pod.status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime
  return since !== undefined && Date.parse(since) + minReadySeconds * 1000 <= Date.parse(now)
}

/** RFC 3339: when a ready Pod will have been so for `minReadySeconds`; undefined where nothing tells. */
export function availableAt(pod: Pod, minReadySeconds: number): string | undefined {
  const since = pod.status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime
  return isReady(pod) ? later(since, minReadySeconds) : undefined
}

/** A time so many seconds later, with the API's precision; undefined for what is no time. */
function later(time: string | undefined, seconds: number): string | undefined {
  const at = Date.parse(time ?? '') + seconds * 1000
  return Number.isFinite(at) ? new Date(at).toISOString().replace('.000Z', 'Z') : undefined
}

/** RFC 3339: when an object was asked to go; the deletion time lies ahead of that by the grace period. */
export function deletedAt({metadata}: KubernetesObject): string | undefined {
  return later(metadata?.deletionTimestamp, -(metadata?.deletionGracePeriodSeconds ?? 0))
}

/** A condition of that type with status `True`. */
export function hasCondition(pod: Pod, type: string): boolean {
  return pod.status?.conditions?.some((each) => each.type === type && each.status === 'True') ?? false
}

/** Restarts as kubectl counts them: those of init containers only while they are still at work. */
export function restarts(pod: Pod): number {
  const inits = visitedInits(pod)
  if (initWord(pod) !== undefined && !hasCondition(pod, 'Initialized')) return sum(inits)
  return sum(inits.filter((status) => isSidecar(pod, status.name))) + sum(pod.status?.containerStatuses ?? [])
}

/** Init containers up to and with the first that is still at work. */
function visitedInits(pod: Pod): readonly ContainerStatus[] {
  const statuses = pod.status?.initContainerStatuses ?? []
  const current = statuses.findIndex((status) => !isPast(pod, status))
  return current < 0 ? statuses : statuses.slice(0, current + 1)
}

function sum(statuses: readonly ContainerStatus[]): number {
  return statuses.reduce((total, {restartCount}) => total + (restartCount ?? 0), 0)
}

/** Containers that kubectl's READY column counts, sidecars included. */
export function readiness(pod: Pod): {readonly ready: number; readonly total: number} {
  const sidecars = (pod.spec?.initContainers ?? []).filter(({name}) => isSidecar(pod, name))
  const total = (pod.spec?.containers?.length ?? 0) + sidecars.length
  const initialized = initWord(pod) === undefined || hasCondition(pod, 'Initialized')
  const mains = initialized ? (pod.status?.containerStatuses ?? []).filter(isRunningReady) : []
  return {ready: startedSidecars(pod) + mains.length, total}
}

function isRunningReady({ready, state}: ContainerStatus): boolean {
  return Boolean(ready && state?.running && !state.waiting?.reason && !state.terminated)
}

function startedSidecars(pod: Pod): number {
  return visitedInits(pod).filter((status) => isStartedSidecar(pod, status) && status.ready).length
}

/** An init container with restartPolicy Always: it runs beside the main ones. */
function isSidecar(pod: Pod, container: string): boolean {
  return pod.spec?.initContainers?.find(({name}) => name === container)?.restartPolicy === 'Always'
}

function isStartedSidecar(pod: Pod, status: ContainerStatus): boolean {
  return status.state?.terminated?.exitCode !== 0 && isSidecar(pod, status.name) && status.started === true
}

/** Initialization has passed this container: it terminated with exit code 0, or it is a sidecar that has started. */
function isPast(pod: Pod, status: ContainerStatus): boolean {
  return status.state?.terminated?.exitCode === 0 || isStartedSidecar(pod, status)
}

/**
 * `Init:0/2`, `Init:CrashLoopBackOff`, … while an init container is at work; undefined when none is.
 * Mirrors the first loop of printPod in pkg/printers/internalversion/printers.go (1.37).
 */
export function initWord(pod: Pod): string | undefined {
  const statuses = pod.status?.initContainerStatuses ?? []
  const index = statuses.findIndex((status) => !isPast(pod, status))
  const current = statuses[index]
  if (current === undefined) return undefined
  const {terminated, waiting} = current.state ?? {}
  if (terminated) return `Init:${terminatedWord(terminated)}`
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`
  return `Init:${index}/${pod.spec?.initContainers?.length ?? 0}`
}

/** How a terminated container is named: its reason, else its signal, else its exit code. */
export function terminatedWord(end: {reason?: string; signal?: number; exitCode: number}): string {
  if (end.reason) return end.reason
  return end.signal ? `Signal:${end.signal}` : `ExitCode:${end.exitCode}`
}

/** All of its containers are ready, and a readiness gate is not: its Pod waits for whoever sets that condition. */
export function waitsForGate({status}: Pod): boolean {
  const ready = status?.conditions?.find(({type}) => type === 'Ready')
  return ready?.reason === 'ReadinessGatesNotReady'
}

/** It is ready, and is meant to stay. */
export function isWell(pod: Pod): boolean {
  return isReady(pod) && !isTerminating(pod)
}

/** The Job controller and the garbage collector take these away by themselves once the Pod is on its way (1.26 to 1.37). */
const PASSING = ['batch.kubernetes.io/job-tracking', 'foregroundDeletion', 'orphan']

/** Finalizers that keep a Pod that has ended, until whoever has set them takes them away. */
export function keepersOf({metadata}: Pod): readonly string[] {
  return (metadata?.finalizers ?? []).filter((each) => !PASSING.includes(each))
}
