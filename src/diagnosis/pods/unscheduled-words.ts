import {type Node, nameOf, namespaceOf, type PersistentVolume} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {allowedNodes} from '../../model/volume.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import {fewText} from '../few.ts'
import type {Finding, Severity} from '../finding.ts'
import {podReference} from '../pod.ts'
import {unschedulable} from '../scheduling/pinned-reason.ts'
import type {PodSubject} from './subject.ts'

/** The scheduler, the binder and a provisioner need some seconds even where all is well. */
const YOUNG_SECONDS = 15

/** Made a moment ago; false where nothing tells. */
export function isYoung(made: string | undefined, now: string): boolean {
  return secondsBetween(made, now) < YOUNG_SECONDS
}

/** What is wrong with a Pod a moment after it was made is not in trouble yet. */
export function severityFor({pod, now}: PodSubject, severity: Severity): Severity {
  return isYoung(pod.metadata?.creationTimestamp, now) ? 'info' : severity
}

/** A finding about the Pod that no node takes: since it was refused first, unless told otherwise. */
export function unscheduledFinding(
  {pod}: PodSubject,
  finding: Omit<Finding, 'object' | 'since'> & Partial<Pick<Finding, 'object'>>,
): Finding {
  const since = unschedulable(pod)?.lastTransitionTime ?? pod.metadata?.creationTimestamp
  return {object: podReference(pod), ...finding, ...(since !== undefined && {since})}
}

/** `kubectl describe pod -n shop web-0`. */
export function describePod({pod}: PodSubject): string {
  return kubectl('describe', 'pod', '-n', namespaceOf(pod), nameOf(pod))
}

/** `node-a, node-b`; of many only a few. */
export function nodeNames(nodes: readonly Node[]): string {
  return fewText(nodes.map(nameOf))
}

/** Pods of those nodes that hold their room, ports and affinity until they have ended. */
export function leavingFrom({relations}: PodSubject, nodes: readonly string[]): readonly string[] {
  const leaving = relations.snapshot.pods
    .filter((each) => isTerminating(each) && nodes.includes(each.spec?.nodeName ?? ''))
    .map((each) => `pod/${nameOf(each)} on node/${each.spec?.nodeName}`)
  return leaving.length > 0 ? [`still there, and told to stop: ${fewText(leaving)}`] : []
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
