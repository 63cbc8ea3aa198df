import type {Lines} from '../render/blocks.ts'
import {type Move, moved, movesOf, within} from './scrolling.ts'

const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l'
const LEAVE = '\u001b[?7h\u001b[?25h\u001b[?1049l'

/** What is shown: an answer, and a line that is always in sight. */
export interface Picture {
  readonly lines: (width: number) => Lines
  /** For how much of the answer is in sight; empty: all. */
  readonly foot: (place: string) => string
}

/** A terminal that shows one picture at a time, in place. */
export interface Screen {
  /** Picture for the size that the terminal has now. */
  readonly draw: (picture: Picture) => void
  readonly scroll: (move: Move) => void
  /** Gives the terminal back as it was, and leaves the last picture in its history. */
  readonly close: () => void
}

/**
 * Takes the terminal's second screen; only lines that changed are written again, so nothing flickers. However the
 * process ends, the terminal is given back: writing to one is synchronous, so it still happens at `exit`.
 */
export function openScreen(terminal: NodeJS.WriteStream): Screen {
  let shown: readonly string[] = []
  let latest: Picture | undefined
  let top = 0
  // a terminal that does not know its size says 0
  const columns = () => terminal.columns || 80
  const rows = () => terminal.rows || 24
  const draw = (picture: Picture) => {
    latest = picture
    const lines = picture.lines(columns())
    top = within(top, lines.length, roomFor(lines, rows()))
    const next = fitted(lines, picture, top, rows())
    terminal.write(difference(shown, next))
    shown = next
  }
  const redraw = () => {
    terminal.write('\u001b[2J')
    shown = []
    if (latest) draw(latest)
  }
  const scroll = (move: Move) => {
    if (!latest) return
    const lines = latest.lines(columns())
    top = moved(top, move, lines.length, roomFor(lines, rows()))
    draw(latest)
  }
  let isOpen = true
  const close = () => {
    if (!isOpen) return
    isOpen = false
    process.off('exit', close)
    terminal.off('resize', redraw)
    terminal.write(LEAVE)
    const last = latest ? [...latest.lines(columns()).slice(), '', latest.foot('')] : []
    terminal.write(last.map((line) => `${line}\n`).join(''))
  }
  process.once('exit', close)
  terminal.write(ENTER)
  terminal.on('resize', redraw)
  return {draw, scroll, close}
}

/** Rows for the answer: all but the last, and an empty one above that where there is room for it. */
function roomFor(lines: Lines, rows: number): number {
  return lines.length <= rows - 2 ? rows - 2 : Math.max(1, rows - 1)
}

/** As much as the terminal has room for, and the line that is always in sight. */
function fitted(lines: Lines, {foot}: Picture, top: number, rows: number): readonly string[] {
  const room = roomFor(lines, rows)
  if (lines.length <= rows - 2) return [...lines.slice(), '', foot('')]
  const part = lines.slice(top, top + room)
  return [...part, foot(`lines ${top + 1}-${top + part.length} of ${lines.length}: ↑ ↓ PgUp PgDn`)]
}

/**
 * What turns one frame into the next, for changed lines only: a jump, the old line erased, the new one. Erased
 * first: after a line as wide as the terminal the cursor stands on its last character.
 */
export function difference(shown: readonly string[], next: readonly string[]): string {
  const count = Math.max(shown.length, next.length)
  return Array.from({length: count}, (_, row) => {
    if (shown[row] === next[row]) return ''
    return `\u001b[${row + 1};1H\u001b[K${next[row] ?? ''}\u001b[0m`
  }).join('')
}

/** What keys do. */
export interface KeyActions {
  readonly quit: (isInterrupt: boolean) => void
  readonly scroll: (move: Move) => void
}

/** `q` and Ctrl-C end the show, others scroll; the function that is returned gives the keyboard back. */
export function onKeys(keyboard: NodeJS.ReadStream, {quit, scroll}: KeyActions): () => void {
  if (!keyboard.isTTY) return () => {}
  const read = (keys: Buffer) => {
    if (keys.includes('\u0003')) quit(true)
    else if (keys.includes('q')) quit(false)
    else movesOf(keys.toString('latin1')).forEach(scroll)
  }
  keyboard.setRawMode(true).on('data', read).resume()
  return () => {
    keyboard.off('data', read).pause().setRawMode(false)
  }
}
