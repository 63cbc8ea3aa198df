import {meetsQuery, parseLabelQuery} from './label-query.ts'
import {type KubernetesObject, nameOf, namespaceOf} from './objects.ts'
import type {Need} from './scope.ts'
import {withRequested} from './seen.ts'
import {type ClusterSnapshot, isBroken, type Omission, type ResourceKey} from './snapshot.ts'

/**
 * Snapshot with what a server would have sent for these needs, of one that holds more, as files do: objects that a need
 * selects, and omissions of kinds that are needed.
 */
export function asRequested(snapshot: ClusterSnapshot, needs: readonly Need[]): ClusterSnapshot {
  const byResource = Map.groupBy(needs, ({resource}) => resource)
  const {observedAt, server, logs, usage, custom, omissions, unread, named, inPart, ...lists} = snapshot
  const chosen = Object.entries(lists).map(([key, objects]) => {
    const isWanted = selectorOf(byResource.get(key as ResourceKey) ?? [])
    return [key, objects.filter(isWanted)]
  })
  const needed = new Map(needs.map(({resource}) => [resource.toLowerCase(), false]))
  for (const {resource, isExtra} of needs) if (!isExtra) needed.set(resource.toLowerCase(), true)
  const isTold = (each: Omission) => needed.get(each.resource) ?? each.resource === 'version'
  const seen = {
    ...snapshot,
    ...Object.fromEntries(chosen),
    omissions: omissions.filter((each) => isTold(each) || (isBroken(each) && needed.has(each.resource))),
  }
  return withRequested(seen, needs)
}

type Selects = (object: KubernetesObject) => boolean

/** Whether one of these needs, all of one kind, selects an object. */
function selectorOf(needs: readonly Need[]): Selects {
  const selectors = needs.map(selects)
  return (object) => selectors.some((isSelected) => isSelected(object))
}

function selects({resource, namespace, name, labelSelector = '', fieldSelector}: Need): Selects {
  // where a file was written or redacted by people, an attachment need not have the name that the controller gives
  if (resource === 'volumeAttachments') return () => true
  const query = queryOf(labelSelector)
  if (!query) return () => false
  const terms = fieldSelector?.split(',').map((term) => term.split('=')) ?? []
  const isWithin = (object: KubernetesObject) => namespace === undefined || namespaceOf(object) === namespace
  // what is requested by its name is sent whatever its labels are
  if (name !== undefined) return (object) => isWithin(object) && nameOf(object) === name
  return (object) =>
    isWithin(object) &&
    meetsQuery(query, object.metadata?.labels) &&
    terms.every(([field = '', value]) => textAt(object, field) === value)
}

/** Undefined for what a server refuses: the labels of a set in a file may be any text. What a person asks for was checked before. */
function queryOf(labelSelector: string) {
  try {
    return parseLabelQuery(labelSelector)
  } catch {
    return undefined
  }
}

/** Text of the field at such a path as `spec.nodeName`; empty where there is none, as a server has it. */
function textAt(object: KubernetesObject, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], object)
  return value === undefined || value === null ? '' : String(value)
}
