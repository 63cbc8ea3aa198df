import {hasLabels} from './labels.ts'
import {identityOf, matchesAnyTerm} from './node-selector.ts'
import type {Node, PodTemplate, Taint} from './objects.ts'
import {OUT_OF_SERVICE, untoleratedTaints} from './taints.ts'

const UNSCHEDULABLE = {key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'} as const
const ZONE = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone']

/** What keeps a Pod off a node; `taints` are those that it does not tolerate, beside the one of the cordon. */
export interface NodeRefusal {
  readonly matchesAffinity: boolean
  readonly isCordoned: boolean
  readonly taints: readonly Taint[]
}

/** The node's `Ready` condition is `True`. `Unknown` (kubelet silent) is not ready. */
export function isNodeReady(node: Node): boolean {
  return node.status?.conditions?.some(({type, status}) => type === 'Ready' && status === 'True') ?? false
}

/** It does not answer, and somebody says that the machine is off: whoever is asked to leave it is gone, kubelet or not. */
export function isDeclaredOff(node: Node): boolean {
  return !isNodeReady(node) && isSaidOff(node)
}

/** Somebody says that the machine is off, whether or not it still answers. */
export function isSaidOff({spec}: Node): boolean {
  return (spec?.taints ?? []).some(({key}) => key === OUT_OF_SERVICE)
}

/** Not cordoned. Taints are another matter: see `refusal`. */
export function isSchedulable(node: Node): boolean {
  return node.spec?.unschedulable !== true
}

/** Zone label, the GA one first; undefined for a node without one. */
export function zoneOf(node: Node): string | undefined {
  return ZONE.map((label) => node.metadata?.labels?.[label]).find((zone) => zone !== undefined)
}

/** `linux/arm64`, as the kubelet labels its node; undefined where it has not. */
export function platformOf({metadata}: Node): string | undefined {
  const [os, arch] = ['os', 'arch'].map(
    (name) => metadata?.labels?.[`kubernetes.io/${name}`] ?? metadata?.labels?.[`beta.kubernetes.io/${name}`],
  )
  return os && arch ? `${os}/${arch}` : undefined
}

/**
 * Why the scheduler would not put a Pod of this template on the node, as far as cordon, taints and required
 * node affinity say; undefined when none of them objects. Room, ports and volumes are not looked at.
 */
export function refusal(node: Node, template: PodTemplate | undefined): NodeRefusal | undefined {
  const tolerations = template?.spec?.tolerations ?? []
  if (!matchesRequiredAffinity(node, template)) return {matchesAffinity: false, isCordoned: false, taints: []}
  const isCordoned = !isSchedulable(node) && !toleratesCordon(tolerations)
  const taints = untoleratedTaints(node, tolerations).filter(
    ({key}) => !isCordoned || key !== UNSCHEDULABLE.key,
  )
  return isCordoned || taints.length > 0 ? {matchesAffinity: true, isCordoned, taints} : undefined
}

/** An uncordon is all that it takes. */
export function isOnlyCordoned(refused: NodeRefusal | undefined): boolean {
  return refused?.isCordoned === true && refused.taints.length === 0
}

/** A cordon does not keep it away (NodeUnschedulable of the scheduler, 1.20 to 1.37). */
export function toleratesCordon(tolerations: Parameters<typeof untoleratedTaints>[1]): boolean {
  return untoleratedTaints({spec: {taints: [UNSCHEDULABLE]}}, tolerations).length === 0
}

/** Mirrors component-helpers RequiredNodeAffinity.Match (1.37): nodeSelector and required terms. */
export function matchesRequiredAffinity(node: Node, template: PodTemplate | undefined): boolean {
  const required = template?.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return (
    hasLabels(node.metadata?.labels, template?.spec?.nodeSelector) &&
    (!required || matchesAnyTerm(required.nodeSelectorTerms ?? [], identityOf(node)))
  )
}
