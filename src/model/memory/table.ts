import {type KubernetesObject, keyOf} from '../objects.ts'
import type {Cell} from './cells.ts'
import {changedFrom} from './changed.ts'

/** The objects of one key, in the order of their list. */
interface Group extends Cell {
  members: readonly KubernetesObject[]
}

/** Keys of one object. */
export type Keys = (object: KubernetesObject) => readonly string[]

/** Objects by key, brought up to date by what has changed in their list. */
export interface Table {
  readonly update: (objects: readonly KubernetesObject[], keys: Keys) => void
  readonly get: (key: string) => readonly KubernetesObject[]
}

export interface Noticing {
  /** Somebody looks at it; whether that is written down. */
  readonly touch: (cell: Cell, objects: readonly KubernetesObject[]) => boolean
  /** It is another now. */
  readonly change: (cell: Cell) => void
}

const NOBODY: readonly KubernetesObject[] = []

export function createTable({touch, change}: Noticing): Table {
  const groups = new Map<string, Group>()
  let known: readonly KubernetesObject[] = []

  const regroup = (key: string, {gone, come}: Moves) => {
    const group = groups.get(key)
    const members = moved(group?.members ?? NOBODY, gone, come)
    if (group) group.members = members
    else groups.set(key, {members})
    if (group) change(group)
    if (group && members.length === 0) groups.delete(key)
  }
  const lookedFor = (key: string): Group => {
    const group: Group = {members: NOBODY, unread: () => group.members.length === 0 && groups.delete(key)}
    if (touch(group, NOBODY)) groups.set(key, group)
    return group
  }
  return {
    update(objects, keys) {
      for (const [key, moves] of movesBetween(known, objects, keys)) regroup(key, moves)
      known = objects
    },
    get(key) {
      const group = groups.get(key)
      if (!group) return lookedFor(key).members
      touch(group, group.members)
      return group.members
    },
  }
}

/** What leaves one group, and what comes into it. */
interface Moves {
  readonly gone: Set<KubernetesObject>
  readonly come: KubernetesObject[]
}

function movesBetween(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  keys: Keys,
): ReadonlyMap<string, Moves> {
  const moves = new Map<string, Moves>()
  const of = (key: string): Moves => {
    const found = moves.get(key) ?? {gone: new Set(), come: []}
    moves.set(key, found)
    return found
  }
  const {gone, come} = changedFrom(before, after)
  for (const object of gone) for (const key of keys(object)) of(key).gone.add(object)
  for (const object of come) for (const key of keys(object)) of(key).come.push(object)
  return moves
}

function moved(
  members: readonly KubernetesObject[],
  gone: ReadonlySet<KubernetesObject>,
  come: readonly KubernetesObject[],
): readonly KubernetesObject[] {
  if (members.length === 0) return come
  const stay = members.filter((member) => !gone.has(member))
  for (const object of come) stay.splice(placeFor(object, stay), 0, object)
  return stay
}

/** As lists of the API are ordered. */
function placeFor(object: KubernetesObject, members: readonly KubernetesObject[]): number {
  const key = keyOf(object)
  let [low, high] = [0, members.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (keyOf(members[middle] as KubernetesObject) <= key) low = middle + 1
    else high = middle
  }
  return low
}
