/** A way through a picture that is longer than the terminal. */
export type Move = 'up' | 'down' | 'pageUp' | 'pageDown' | 'start' | 'end'

/** What terminals send (xterm, VT220, Linux console), and the letters of less and vi. */
const KEYS: Readonly<Record<string, Move>> = {
  '\u001b[A': 'up',
  '\u001bOA': 'up',
  k: 'up',
  '\u001b[B': 'down',
  '\u001bOB': 'down',
  j: 'down',
  '\u001b[5~': 'pageUp',
  b: 'pageUp',
  '\u001b[6~': 'pageDown',
  ' ': 'pageDown',
  '\u001b[H': 'start',
  '\u001b[1~': 'start',
  g: 'start',
  '\u001b[F': 'end',
  '\u001b[4~': 'end',
  G: 'end',
}

/** Moves for what was typed; several keys may come at once. */
export function movesOf(typed: string): readonly Move[] {
  const keys = typed.match(/\u001b(?:\[\d*[A-Z~]|O[A-Z])|[^\u001b]/g) ?? []
  return keys.flatMap((key) => KEYS[key] ?? [])
}

/** The first line to show after a move, of so many, where so many fit. */
export function moved(top: number, move: Move, length: number, room: number): number {
  const page = Math.max(1, room - 1)
  const steps = {up: -1, down: 1, pageUp: -page, pageDown: page, start: -length, end: length}
  return within(top + steps[move], length, room)
}

/** So that the last page is full. */
export function within(top: number, length: number, room: number): number {
  return Math.max(0, Math.min(top, length - room))
}
