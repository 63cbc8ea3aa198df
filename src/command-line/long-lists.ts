import type {Reading} from '../cluster/collect.ts'
import {type Need, needKey} from '../model/scope.ts'
import type {ClusterSnapshot} from '../model/snapshot.ts'

/** More objects than one page holds: to read such a list every few seconds is dear. */
const LONG = 500
/** So long it is followed though nobody wants it, in milliseconds: it may be wanted again. */
const PATIENCE = 60_000

interface Followed {
  readonly ending: AbortController
  /** What it holds now; absent while it is read. */
  latest?: ClusterSnapshot
  wantedAt: number
  /** It may be read and not watched, and is not tried again. */
  isRefused?: true
}

/** Lists that are followed instead of read again. */
export interface LongLists {
  /** What a need's list holds now; undefined for one that is not followed. */
  readonly latest: (need: Need) => ClusterSnapshot | undefined
  /** Follows those of which so much was read that it would be dear to read them again. */
  readonly found: (need: Need, answer: ClusterSnapshot) => void
  /** Lets go of what nobody has wanted for a while. */
  readonly want: (needs: readonly Need[]) => void
}

/** Follows until the signal. */
export function createLongLists(reading: Reading, stop: AbortSignal): LongLists {
  const lists = new Map<string, Followed>()

  const followOne = async (need: Need, list: Followed) => {
    const {follow} = await import('../cluster/watch/follow.ts')
    const signal = AbortSignal.any([stop, list.ending.signal])
    const onSnapshot = (snapshot: ClusterSnapshot) => {
      if (snapshot.omissions.length > 0) refuse(list)
      else list.latest = snapshot
    }
    // progress is told of what is asked first
    await follow({...reading, onProgress: () => {}}, [need], {signal, onSnapshot})
  }
  const refuse = (list: Followed) => {
    list.isRefused = true
    delete list.latest
    list.ending.abort()
  }
  return {
    latest: (need) => lists.get(needKey(need))?.latest,
    found(need, answer) {
      const key = needKey(need)
      if (need.name !== undefined || answer[need.resource].length <= LONG || lists.has(key)) return
      const list: Followed = {ending: new AbortController(), wantedAt: performance.now()}
      lists.set(key, list)
      // what can't be followed is read again, as any other
      const forget = () => list.isRefused ?? lists.delete(key)
      followOne(need, list).then(forget, forget)
    },
    want(needs) {
      const now = performance.now()
      for (const need of needs) {
        const list = lists.get(needKey(need))
        if (list) list.wantedAt = now
      }
      for (const {ending, wantedAt} of lists.values()) if (now - wantedAt > PATIENCE) ending.abort()
    },
  }
}
