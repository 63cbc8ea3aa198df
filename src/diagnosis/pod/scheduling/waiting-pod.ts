import {type Node, nameOf, namespaceOf, type Pod} from '../../../model/objects.ts'
import type {Relations} from '../../../model/relations.ts'
import type {Finding} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {podReference} from '../reference.ts'

/** A Pod that no node has taken yet. */
export interface WaitingPod {
  readonly pod: Pod
  /** The one node that a daemon Pod may run on. */
  readonly nodeName: string
  /** Undefined where nodes were not seen. */
  readonly node: Node | undefined
  /** RFC 3339. */
  readonly now: string
  /** Undefined where nothing but the Pod and its node is known. */
  readonly relations?: Relations
}

/** A finding about the waiting Pod: what is said, and what all of them share. */
export function waitingFinding(
  {pod}: WaitingPod,
  finding: Omit<Finding, 'object' | 'since'> & {since: string | undefined},
): Finding {
  const {since, ...others} = finding
  return {
    ...others,
    object: podReference(pod),
    ...(since !== undefined && {since}),
  }
}

/** `kubectl get pod -n shop agent-x -o yaml`. */
export function readPod(pod: Pod): string {
  return kubectl('get', 'pod', '-n', namespaceOf(pod), nameOf(pod), '-o', 'yaml')
}
