import {isValidRequirement} from '../../model/labels.ts'
import {namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {type Ordinal, ordinalsOf} from '../../model/ordinals.ts'
import type {Relations} from '../../model/relations.ts'
import {type Need, needKey} from '../../model/scope.ts'
import {claimName, templateNames} from '../../model/stateful-set.ts'
import {all, FEW, named, type ObjectName} from './lists.ts'
import {owned} from './owned.ts'
import {classNeeds, isPending, isRequested, nodeNeeds, placeNeeds} from './places.ts'
import {spreadNeeds} from './spread.ts'

/** What StatefulSets have, by their own selectors, and what their ordinals stand on, by name: nothing of other sets. */
export function oneSetNeeds(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  return [
    ...owned('pods', sets),
    ...owned('persistentVolumeClaims', sets),
    ...serviceNeeds(sets),
    ...standingNeeds(sets, relations),
  ]
}

/** The Services that publish the members' names. */
function serviceNeeds(sets: readonly StatefulSet[]): readonly Need[] {
  const places = sets.flatMap((set) => {
    const name = set.spec?.serviceName
    return name ? [{namespace: namespaceOf(set), name}] : []
  })
  return named('services', places)
}

/** What the Services of these sets publish: of each its own slices, of many the lists that hold them. */
export function publishedNeeds(sets: readonly StatefulSet[]): readonly Need[] {
  const isFew = sets.length <= FEW
  const lists = sets.flatMap(({metadata, spec}) => {
    const service = spec?.serviceName ?? ''
    if (!isValidRequirement({key: SERVICE_NAME, operator: 'In', values: [service]}) || !service) return []
    const list = all('endpointSlices', metadata?.namespace)
    return [isFew ? {...list, labelSelector: `${SERVICE_NAME}=${service}`} : list]
  })
  return [...new Map(lists.map((need) => [needKey(need), need])).values()]
}

const SERVICE_NAME = 'kubernetes.io/service-name'

/** What the ordinals of sets stand on, as far as it is in no namespace or has to be asked for by name. */
export function standingNeeds(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  const templates = sets.flatMap(({spec}) => spec?.volumeClaimTemplates ?? [])
  const isKnown = (['pods', 'persistentVolumeClaims'] as const).every((key) => isRequested(key, relations))
  return [
    ...classNeeds(templates),
    ...failedNeeds(sets, relations),
    ...(isKnown ? ordinalNeeds(sets, relations) : []),
  ]
}

function ordinalNeeds(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  const all = sets.flatMap((set) => ordinalsOf(set, relations).map((ordinal) => ({set, ordinal})))
  const places = {
    pods: all.flatMap(({ordinal: {pod, holder}}) => pod ?? holder ?? []),
    claims: [
      ...all.flatMap(({set, ordinal}) => claimsOf(set, ordinal)),
      ...sets.flatMap((set) => nextClaims(set, relations)),
    ],
    isSearching: all.some(({ordinal}) => isHomeless(ordinal)),
  }
  return [...placeNeeds(places, relations), ...spreadNeeds(sets, relations)]
}

/** The nodes of Pods of sets, as far as these are known. */
export function hostNeeds(sets: readonly StatefulSet[], relations: Relations): readonly Need[] {
  if (!isRequested('pods', relations)) return []
  const all = sets.flatMap((set) => ordinalsOf(set, relations))
  const pods = all.flatMap(({pod, holder}) => pod ?? holder ?? [])
  return nodeNeeds(pods, all.some(isHomeless) || hasPendingClaim(relations), relations)
}

/** What was read of claims was read because of a trouble. */
function hasPendingClaim({snapshot}: Relations): boolean {
  return snapshot.persistentVolumeClaims.some(isPending)
}

function claimsOf(set: StatefulSet, {claims}: Ordinal): readonly ObjectName[] {
  return claims.map(({name}) => ({namespace: namespaceOf(set), name}))
}

/** It has no node, and should have one. */
function isHomeless({state, pod, claims}: Ordinal): boolean {
  if (pod) return !pod.spec?.nodeName
  return state === 'desired' && claims.length > 0
}

/** So many ordinals above the last one may have claims that bear no label of the set. */
const ABOVE = 1
const ABOVE_SUCH = 10

/**
 * Claims above the last ordinal. The controller labels those that it creates, so that a list tells of them; what people have
 * created for ordinals to come is known by its name alone.
 */
function nextClaims(set: StatefulSet, relations: Relations): readonly ObjectName[] {
  const last = ordinalsOf(set, relations).at(-1)
  const next = (last?.ordinal ?? -1) + 1
  const length = last?.state === 'leftover' ? ABOVE_SUCH : ABOVE
  return Array.from({length}, (_, index) => next + index).flatMap((ordinal) =>
    templateNames(set).map((template) => ({
      namespace: namespaceOf(set),
      name: claimName(template, set, ordinal),
    })),
  )
}

/** Volumes that could not be deleted, by what is said of them: nothing else tells whose they were. */
function failedNeeds(sets: readonly StatefulSet[], {snapshot}: Relations): readonly Need[] {
  if (!sets.some((set) => templateNames(set).length > 0)) return []
  const said = snapshot.events.filter(
    ({reason, involvedObject}) =>
      reason === 'VolumeFailedDelete' && involvedObject?.kind === 'PersistentVolume',
  )
  return [
    {
      // events about what has no namespace are kept in this one
      ...all('events', 'default'),
      fieldSelector: 'involvedObject.kind=PersistentVolume,reason=VolumeFailedDelete',
      isExtra: true,
    },
    ...named(
      'persistentVolumes',
      said.map(({involvedObject}) => ({name: involvedObject?.name ?? ''})),
    ),
  ]
}
