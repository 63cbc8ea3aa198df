import {mountedClaims} from '../../model/mounted-claims.ts'
import {isObserved, nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {ordinalsOf} from '../../model/ordinals.ts'
import type {Relations} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {claimName, podName, templateNames} from '../../model/stateful-set.ts'
import {webhookNeeds} from './agents.ts'
import {all, FEW, MANY, named, type ObjectName} from './lists.ts'
import {troubleNeeds, unwellPodsOf} from './pods.ts'
import {servedNeeds} from './served.ts'

/** Whether its controller runs at all is asked only of a set that it has not looked at. */
export const CONTROLLER_LEASE: Need = {
  resource: 'leases',
  namespace: 'kube-system',
  name: 'kube-controller-manager',
}

/**
 * What has to be read besides StatefulSets and their Pods to tell why some of them are not well, the same for every question;
 * nothing for sets that are. `others` selects the Pods that are not read yet; undefined where only the sets' own are.
 */
export function statefulSetNeeds(
  sets: readonly StatefulSet[],
  others: string | undefined,
  scope: Scope,
  relations: Relations,
): readonly Need[] {
  if (!relations.sees('pods') && relations.snapshot.pods.length === 0) return []
  const lacking = sets.filter((set) => isLacking(set, relations))
  const behind = sets.filter((set) => !isObserved(set))
  const unwell = sets.flatMap((set) => unwellPodsOf(set, relations))
  return [
    ...otherPods(lacking, others, scope, relations),
    ...claimNeeds(lacking, relations),
    ...condemnedClaims(sets, relations),
    ...setEvents([...new Set([...lacking, ...behind])], scope),
    ...(sets.some(isUnderWay) ? [all('controllerRevisions', scope.namespace)] : []),
    ...(behind.length > 0 ? [CONTROLLER_LEASE] : []),
    ...webhookNeeds(relations),
    ...servedNeeds(sets, relations),
    ...troubleNeeds(unwell, relations),
  ]
}

/**
 * One may hold the name of an ordinal that has no Pod, what a Pod that has not begun wants to mount, or a claim that is to be
 * deleted before another can be created.
 */
function otherPods(
  lacking: readonly StatefulSet[],
  others: string | undefined,
  scope: Scope,
  relations: Relations,
): readonly Need[] {
  if (lacking.length === 0) return []
  if (others !== undefined) return [{resource: 'pods', ...within(scope), labelSelector: others}]
  const pending = lacking.filter((set) => isHeldUp(set, relations))
  return [
    ...[...new Set(pending.map(namespaceOf))].map((namespace) => all('pods', namespace)),
    ...named('pods', missingPods(lacking, relations)),
  ]
}

/** Any Pod may hold what one of its Pods waits for, or a claim that has to go first. */
function isHeldUp(set: StatefulSet, relations: Relations): boolean {
  return ordinalsOf(set, relations).some(
    ({pod, claims}) =>
      (pod?.status?.phase === 'Pending' && mountedClaims(pod).length > 0) ||
      claims.some(({name}) => relations.claim(namespaceOf(set), name)?.metadata?.deletionTimestamp),
  )
}

/** Names that no Pod of the set has; whether another one has them is known of those that were read. */
function missingPods(sets: readonly StatefulSet[], relations: Relations): readonly ObjectName[] {
  return sets.flatMap((set) =>
    ordinalsOf(set, relations)
      .filter(({state, pod, holder}) => state === 'desired' && !pod && !holder)
      .map(({ordinal}) => ({namespace: namespaceOf(set), name: podName(set, ordinal)})),
  )
}

/**
 * The same needs, without the list of all other Pods where a few names tell as much: for who reads once. Who follows changes
 * has one list in place of ever more names.
 */
export function byFewNames(
  needs: readonly Need[],
  others: string,
  sets: readonly StatefulSet[],
  relations: Relations,
): readonly Need[] {
  const isOthers = ({resource, labelSelector}: Need) => resource === 'pods' && labelSelector === others
  const lacking = sets.filter((set) => isLacking(set, relations))
  const missing = missingPods(lacking, relations)
  const isFew = missing.length <= MANY && !lacking.some((set) => isHeldUp(set, relations))
  return isFew ? [...needs.filter((need) => !isOthers(need)), ...named('pods', missing)] : needs
}

function isUnderWay(set: StatefulSet): boolean {
  return !isObserved(set) || set.status?.currentRevision !== set.status?.updateRevision
}

/** An ordinal has no Pod, or one that has not begun. */
function isLacking(set: StatefulSet, relations: Relations): boolean {
  return relations.once('isLacking', set, () =>
    ordinalsOf(set, relations).some(
      ({state, pod}) => state === 'desired' && (!pod || pod.status?.phase === 'Pending'),
    ),
  )
}

/** Claims of the ordinals that lack a Pod. */
function claimNeeds(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  const places = sets.flatMap((set) =>
    ordinalsOf(set, relations)
      .filter(({state, pod}) => state === 'desired' && (!pod || pod.status?.phase === 'Pending'))
      .flatMap(({ordinal}) => claimsOf(set, ordinal)),
  )
  return named('persistentVolumeClaims', places)
}

/** Claims that go with the Pods that a scale-down takes away. */
function condemnedClaims(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  const deleting = sets.filter(
    ({spec}) => spec?.persistentVolumeClaimRetentionPolicy?.whenScaled === 'Delete',
  )
  const places = deleting.flatMap((set) =>
    ordinalsOf(set, relations)
      .filter(({state, pod}) => state === 'condemned' && pod)
      .flatMap(({ordinal}) => claimsOf(set, ordinal)),
  )
  return named('persistentVolumeClaims', places)
}

function claimsOf(set: StatefulSet, ordinal: number) {
  return templateNames(set).map((template) => ({
    namespace: namespaceOf(set),
    name: claimName(template, set, ordinal),
  }))
}

/** What the controllers have said of these sets. */
function setEvents(sets: readonly StatefulSet[], scope: Scope): readonly Need[] {
  const names = sets.length > FEW ? [''] : sets.map((set) => `,involvedObject.name=${nameOf(set)}`)
  return names.map((name) => ({
    resource: 'events',
    ...within(scope),
    fieldSelector: `involvedObject.kind=StatefulSet${name}`,
  }))
}
