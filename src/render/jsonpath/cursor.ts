/** A place in a text that moves on, by whole characters. */
export interface Cursor {
  /** The character there; empty at the end. */
  readonly peek: () => string
  /** The character there, which is then behind. */
  readonly next: () => string
  /** Whether this stands there; then it is behind. */
  readonly takes: (text: string) => boolean
  /** What stands before this text, or before the end. */
  readonly until: (text: string) => string
  /** What `move` has left behind. */
  readonly passed: (move: () => void) => string
  /** The character before the last one. */
  readonly beforeLast: () => string
}

export function createCursor(text: string): Cursor {
  let at = 0
  const peek = () => {
    const code = text.codePointAt(at)
    return code === undefined ? '' : String.fromCodePoint(code)
  }
  const passed = (move: () => void) => {
    const start = at
    move()
    return text.slice(start, at)
  }
  return {
    peek,
    passed,
    next: () => {
      const character = peek()
      at += character.length
      return character
    },
    takes: (expected) => {
      const isThere = text.startsWith(expected, at)
      if (isThere) at += expected.length
      return isThere
    },
    until: (end) =>
      passed(() => {
        const found = text.indexOf(end, at)
        at = found < 0 ? text.length : found
      }),
    beforeLast: () => text.charAt(at - 2),
  }
}
