import {type Event, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {hasCondition, isTerminal, isTerminating} from '../../model/pod.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import type {Finding, Severity} from '../finding.ts'
import {podReference} from '../pod.ts'
import {lastSeen, type PodSubject} from './subject.ts'

/** What a container waits for until the Pod's volumes are mounted and its sandbox is made. */
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

/** The Pod's, and not of an earlier one of the same name: a StatefulSet's Pods come back under theirs. */
export function isOfThisLife(event: Event, {metadata}: Pod): boolean {
  const [spokenOf, uid] = [event.involvedObject?.uid, metadata?.uid]
  if (spokenOf && uid) return spokenOf === uid
  return !(secondsBetween(metadata?.creationTimestamp, lastSeen(event)) < 0)
}

/** When it got its node; its creation where nothing tells. */
function placedAt({metadata, status}: Pod): string | undefined {
  const condition = status?.conditions?.find((each) => each.type === 'PodScheduled' && each.status === 'True')
  return condition?.lastTransitionTime ?? metadata?.creationTimestamp
}

/** To detach from one node and to attach to the next takes that long where all is well. */
const MOVE_SECONDS = 60

/** What is wrong just after the Pod got its node is not in trouble yet. */
export function severityOnNode({pod, now}: PodSubject, severity: Severity): Severity {
  return secondsBetween(placedAt(pod), now) < MOVE_SECONDS ? 'info' : severity
}

/** A finding about the Pod that waits for volumes, with what all of them share. */
export function volumeFinding(
  {pod}: PodSubject,
  {since = placedAt(pod), ...finding}: Omit<Finding, 'object' | 'since'> & {since?: string | undefined},
): Finding {
  return {...finding, object: podReference(pod), ...(since !== undefined && {since})}
}

/** `kubectl describe pod -n shop web-0`. */
export function describeWaiting(pod: Pod): string {
  return kubectl('describe', 'pod', '-n', namespaceOf(pod), nameOf(pod))
}
