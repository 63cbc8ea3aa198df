import {type KubernetesObject, nameOf, namespaceOf} from '../../model/objects.ts'
import type {Keep} from '../list.ts'

/** An object, and its place in the order in which all stores have heard of theirs. */
export interface Entry {
  readonly object: KubernetesObject
  readonly heard: number
}

/** The objects of one need as the server has them now, only what is kept of each. */
export interface Store {
  /** Objects of a list, which are already only what is kept. */
  replace(kept: readonly KubernetesObject[]): void
  put(object: KubernetesObject): void
  remove(object: KubernetesObject): void
  clear(): void
  /** By key, in the order of a list. */
  entries(): ReadonlyMap<string, Entry>
}

/** `nextHeard` counts over all stores. */
export function createStore(keep: Keep, nextHeard: () => number): Store {
  let entries = new Map<string, Entry>()
  let isSorted = true
  const put = (kept: KubernetesObject) => {
    const key = keyOf(kept)
    isSorted &&= entries.has(key)
    entries.set(key, {object: kept, heard: nextHeard()})
  }
  return {
    replace(kept) {
      entries = new Map()
      for (const object of kept) put(object)
    },
    put: (object) => put(keep(object)),
    remove: (object) => void entries.delete(keyOf(object)),
    clear: () => entries.clear(),
    entries() {
      if (!isSorted) entries = new Map([...entries].toSorted(byPlace))
      isSorted = true
      return entries
    },
  }
}

function keyOf(object: KubernetesObject): string {
  return object.metadata?.uid ?? placeOf(object)
}

function byPlace([, left]: [string, Entry], [, right]: [string, Entry]): number {
  const [one, other] = [placeOf(left.object), placeOf(right.object)]
  return one < other ? -1 : one > other ? 1 : 0
}

// The API server lists by its key in etcd, of which these are the end.
function placeOf(object: KubernetesObject): string {
  return `${namespaceOf(object) ?? ''}/${nameOf(object)}`
}
