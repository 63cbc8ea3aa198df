import {
  type DaemonSet,
  nameOf,
  namespaceOf,
  type ObjectReference,
  type StatefulSet,
} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {kubectl} from '../kubectl-command.ts'

/**
 * A set of either kind, as far as rules need no facts of its rollout: nobody but the controller has those while it has
 * not observed the newest generation.
 */
export interface WorkloadSubject {
  readonly kind: 'StatefulSet' | 'DaemonSet'
  readonly set: StatefulSet | DaemonSet
  readonly relations: Relations
}

/** `StatefulSet shop/db`. */
export function workloadText({kind, set}: WorkloadSubject): string {
  return `${kind} ${namespaceOf(set)}/${nameOf(set)}`
}

export function workloadReference({kind, set}: WorkloadSubject): ObjectReference {
  return {kind, namespace: namespaceOf(set), name: nameOf(set)}
}

/** `statefulset/db`, as evidence begins. */
export function workloadEvidence({kind, set}: WorkloadSubject): string {
  return `${kind.toLowerCase()}/${nameOf(set)}`
}

/** The word that kubectl knows the kind by. */
function resourceOf({kind}: WorkloadSubject): string {
  return kind === 'StatefulSet' ? 'sts' : 'ds'
}

export function readWorkload(subject: WorkloadSubject): string {
  const {set} = subject
  return kubectl('get', resourceOf(subject), '-n', namespaceOf(set), nameOf(set), '-o', 'yaml')
}
