/** Wakes the one who waits. A ring that nobody waits for is kept for who comes next. */
export interface Bell {
  ring(): void
  heard(): Promise<void>
}

export function createBell(): Bell {
  let next = Promise.withResolvers<void>()
  return {
    ring: () => next.resolve(),
    async heard() {
      await next.promise
      next = Promise.withResolvers()
    },
  }
}
