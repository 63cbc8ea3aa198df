import type {KubernetesObject} from '../../model/objects.ts'
import type {Need} from '../../model/scope.ts'
import {type ClusterSnapshot, type Omission, snapshotOf} from '../../model/snapshot.ts'
import {assemble, type NeedResult, type Seen} from '../assemble.ts'
import {now, type Reading} from '../collect.ts'
import {withVersion} from '../server-version.ts'
import {isKnown, type Wrong} from '../shape/wrong.ts'
import {createStore, keyOf, type Store} from './store.ts'
import type {ToldVersion} from './version.ts'
import {createWakeUp, type WakeUp} from './wake-up.ts'

/** What is known of one need. */
export interface NeedRecord {
  readonly need: Need
  isSeen(): boolean
  replace(listed: Seen): void
  put(object: KubernetesObject): void
  /** One that makes no sense any more: what it was before is not known to be so. */
  leaveOut(wrong: Wrong): void
  remove(object: KubernetesObject): void
  omit(omission: Omission): void
}

/** What is known of all needs. */
export interface NeedRecords {
  readonly records: readonly NeedRecord[]
  readonly changed: WakeUp
  /** Grows with each change. */
  revision(): number
  tellVersion(version: ToldVersion): void
  /** Each need has its answer, be it an omission, and so has the question for the server's version. */
  isComplete(): boolean
  /** The state of this moment; later changes don't touch it. */
  snapshot(): ClusterSnapshot
}

type State = 'unknown' | 'seen' | Omission

interface Shelf {
  readonly need: Need
  readonly store: Store
  /** What is left out, by what it is known by. */
  readonly wrong: Map<string, Wrong>
  state: State
}

export function createNeedRecords({keep, connection}: Reading, needs: readonly Need[]): NeedRecords {
  let heard = 0
  let revision = 0
  const changed = createWakeUp()
  const touch = () => {
    revision++
    changed.ring()
  }
  let server: {readonly version: ToldVersion} | undefined
  const shelves = needs.map(
    (need): Shelf => ({
      need,
      store: createStore(keep(need.resource), () => heard++),
      wrong: new Map(),
      state: 'unknown',
    }),
  )
  return {
    records: shelves.map((shelf) => recordOn(shelf, touch)),
    changed,
    revision: () => revision,
    tellVersion: (version) => {
      server = {version}
      touch()
    },
    isComplete: () => server !== undefined && shelves.every(({state}) => state !== 'unknown'),
    snapshot: () =>
      withVersion(assemble(snapshotOf(now()), needs, answers(shelves), connection.server), server?.version),
  }
}

function recordOn(shelf: Shelf, touch: () => void): NeedRecord {
  const {need, store, wrong} = shelf
  return {
    need,
    isSeen: () => shelf.state === 'seen',
    replace(listed) {
      store.replace(listed.objects)
      wrong.clear()
      for (const each of listed.wrong ?? []) wrong.set(wrongKey(each), each)
      shelf.state = 'seen'
      touch()
    },
    put(object) {
      const isMended = wrong.delete(keyOf(object))
      if (store.put(object) || isMended) touch()
    },
    leaveOut(found) {
      store.remove(found.object)
      wrong.set(wrongKey(found), found)
      touch()
    },
    remove(object) {
      const isMended = wrong.delete(keyOf(object))
      if (store.remove(object) || isMended) touch()
    },
    omit(omission) {
      if (isSame(shelf.state, omission)) return
      store.clear()
      wrong.clear()
      shelf.state = omission
      touch()
    },
  }
}

function wrongKey(wrong: Wrong): string {
  return isKnown(wrong) ? keyOf(wrong.object) : wrong.problem
}

function isSame(state: State, {reason, message}: Omission): boolean {
  return typeof state === 'object' && state.reason === reason && state.message === message
}

function answers(shelves: readonly Shelf[]): readonly NeedResult[] {
  return shelves.map((shelf, index) =>
    typeof shelf.state === 'object' ? shelf.state : seenOf(shelf, shelves.toSpliced(index, 1)),
  )
}

function seenOf(shelf: Shelf, others: readonly Shelf[]): Seen {
  const wrong = [...shelf.wrong.values()]
  return {objects: objectsOf(shelf, others), ...(wrong.length > 0 && {wrong})}
}

// Two needs may ask for the same object: it is told once, by the one that has heard of it last.
function objectsOf({need, store}: Shelf, others: readonly Shelf[]): readonly KubernetesObject[] {
  const rivals = others.filter((other) => other.need.resource === need.resource)
  if (rivals.length === 0) return store.objects()
  return store.objects().filter((object) => {
    const heard = heardOf(store, object)
    return !rivals.some((rival) => heardOf(rival.store, object) > heard)
  })
}

function heardOf(store: Store, object: KubernetesObject): number {
  return store.entryOf(keyOf(object))?.heard ?? -1
}
