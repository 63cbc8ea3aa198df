import {requestOf} from '../../model/claim.ts'
import {POD_NAME} from '../../model/known-labels.ts'
import {
  nameOf,
  namespaceOf,
  type PersistentVolumeClaim,
  type Pod,
  type StatefulSet,
} from '../../model/objects.ts'
import {type Ordinal, ordinalsOf} from '../../model/ordinals.ts'
import {isAvailable, isTerminating} from '../../model/pod.ts'
import {quantity} from '../../model/quantity.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import {all, eventsAbout} from '../needs/lists.ts'

/** All Pods but those of StatefulSets. */
export const OTHERS = `!${POD_NAME}`

/** Events of what is not well; and Pods that are not the set's, where one may hold a name or use a claim that is terminating. */
export function setNeeds(
  set: StatefulSet,
  others: string | undefined,
  relations: Relations,
): readonly Need[] {
  const namespace = namespaceOf(set)
  const ordinals = ordinalsOf(set, relations)
  const claims = troubledClaims(set, ordinals, relations)
  const hasTerminatingClaim = claims.some(
    (name) => relations.claim(namespace, name)?.metadata?.deletionTimestamp,
  )
  return [
    ...(hasTerminatingClaim
      ? [{...all('pods', namespace), ...(others !== undefined && {labelSelector: others})}]
      : []),
    ...eventsAbout('Pod', namespace, troubledPods(set, ordinals, relations).map(nameOf)),
    ...eventsAbout('PersistentVolumeClaim', namespace, claims),
  ]
}

/** One that is ready and does not stay so for minReadySeconds is in trouble as well. */
export function troubledPods(
  {spec}: StatefulSet,
  ordinals: readonly Ordinal[],
  {snapshot}: Relations,
): readonly Pod[] {
  const isWell = (pod: Pod) =>
    isAvailable(pod, spec?.minReadySeconds ?? 0, snapshot.observedAt) && !isTerminating(pod)
  return ordinals.flatMap(({pod, state}) => (pod && (!isWell(pod) || state === 'condemned') ? [pod] : []))
}

/** Claims that are wanted and do not stand, are going, or are to change. */
export function troubledClaims(
  set: StatefulSet,
  ordinals: readonly Ordinal[],
  relations: Relations,
): readonly string[] {
  return ordinals
    .filter(({state}) => state !== 'leftover')
    .flatMap(({claims}) => claims.map(({name}) => name))
    .filter((name) => {
      const claim = relations.claim(namespaceOf(set), name)
      return (
        claim && (claim.status?.phase !== 'Bound' || claim.metadata?.deletionTimestamp || isChanging(claim))
      )
    })
}

/** It is to grow, or to get another VolumeAttributesClass; only events tell whether anybody works on it. */
function isChanging(claim: PersistentVolumeClaim): boolean {
  const {spec, status} = claim
  const [wanted, has] = [quantity(requestOf(claim)) ?? 0, quantity(status?.capacity?.storage) ?? Infinity]
  const wantedClass = spec?.volumeAttributesClassName || undefined
  return (
    wanted > has || (wantedClass !== undefined && wantedClass !== status?.currentVolumeAttributesClassName)
  )
}
