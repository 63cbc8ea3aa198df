import {groupedByEach, indexed, lazily} from './grouping.ts'
import {isSeen, seesPodsOf} from './seen.ts'
import type {ClusterSnapshot, Observed, ResourceKey} from './snapshot.ts'

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
    index: (name, kind, key) =>
      lazy(() =>
        ofList(snapshot[kind], name, () => indexed<Observed[typeof kind][number]>(snapshot[kind], key)),
      ),
    groups: (name, kind, keys) =>
      lazy(() =>
        ofList(snapshot[kind], name, () =>
          groupedByEach<Observed[typeof kind][number]>(snapshot[kind], keys),
        ),
      ),
    once: answers(),
  }
}

/** Remembers answers by question and object. */
function answers(): LookUps['once'] {
  // objects of a snapshot, which lives as long as what is known of it
  const answered = new Map<string, Map<object, {readonly answer: unknown}>>()
  return <T>(what: string, of: object, find: () => T, given: readonly unknown[] = []): T => {
    // nobody asks for the same twice
    if (given.length > 0) return find()
    const ofWhat = answered.get(what) ?? new Map<object, {readonly answer: unknown}>()
    answered.set(what, ofWhat)
    const found = ofWhat.get(of) ?? {answer: find()}
    ofWhat.set(of, found)
    return found.answer as T
  }
}

/** Each round of questions makes a snapshot, most of whose lists are those of the one before. */
const known = new WeakMap<readonly object[], Map<string, unknown>>()

/** What is made of that list alone, and known by that name. */
function ofList<T>(list: readonly object[], name: string, make: () => T): T {
  const made = known.get(list) ?? new Map<string, unknown>()
  known.set(list, made)
  if (!made.has(name)) made.set(name, make())
  return made.get(name) as T
}

/** Every kind is indexed when somebody asks for it first. */
function lazy<T>(make: () => Index<T>): Index<T> {
  const index = lazily(make)
  return {get: (key) => index().get(key)}
}
