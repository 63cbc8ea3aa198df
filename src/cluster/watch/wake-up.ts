/** Wakes the one who waits. A ring that nobody waits for is kept for who comes next. */
export interface WakeUp {
  ring(): void
  heard(): Promise<void>
}

export function createWakeUp(): WakeUp {
  let next = Promise.withResolvers<void>()
  return {
    ring: () => next.resolve(),
    async heard() {
      await next.promise
      next = Promise.withResolvers()
    },
  }
}
