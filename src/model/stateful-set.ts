import {selects} from './labels.ts'
import {controllerUid, nameOf, namespaceOf, type Pod, type StatefulSet} from './objects.ts'
import {isTerminating} from './pod.ts'
import {CUT, type Omission} from './snapshot.ts'

/** First ordinal: `spec.ordinals.start`, 0 when unset (gate StatefulSetStartOrdinal, on since 1.27). */
export function ordinalStart(set: StatefulSet): number {
  return set.spec?.ordinals?.start ?? 0
}

/** `spec.replicas`; the API's default is 1. */
export function desiredReplicas(set: StatefulSet): number {
  return set.spec?.replicas ?? 1
}

/** No cluster holds as many Pods of one set; a mistyped `replicas` must not cost all memory. */
const MOST_ORDINALS = 100_000

/** Ordinals that should exist, ascending; of an absurd number of replicas only the first 100,000. */
export function desiredOrdinals(set: StatefulSet): readonly number[] {
  const length = Math.min(Math.max(0, desiredReplicas(set)), MOST_ORDINALS)
  return Array.from({length}, (_, index) => ordinalStart(set) + index)
}

/** Of which sets not all ordinals are looked at, as whoever reads the answer is told. */
export function cutOrdinals(sets: readonly StatefulSet[]): readonly Omission[] {
  return sets
    .filter((set) => desiredReplicas(set) > MOST_ORDINALS)
    .map((set) => ({resource: 'statefulsets/ordinals', reason: CUT, message: cutMessage(set)}))
}

function cutMessage(set: StatefulSet): string {
  const [most, all] = [MOST_ORDINALS, desiredReplicas(set)].map((count) => count.toLocaleString('en'))
  return `only the first ${most} of ${all} ordinals of ${namespaceOf(set)}/${nameOf(set)} are looked at`
}

/** Whether the controller wants a Pod with this ordinal. */
export function isDesired(set: StatefulSet, ordinal: number): boolean {
  const index = ordinal - ordinalStart(set)
  return index >= 0 && index < desiredReplicas(set)
}

export function podName(set: StatefulSet, ordinal: number): string {
  return `${nameOf(set)}-${ordinal}`
}

/** Name of the claim that the controller creates from a template for an ordinal. */
export function claimName(template: string, set: StatefulSet, ordinal: number): string {
  return `${template}-${nameOf(set)}-${ordinal}`
}

/**
 * The ordinal in `<parent>-<ordinal>`. Undefined for any other name and for one that the controller would
 * never give (`web-01`, or more than an int32): upstream parses `web-01` as 1, but it is no identity of a set.
 */
export function ordinalIn(name: string, parent: string): number | undefined {
  if (!name.startsWith(`${parent}-`)) return undefined
  const digits = name.slice(parent.length + 1)
  if (!/^(0|[1-9]\d{0,9})$/.test(digits)) return undefined
  const ordinal = Number(digits)
  return ordinal <= 0x7fffffff ? ordinal : undefined
}

/**
 * The Pod is the set's: the set controls it, its labels match the selector, and it bears an ordinal's name.
 * Mirrors StatefulSetController.getPodsForStatefulSet and isMemberOf (1.37).
 */
export function isMember(set: StatefulSet, pod: Pod): boolean {
  return (
    namespaceOf(pod) === namespaceOf(set) &&
    controllerUid(pod) === set.metadata?.uid &&
    ordinalIn(nameOf(pod), nameOf(set)) !== undefined &&
    selects(set.spec?.selector, pod.metadata?.labels)
  )
}

/** Mirrors controller_ref_manager.ClaimObject (1.37): a fitting Pod without controller becomes the set's. */
export function isAdoptable(set: StatefulSet, pod: Pod): boolean {
  return (
    controllerUid(pod) === undefined &&
    !isTerminating(pod) &&
    !set.metadata?.deletionTimestamp &&
    selects(set.spec?.selector, pod.metadata?.labels)
  )
}

/** Names of the volumeClaimTemplates, in their order. */
export function templateNames(set: StatefulSet): readonly string[] {
  return (set.spec?.volumeClaimTemplates ?? []).map(nameOf)
}

/** `OrderedReady` unless the set says `Parallel`. */
export function podManagementPolicy(set: StatefulSet): string {
  return set.spec?.podManagementPolicy ?? 'OrderedReady'
}
