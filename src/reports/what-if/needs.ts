import {type Need, type Scope, within} from '../../model/scope.ts'
import {isSeen} from '../../model/seen.ts'
import type {ClusterSnapshot, ResourceKey} from '../../model/snapshot.ts'
import {all} from '../needs/lists.ts'
import type {Change} from './change.ts'

/** Where Pods may go, and what they take with them: of the whole cluster, for whoever is anywhere takes room. */
const PLACES: readonly ResourceKey[] = [
  'nodes',
  'pods',
  'persistentVolumeClaims',
  'persistentVolumes',
  'storageClasses',
  'podDisruptionBudgets',
  'statefulSets',
  'daemonSets',
]

/** Pods that are on no node: one more may take them. */
const WAITING: Need = {resource: 'pods', fieldSelector: 'spec.nodeName='}

/** What a question needs to be read, in one round. */
export function needsOf({action}: Change, scope: Scope): readonly Need[] {
  const subjects = scope.names.map(({resource, name}) => subjectNeed(resource, name, scope))
  if (action === 'join') return [...subjects, all('daemonSets'), WAITING]
  const kinds = [...PLACES, ...(action === 'update' ? (['controllerRevisions'] as const) : [])]
  const listed = kinds.map((key) => all(key, key === 'controllerRevisions' ? scope.namespace : undefined))
  return action === 'lose' && subjects.length === 0
    ? listed.map((need) => (need.resource === 'nodes' ? {...need, isSubject: true as const} : need))
    : [...listed, ...subjects]
}

function subjectNeed(resource: ResourceKey, name: string, scope: Scope): Need {
  return {resource, isSubject: true, name, ...(resource === 'nodes' ? {} : within(scope))}
}

const NAMESPACED: readonly ResourceKey[] = [
  'pods',
  'persistentVolumeClaims',
  'podDisruptionBudgets',
  'statefulSets',
  'daemonSets',
]

/** What may not be read of all namespaces is read of the one that the question is about. */
export function unseenNeeds(snapshot: ClusterSnapshot, {namespace}: Scope): readonly Need[] {
  if (namespace === undefined) return []
  return NAMESPACED.filter((key) => !isSeen(snapshot, key) && !snapshot.unread?.includes(key)).map((key) =>
    all(key, namespace),
  )
}
