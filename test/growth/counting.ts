/** Counts how often the objects of a snapshot are looked at. */
import type {ClusterSnapshot, ResourceKey} from '../../src/model/snapshot.ts'

export type Touches = Map<ResourceKey, number>

/** The same snapshot, which adds each look at one of its objects, and each step through one of its lists, to `touches`. */
export function counting(snapshot: ClusterSnapshot, touches: Touches): ClusterSnapshot {
  const lists = Object.entries(snapshot).map(([key, value]) => {
    const isKind = Array.isArray(value) && typeof value[0] === 'object' && key !== 'omissions'
    return [key, isKind ? countingList(key as ResourceKey, value, touches) : value]
  })
  return Object.fromEntries(lists) as unknown as ClusterSnapshot
}

function countingList(kind: ResourceKey, objects: readonly object[], touches: Touches): readonly object[] {
  const touch = () => touches.set(kind, (touches.get(kind) ?? 0) + 1)
  const counted = <T extends object>(target: T, isTouch: (key: string | symbol) => boolean): T =>
    new Proxy(target, {
      get: (from, key) => {
        if (isTouch(key)) touch()
        return Reflect.get(from, key)
      },
    })
  const watched = objects.map((object) => counted(object, (key) => typeof key === 'string'))
  return counted(watched, (key) => typeof key === 'string' && /^\d+$/.test(key))
}

/** `e` of `count = size^e`, from the first to the last; 0 where nothing was counted at first. */
export function exponent(counts: readonly number[], factor: number): number {
  const [first = 0, last = 0] = [counts[0], counts.at(-1)]
  return first === 0 ? 0 : Math.log(last / first) / Math.log(factor)
}
