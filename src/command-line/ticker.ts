/** A turn that comes by itself: never two at a time, and not while it is paused. */
export interface Ticker {
  readonly pause: (isPaused: boolean) => void
  readonly stop: () => void
}

/** `onError` hears of a turn that failed; there is no other one to throw it at. */
export function createTicker(
  milliseconds: number,
  turn: () => Promise<void>,
  onError: (error: unknown) => void,
): Ticker {
  let isPaused = false
  let isBusy = false
  const tick = async () => {
    if (isPaused || isBusy) return
    isBusy = true
    try {
      await turn()
    } catch (error) {
      onError(error)
    } finally {
      isBusy = false
    }
  }
  const timer = setInterval(tick, milliseconds)
  return {
    pause: (now) => {
      isPaused = now
    },
    stop: () => clearInterval(timer),
  }
}
