import {groupedByEach, indexed, lazily} from './grouping.ts'
import {type ClusterSnapshot, isSeen, type Observed, type ResourceKey, seesPodsOf} from './snapshot.ts'

/** What a key leads to. */
interface Index<T> {
  readonly get: (key: string) => T | undefined
}

/** How relations find things: in a snapshot once, or in one after the other (`memory/`). */
export interface LookUps {
  readonly snapshot: ClusterSnapshot
  readonly sees: (key: ResourceKey, name?: string) => boolean
  /** Whether absence of a Pod of the set with that UID says something. */
  readonly seesPodsOf: (uid: string | undefined) => boolean
  /** The object of that key; an index is known by its name. */
  readonly index: <K extends ResourceKey>(
    name: string,
    kind: K,
    key: (object: Observed[K][number]) => string,
  ) => Index<Observed[K][number]>
  /** All objects of that key, in the order of the list. */
  readonly groups: <K extends ResourceKey>(
    name: string,
    kind: K,
    keys: (object: Observed[K][number]) => readonly string[],
  ) => Index<readonly Observed[K][number][]>
  /**
   * What `find` answers about that object, worked out once; `what` names the question. Whatever else it is made of, and does
   * not look up itself, is `given`.
   */
  readonly once: <T>(what: string, of: object, find: () => T, given?: readonly unknown[]) => T
}

/** Look-ups in one snapshot, which does not change. */
export function lookUpsIn(snapshot: ClusterSnapshot): LookUps {
  return {
    snapshot,
    sees: (key, name) => isSeen(snapshot, key, name),
    seesPodsOf: (uid) => seesPodsOf(snapshot, uid),
    index: (_, kind, key) => lazy(() => indexed<Observed[typeof kind][number]>(snapshot[kind], key)),
    groups: (_, kind, keys) => lazy(() => groupedByEach<Observed[typeof kind][number]>(snapshot[kind], keys)),
    once: answers(),
  }
}

/** Remembers answers by question and object. */
function answers(): LookUps['once'] {
  const known = new Map<string, WeakMap<object, unknown>>()
  return <T>(what: string, of: object, find: () => T, given: readonly unknown[] = []): T => {
    // nobody asks for the same twice
    if (given.length > 0) return find()
    const ofWhat = known.get(what) ?? new WeakMap<object, unknown>()
    known.set(what, ofWhat)
    if (!ofWhat.has(of)) ofWhat.set(of, find())
    return ofWhat.get(of) as T
  }
}

/** Every kind is indexed when somebody asks for it first. */
function lazy<T>(make: () => Index<T>): Index<T> {
  const index = lazily(make)
  return {get: (key) => index().get(key)}
}
