import {type Node, nameOf, namespaceOf, type PersistentVolume, type Pod} from '../../../model/objects.ts'
import {isTerminating} from '../../../model/pod.ts'
import type {Relations} from '../../../model/relations.ts'
import {allowedNodes} from '../../../model/volume.ts'
import {withoutUids} from '../../../model/without-uids.ts'
import type {Finding, Severity} from '../../finding.ts'
import {PENDING_SECONDS, SETTLING_SECONDS, secondsBetween} from '../../patience.ts'
import {FEW, fewText, quotedInProof} from '../../words.ts'
import {podReference} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {unschedulable} from './pinned-reason.ts'

/** Created a moment ago; false where nothing tells. */
export function isYoung(created: string | undefined, now: string): boolean {
  return secondsBetween(created, now) < SETTLING_SECONDS
}

/** How bad it is by now: no trouble yet a moment after the Pod was created, no error while a node may still come. */
export function severityFor({pod, now}: Pick<PodSubject, 'pod' | 'now'>, severity: Severity): Severity {
  if (isYoung(pod.metadata?.creationTimestamp, now)) return 'info'
  const since = unschedulable(pod)?.lastTransitionTime ?? pod.metadata?.creationTimestamp
  return severity === 'error' && secondsBetween(since, now) <= PENDING_SECONDS ? 'warning' : severity
}

/** A finding about the Pod that no node takes: since it was refused first, unless given otherwise. */
export function schedulingFinding(
  {pod}: PodSubject,
  finding: Omit<Finding, 'object' | 'since'> & Partial<Pick<Finding, 'object'>>,
): Finding {
  const since = unschedulable(pod)?.lastTransitionTime ?? pod.metadata?.creationTimestamp
  return {object: podReference(pod), ...finding, ...(since !== undefined && {since})}
}

/** The cause as a sentence, and which Pod it befalls: `Node node-a is cordoned (db-0 is pending)`. */
export function pendingMessage(pod: Pod, cause: string): string {
  return `${begun(cause)} (${nameOf(pod)} is pending)`
}

/** With a capital letter, as a sentence begins. */
export function begun(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `Pod db-1`, with its namespace where that is not the one of the Pod that is spoken of. */
export function otherPodText(other: Pod, pod: Pod): string {
  const isNear = namespaceOf(other) === namespaceOf(pod)
  return `Pod ${isNear ? '' : `${namespaceOf(other)}/`}${nameOf(other)}`
}

/** What the scheduler says in the Pod's condition, or a part of it. */
export function conditionProof(pod: Pod, text = unschedulable(pod)?.message): string {
  return `pod/${nameOf(pod)} condition PodScheduled=False: ${quotedInProof(withoutUids(text ?? ''))}`
}

/** `node-a, node-b`; of many only a few. */
export function nodeNames(nodes: readonly Node[]): string {
  return fewText(nodes.slice(0, FEW).map(nameOf), nodes.length - FEW)
}

/** Pods of those nodes that hold their room, ports and affinity until they have terminated. */
export function terminatingOn({relations}: PodSubject, nodes: readonly string[]): readonly string[] {
  const terminating = podsOnAny(nodes, relations)
    .filter(isTerminating)
    .map((each) => `pod/${nameOf(each)} on node/${each.spec?.nodeName}`)
  return terminating.length > 0 ? [`still there, and terminating: ${fewText(terminating)}`] : []
}

/** In the order in which they were read. */
function podsOnAny(nodes: readonly string[], {snapshot, podsOn}: Relations): readonly Pod[] {
  if (nodes.length <= 1) return nodes.flatMap(podsOn)
  const names = new Set(nodes)
  return snapshot.pods.filter(({spec}) => names.has(spec?.nodeName ?? ''))
}

const ZONES = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone']

/** From where the volume can be reached: `node node-3`, `zone a`, or that some affinity says so. */
export function reachText(volume: PersistentVolume): string {
  const {nodes, zones} = allowedNodes(volume)
  if (nodes) return `${nodes.length > 1 ? 'nodes' : 'node'} ${fewText(nodes)}`
  const labelled = ZONES.map((label) => volume.metadata?.labels?.[label]).find((zone) => zone)
  const named = zones ?? labelled?.split('__')
  if (named) return `${named.length > 1 ? 'zones' : 'zone'} ${fewText(named)}`
  return 'nodes that its node affinity describes'
}
