import type {Relations} from '../model/relations.ts'
import type {Need, Scope} from '../model/scope.ts'
import type {ResourceKey} from '../model/snapshot.ts'
import {rolloutQuestion} from './rollout.ts'

/** So many are asked for by their names; of more one list is less to ask for. */
const FEW = 5

/** A name, and where it is. */
export interface Place {
  readonly namespace?: string
  readonly name: string
}

/** These objects: by their names where they are few, else the list that holds them all. */
export function named(resource: ResourceKey, places: readonly Place[]): readonly Need[] {
  const distinct = [...new Map(places.map((place) => [`${place.namespace}/${place.name}`, place])).values()]
  if (distinct.length <= FEW) return distinct.map((place) => ({resource, ...place}))
  const namespaces = new Set(distinct.map(({namespace}) => namespace))
  const [namespace] = namespaces
  return [{resource, ...(namespaces.size === 1 && namespace !== undefined && {namespace})}]
}

/** What has been said about these objects, all of one kind and namespace. */
export function eventsAbout(
  kind: string,
  namespace: string | undefined,
  names: readonly string[],
): readonly Need[] {
  const distinct = [...new Set(names)]
  const about = distinct.length > FEW ? [''] : distinct.map((name) => `,involvedObject.name=${name}`)
  return about.map((name) => ({
    resource: 'events',
    ...(namespace !== undefined && {namespace}),
    fieldSelector: `involvedObject.kind=${kind}${name}`,
  }))
}

/** The whole list, of one namespace or of all. */
export function all(resource: ResourceKey, namespace?: string): Need {
  return {resource, ...(namespace !== undefined && {namespace})}
}

/** Whether the controller runs at all, where a rollout asks for that. */
export function leaseNeeds({snapshot}: Relations, scope: Scope): readonly Need[] {
  return rolloutQuestion.more(snapshot, scope).filter(({resource}) => resource === 'leases')
}
