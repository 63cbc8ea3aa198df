import type {Timing} from './timing.ts'

const FIRST = 800
const LONGEST = 30_000
const FACTOR = 2
/** Without a failure for so long the server counts as healthy. */
const RESET = 120_000

/**
 * How long to wait after one more failure, in milliseconds: as client-go's reflector (0.37 tools/cache/reflector.go)
 * does, but never longer than 30 s with the jitter.
 */
export function createBackoff({now, random}: Pick<Timing, 'now' | 'random'>): () => number {
  let base = FIRST
  let last = now()
  return () => {
    if (now() - last > RESET) base = FIRST
    last = now()
    const wait = Math.min(base * (1 + random()), LONGEST)
    base = Math.min(base * FACTOR, LONGEST)
    return wait
  }
}
