import {type Need, needKey, type Scope} from '../../model/scope.ts'
import type {ResourceKey} from '../../model/snapshot.ts'

/** So many lists are requested one by one, each of which a server has to search; of more one list is cheaper. */
export const FEW = 5

/** So many objects are requested by their names: a server looks each of them up. */
export const MANY = 40

/** Whether so little is asked about that names are better than lists. */
export function isNarrow({namespace, names}: Scope): boolean {
  return namespace !== undefined && names.length <= MANY
}

/** A name, and where it is. */
export interface ObjectName {
  readonly namespace?: string
  readonly name: string
}

/** These objects: by their names where they are few, else the list that holds them all. */
export function named(resource: ResourceKey, places: readonly ObjectName[]): readonly Need[] {
  const distinct = [...new Map(places.map((place) => [`${place.namespace}/${place.name}`, place])).values()]
  if (distinct.length <= MANY) return distinct.map((place) => ({resource, ...place}))
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

/** Further needs, each once, without those that the first ones or their whole lists answer. */
export function beyond(first: readonly Need[], further: readonly Need[]): readonly Need[] {
  const asked = new Set(first.map(needKey))
  const distinct = new Map(further.map((need) => [needKey(need), need]))
  const isListed = ({resource, name}: Need) =>
    name !== undefined && first.some((each) => each.resource === resource && each.name === undefined)
  return [...distinct].filter(([key, need]) => !asked.has(key) && !isListed(need)).map(([, need]) => need)
}
