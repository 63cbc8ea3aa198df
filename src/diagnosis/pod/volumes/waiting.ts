import {nameOf, type Pod} from '../../../model/objects.ts'
import {hasCondition, isTerminal, isTerminating} from '../../../model/pod.ts'
import type {Finding, Severity} from '../../finding.ts'
import {FORCED_DETACH_SECONDS, MOVE_SECONDS, secondsBetween} from '../../patience.ts'
import {podReference} from '../reference.ts'
import {begun} from '../scheduling/finding.ts'
import type {PodSubject} from '../subject.ts'

/** What a container waits for until the Pod's volumes are mounted and its sandbox is created. */
const NOT_BEGUN = ['', 'ContainerCreating', 'PodInitializing']

/** On its node, and as far as its status tells no container has begun: its volumes may be what is missing. */
export function mayWaitForVolumes(pod: Pod): boolean {
  if (!pod.spec?.nodeName || isTerminal(pod) || isTerminating(pod)) return false
  if (hasCondition(pod, 'PodReadyToStartContainers')) return false
  const {initContainerStatuses, containerStatuses} = pod.status ?? {}
  return [...(initContainerStatuses ?? []), ...(containerStatuses ?? [])].every(({state}) => {
    const hasBegun = state?.running ?? state?.terminated
    return !hasBegun && NOT_BEGUN.includes(state?.waiting?.reason ?? '')
  })
}

/** When it got its node; its creation where nothing tells. */
function placedAt({metadata, status}: Pod): string | undefined {
  const condition = status?.conditions?.find((each) => each.type === 'PodScheduled' && each.status === 'True')
  return condition?.lastTransitionTime ?? metadata?.creationTimestamp
}

/** How bad it is by now: no trouble yet just after the Pod got its node, no error while a driver or a forced detach may still help. */
export function severityOnNode({pod, now}: PodSubject, severity: Severity): Severity {
  const seconds = secondsBetween(placedAt(pod), now)
  if (seconds < MOVE_SECONDS) return 'info'
  return severity === 'error' && seconds <= FORCED_DETACH_SECONDS ? 'warning' : severity
}

/** The cause as a sentence, and which Pod it befalls: `Volume data can't be mounted (db-0 can't start on node-a)`. */
export function notStartedMessage({pod}: PodSubject, cause: string, isWaiting = false): string {
  const does = isWaiting ? 'waits' : "can't start"
  return `${begun(cause)} (${nameOf(pod)} ${does} on ${pod.spec?.nodeName})`
}

/** A finding about the Pod that waits for volumes, with what all of them share. */
export function volumeFinding(
  {pod}: PodSubject,
  {since = placedAt(pod), ...finding}: Omit<Finding, 'object' | 'since'> & {since?: string | undefined},
): Finding {
  return {...finding, object: podReference(pod), ...(since !== undefined && {since})}
}
