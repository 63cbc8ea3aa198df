/** Turns for what may not all run at a time. */
interface Slots {
  /** Runs it, now or when its turn comes. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** So many may run at a time from now on; never fewer than before. */
  widen(count: number): void
}

/** Slots for at most `count` at a time; the others wait for their turn. */
export function createSlots(count: number): Slots {
  const waiting: (() => void)[] = []
  let size = count
  let free = count

  function next(): void {
    while (free > 0 && waiting.length > 0) {
      free--
      waiting.shift()?.()
    }
  }

  async function run<T>(work: () => Promise<T>): Promise<T> {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      free++
      next()
    }
  }

  function widen(wanted: number): void {
    free += Math.max(0, wanted - size)
    size = Math.max(size, wanted)
    next()
  }

  return {run, widen}
}
