import {type KubernetesObject, nameOf, namespaceOf} from '../../model/objects.ts'
import type {Keep} from '../list.ts'
import {sharing} from './sharing.ts'

/** An object, and its place in the order in which all stores have heard of theirs. */
interface Entry {
  /** Where it stands in a list. */
  readonly place: string
  readonly object: KubernetesObject
  readonly heard: number
}

/**
 * The objects of one need as the server has them now, only what is kept of each. What does not change what is kept, such as a
 * heartbeat, is no change: the object stays the one that it was.
 */
export interface Store {
  /** Objects of a list, which are already only what is kept. */
  replace(kept: readonly KubernetesObject[]): void
  /** Whether anything is different now. */
  put(object: KubernetesObject): boolean
  /** Whether it was there. */
  remove(object: KubernetesObject): boolean
  clear(): void
  entryOf(key: string): Entry | undefined
  /** In the order of a list; the same array until something changes. */
  objects(): readonly KubernetesObject[]
}

/** `nextHeard` counts over all stores. */
export function createStore(keep: Keep, nextHeard: () => number): Store {
  let entries = new Map<string, Entry>()
  let ordered: Entry[] = []
  let objects: readonly KubernetesObject[] | undefined
  const known = (key: string, object: KubernetesObject) => {
    const before = entries.get(key)?.object
    return before ? sharing(before, object) : object
  }
  const entryOf = (object: KubernetesObject): Entry => ({
    place: placeOf(object),
    object,
    heard: nextHeard(),
  })
  return {
    replace(kept) {
      const next = kept.map((object) => [keyOf(object), entryOf(known(keyOf(object), object))] as const)
      entries = new Map(next)
      ordered = [...entries.values()].toSorted(byPlace)
      objects = undefined
    },
    put(object) {
      const kept = keep(object)
      const key = keyOf(kept)
      const before = entries.get(key)
      const entry = entryOf(known(key, kept))
      entries.set(key, entry)
      ordered.splice(placeIn(ordered, before ?? entry), before ? 1 : 0, entry)
      if (before?.object === entry.object) return false
      objects = undefined
      return true
    },
    remove(object) {
      const before = entries.get(keyOf(object))
      if (!before) return false
      entries.delete(keyOf(object))
      ordered.splice(placeIn(ordered, before), 1)
      objects = undefined
      return true
    },
    clear() {
      entries = new Map()
      ordered = []
      objects = undefined
    },
    entryOf: (key) => entries.get(key),
    objects() {
      objects ??= ordered.map(({object}) => object)
      return objects
    },
  }
}

/** What an object is known by as long as it lives. */
export function keyOf(object: KubernetesObject): string {
  return object.metadata?.uid ?? placeOf(object)
}

/** Where that entry stands, or is to stand. */
function placeIn(ordered: readonly Entry[], entry: Entry): number {
  let [low, high] = [0, ordered.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ordered[middle]?.place ?? '') < entry.place) low = middle + 1
    else high = middle
  }
  // one that is gone and one that has its name now may be there at once
  for (let at = low; ordered[at]?.place === entry.place; at++) if (ordered[at] === entry) return at
  return low
}

function byPlace(left: Entry, right: Entry): number {
  return left.place < right.place ? -1 : left.place > right.place ? 1 : 0
}

// The API server lists by its key in etcd, of which these are the end.
function placeOf(object: KubernetesObject): string {
  return `${namespaceOf(object) ?? ''}/${nameOf(object)}`
}
