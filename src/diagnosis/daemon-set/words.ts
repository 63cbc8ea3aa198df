import {isNetworkPlugin} from '../../model/agents.ts'
import {type DaemonSet, nameOf, namespaceOf, type ObjectReference, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Applicant} from '../creation/webhook-pods.ts'
import type {Act} from '../finding.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {fewText} from '../words.ts'

/** `DaemonSet shop/agent`. */
export function setText(daemonSet: DaemonSet): string {
  return `DaemonSet ${namespaceOf(daemonSet)}/${nameOf(daemonSet)}`
}

export function setReference(daemonSet: DaemonSet): ObjectReference {
  return {kind: 'DaemonSet', namespace: namespaceOf(daemonSet), name: nameOf(daemonSet)}
}

/** What can be done about a Pod on a node that the set does not want. */
export function unwanted(deletePods: string): readonly Act[] {
  return [
    {text: 'if the set is wanted there, let its template tolerate or select that node', commands: []},
    {text: 'only if the set should have no Pod there, delete it', commands: [deletePods]},
  ]
}

/** The set as admission sees it. */
export function applicant(daemonSet: DaemonSet): Applicant {
  return {namespace: namespaceOf(daemonSet), isNetworkPlugin: isNetworkPlugin(daemonSet)}
}

/** Being deleted, or with a selector that selects every Pod: the controller does nothing for it, and its Pods tell nothing. */
export function isAbandoned({metadata, spec}: DaemonSet): boolean {
  return Boolean(metadata?.deletionTimestamp) || selectsAll(spec?.selector)
}

export function selectsAll(selector: NonNullable<DaemonSet['spec']>['selector'] | undefined): boolean {
  return selector != null && !hasEntries(selector.matchLabels) && !hasEntries(selector.matchExpressions)
}

function hasEntries(value: object | undefined): boolean {
  return Object.keys(value ?? {}).length > 0
}

/** Those that are not terminating. */
export function livePods({pods}: Pick<DaemonNodeSubject, 'pods'>): readonly Pod[] {
  return pods.filter((pod) => !isTerminating(pod))
}

export function nowOf({relations}: Pick<DaemonNodeSubject, 'relations'>): string {
  return relations.snapshot.observedAt
}

/** With a capital, to begin a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `node n1`, `nodes n1, n2`, `nodes n1, n2, n3, n4, n5 and 7 more`. */
export function nodesText(names: readonly string[]): string {
  return `${names.length === 1 ? 'node' : 'nodes'} ${fewText(names)}`
}
