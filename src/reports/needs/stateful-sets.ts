import {isObserved, nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {ordinalsOf} from '../../model/ordinals.ts'
import {mountedClaims, type Relations} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {claimName, podName, templateNames} from '../../model/stateful-set.ts'
import {webhookNeeds} from './agents.ts'
import {all, FEW, named} from './lists.ts'
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
  const pending = lacking.filter((set) =>
    ordinalsOf(set, relations).some(
      ({pod, claims}) =>
        (pod?.status?.phase === 'Pending' && mountedClaims(pod).length > 0) ||
        claims.some(({name}) => relations.claim(namespaceOf(set), name)?.metadata?.deletionTimestamp),
    ),
  )
  const missing = lacking.flatMap((set) =>
    ordinalsOf(set, relations)
      .filter(({state, pod, holder}) => state === 'desired' && !pod && !holder)
      .map(({ordinal}) => ({namespace: namespaceOf(set), name: podName(set, ordinal)})),
  )
  return [
    ...[...new Set(pending.map(namespaceOf))].map((namespace) => all('pods', namespace)),
    ...named('pods', missing),
  ]
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
