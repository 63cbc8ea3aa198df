import {type DaemonSet, nameOf, namespaceOf, type ObjectReference, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {fewText} from '../few.ts'
import type {DaemonNodeSubject} from '../subjects.ts'

/** `DaemonSet shop/agent`. */
export function setText(daemonSet: DaemonSet): string {
  return `DaemonSet ${namespaceOf(daemonSet)}/${nameOf(daemonSet)}`
}

export function setReference(daemonSet: DaemonSet): ObjectReference {
  return {kind: 'DaemonSet', namespace: namespaceOf(daemonSet), name: nameOf(daemonSet)}
}

/** Being deleted, or told to select every Pod: the controller does nothing for it, and its Pods tell nothing. */
export function isAbandoned({metadata, spec}: DaemonSet): boolean {
  return Boolean(metadata?.deletionTimestamp) || selectsAll(spec?.selector)
}

export function selectsAll(selector: NonNullable<DaemonSet['spec']>['selector'] | undefined): boolean {
  return selector != null && !hasEntries(selector.matchLabels) && !hasEntries(selector.matchExpressions)
}

function hasEntries(value: object | undefined): boolean {
  return Object.keys(value ?? {}).length > 0
}

/** Those that nobody has asked to stop. */
export function livePods({pods}: Pick<DaemonNodeSubject, 'pods'>): readonly Pod[] {
  return pods.filter((pod) => !isTerminating(pod))
}

export function nowOf({relations}: Pick<DaemonNodeSubject, 'relations'>): string {
  return relations.snapshot.observedAt
}

/** `node n1`, `nodes n1, n2`, `nodes n1, n2, n3, n4, n5 and 7 more`. */
export function nodesText(names: readonly string[]): string {
  return `${names.length === 1 ? 'node' : 'nodes'} ${fewText(names)}`
}
