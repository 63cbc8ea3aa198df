import {customSet, knownKind} from '../../model/custom/known-kinds.ts'
import type {CustomSet} from '../../model/custom/members.ts'
import type {CustomObject} from '../../model/custom/object.ts'
import {namespaceOf, type Pod} from '../../model/objects.ts'
import {isAvailable, isTerminating} from '../../model/pod.ts'
import {type Relations, relate} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import {isRequested, placeNeeds} from '../needs/places.ts'
import {troubleNeeds} from '../needs/pods.ts'

/**
 * What is read about objects of operators, once they are known: their Pods, found by their owner references among those of the namespace,
 * and what these stand on.
 */
export function customNeeds(snapshot: ClusterSnapshot): readonly Need[] {
  const relations = relate(snapshot)
  const objects = snapshot.custom ?? []
  if (!isRequested('pods', relations)) return objects.map(podsOf)
  const sets = objects.map((object) => customSet(object, relations))
  return sets.flatMap((set) => standing(set, relations))
}

function podsOf(object: CustomObject): Need {
  const labelSelector = knownKind(object.of).podQueryOf?.(object)
  const namespace = namespaceOf(object)
  return {
    resource: 'pods',
    isSubject: true,
    ...(namespace !== '' && {namespace}),
    ...(labelSelector !== undefined && {labelSelector}),
  }
}

function standing({object, members, minReadySeconds}: CustomSet, relations: Relations): readonly Need[] {
  const pods = members.flatMap(({pod}) => pod ?? [])
  const namespace = namespaceOf(object)
  const names = members.flatMap((member) => member.sought ?? member.claims.map(({name}) => name))
  const claims = names.map((name) => ({namespace, name}))
  const isWell = (pod: Pod) =>
    isAvailable(pod, minReadySeconds, relations.snapshot.observedAt) && !isTerminating(pod)
  return [
    ...placeNeeds({pods, claims, isSearching: pods.some(({spec}) => !spec?.nodeName)}, relations),
    ...troubleNeeds(
      pods.filter((pod) => !isWell(pod)),
      relations,
    ),
  ]
}
