import type {Reading} from '../cluster/collect.ts'
import type {Listed} from '../cluster/list.ts'
import {type Need, needKey} from '../model/scope.ts'
import type {ClusterSnapshot} from '../model/snapshot.ts'

/** More objects than one page holds: to read such a list a second time is dear. */
const LONG = 500
/** Whatever was read so many times is going to be read again. */
const OFTEN = 3
/** Each takes a connection for itself. */
const MOST = 20
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
export interface FollowedLists {
  /** What a need's list holds now; undefined for one that is not followed. */
  readonly latest: (need: Need) => ClusterSnapshot | undefined
  /** Follows those that are dear to read again, and those that were read often. */
  readonly found: (need: Need, answer: ClusterSnapshot, listed: Listed | undefined) => void
  /** Lets go of what nobody has wanted for a while. */
  readonly want: (needs: readonly Need[]) => void
}

/** Follows until the signal. */
export function createFollowedLists(reading: Reading, stop: AbortSignal): FollowedLists {
  const lists = new Map<string, Followed>()
  const reads = new Map<string, number>()
  const isDue = (need: Need, answer: ClusterSnapshot): boolean => {
    const key = needKey(need)
    const count = (reads.get(key) ?? 0) + 1
    reads.set(key, count)
    if (need.name !== undefined || lists.has(key) || lists.size >= MOST) return false
    return answer.omissions.length === 0 && (count >= OFTEN || answer[need.resource].length > LONG)
  }

  const followOne = async (need: Need, list: Followed, listed: Listed | undefined) => {
    const {follow} = await import('../cluster/watch/follow.ts')
    const signal = AbortSignal.any([stop, list.ending.signal])
    const onSnapshot = (snapshot: ClusterSnapshot) => {
      if (snapshot.omissions.length > 0) refuse(list)
      else list.latest = snapshot
    }
    // progress is told of what is asked first
    await follow({...reading, onProgress: () => {}}, [need], {signal, onSnapshot, ...(listed && {listed})})
  }
  const refuse = (list: Followed) => {
    list.isRefused = true
    delete list.latest
    list.ending.abort()
  }
  return {
    latest: (need) => lists.get(needKey(need))?.latest,
    found(need, answer, listed) {
      if (!isDue(need, answer)) return
      const key = needKey(need)
      const list: Followed = {ending: new AbortController(), wantedAt: performance.now()}
      lists.set(key, list)
      // what can't be followed is read again, as any other
      const forget = () => list.isRefused ?? lists.delete(key)
      followOne(need, list, listed).then(forget, forget)
    },
    want(needs) {
      const now = performance.now()
      const wanted = new Set(needs.map(needKey))
      for (const key of reads.keys()) if (!wanted.has(key)) reads.delete(key)
      for (const need of needs) {
        const list = lists.get(needKey(need))
        if (list) list.wantedAt = now
      }
      for (const {ending, wantedAt} of lists.values()) if (now - wantedAt > PATIENCE) ending.abort()
    },
  }
}
