/** Numbers that look random and are the same for the same seed. */
export interface Seeded {
  readonly below: (limit: number) => number
  readonly chance: (percent: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
}

export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
  return {below, chance: (percent) => below(100) < percent, pick: (from) => from[below(from.length)] as never}
}
