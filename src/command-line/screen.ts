const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l'
const LEAVE = '\u001b[?7h\u001b[?25h\u001b[?1049l'

/** A terminal that shows one frame at a time, in place. */
export interface Screen {
  /** Frame for the size that the terminal has now. */
  readonly draw: (frame: (width: number) => readonly string[]) => void
  /** Gives the terminal back as it was, and leaves the last frame in its history. */
  readonly close: () => void
}

/**
 * Takes the terminal's second screen; only lines that changed are written anew, so nothing flickers. However the
 * process ends, the terminal is given back: writing to one is synchronous, so it still happens at `exit`.
 */
export function openScreen(terminal: NodeJS.WriteStream): Screen {
  let shown: readonly string[] = []
  let latest: (width: number) => readonly string[] = () => []
  // a terminal that does not know its size says 0
  const columns = () => terminal.columns || 80
  const draw = (frame: typeof latest) => {
    latest = frame
    const next = fitted(frame(columns()), terminal.rows || 24)
    terminal.write(difference(shown, next))
    shown = next
  }
  const redraw = () => {
    terminal.write('\u001b[2J')
    shown = []
    draw(latest)
  }
  let isOpen = true
  const close = () => {
    if (!isOpen) return
    isOpen = false
    process.off('exit', close)
    terminal.off('resize', redraw)
    terminal.write(LEAVE)
    terminal.write(
      latest(columns())
        .map((line) => `${line}\n`)
        .join(''),
    )
  }
  process.once('exit', close)
  terminal.write(ENTER)
  terminal.on('resize', redraw)
  return {draw, close}
}

/** As many lines as the terminal has, with how many are missing; the last line, which says how fresh it all is, stays. */
function fitted(lines: readonly string[], rows: number): readonly string[] {
  if (lines.length <= rows) return lines
  const kept = Math.max(0, rows - 2)
  const hidden = lines.length - kept - 1
  return [...lines.slice(0, kept), `… ${hidden} more lines; a larger terminal shows them`, ...lines.slice(-1)]
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

/** `q` and Ctrl-C end the show; the function that is returned gives the keyboard back. */
export function onQuit(keyboard: NodeJS.ReadStream, quit: (isInterrupt: boolean) => void): () => void {
  if (!keyboard.isTTY) return () => {}
  const read = (keys: Buffer) => {
    if (keys.includes('\u0003')) quit(true)
    else if (keys.includes('q')) quit(false)
  }
  keyboard.setRawMode(true).on('data', read).resume()
  return () => {
    keyboard.off('data', read).pause().setRawMode(false)
  }
}
