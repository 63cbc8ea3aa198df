import {clean} from '../model/clean.ts'
import type {Lines} from '../render/blocks.ts'
import {changed} from '../render/changing.ts'
import {widthOf} from './output.ts'
import {openScreen, type Screen} from './screen.ts'
import type {Move} from './scrolling.ts'

/** One answer of a question that is asked for as long as somebody watches. */
export interface Frame {
  /** RFC 3339. */
  readonly observedAt: string
  /** The answer for a terminal that wide; undefined: for a pipe. */
  readonly lines: (width: number | undefined) => Lines
  /** What may change, by what it is about: `shop/agent/node-7` → its line. */
  readonly changing: ReadonlyMap<string, string>
  /** Sentence for what may not be seen. */
  readonly omitted?: string
  /** Kinds that could not be seen. */
  readonly unseen?: readonly string[]
  /** Workloads of whose parts nothing is known at the moment, by the keys of their lines; `shop/sts/db` for `shop/sts/db/db-0`. */
  readonly vague?: readonly string[]
  /** What a wait makes of it; absent where nobody waits. */
  readonly verdict?: WaitVerdict
}

/** What a wait makes of an answer. */
export interface WaitVerdict {
  readonly isOver: boolean
  readonly isGood: boolean
  /** One look is enough. */
  readonly isSure: boolean
  /** The last words of a wait that fails. */
  readonly words: string
}

/** Where answers go while somebody watches. */
export interface Display {
  readonly show: (frame: Frame) => void
  readonly note: (line: string) => void
  /** Another part of an answer that is longer than the terminal. */
  readonly scroll: (move: Move) => void
  readonly close: () => void
}

/** Shows nothing but what can't be kept up to date. */
export const SILENT: Display = {
  show: () => {},
  note: (line) => void process.stderr.write(`${clean(line)}\n`),
  scroll: () => {},
  close: () => {},
}

/** Draws in place, with a last line that says how fresh the picture is. */
export function onTerminal(terminal: NodeJS.WriteStream): Display {
  // not before there is something to show: whoever tells of progress meanwhile has the terminal to itself
  let screen: Screen | undefined
  let notes = ''
  let latest: Frame | undefined
  const draw = () => {
    const frame = latest
    if (!frame) return
    screen ??= openScreen(terminal)
    const foot = (place: string) => [frame.observedAt, 'q quits', place, notes].filter(Boolean).join('   ')
    screen.draw({lines: frame.lines, foot})
  }
  return {
    show: (frame) => {
      latest = frame
      draw()
    },
    note: (line) => {
      notes = clean(line)
      draw()
    },
    scroll: (move) => screen?.scroll(move),
    close: () => screen?.close(),
  }
}

/** The whole answer first, then one line per change with the time that it was seen at. */
export function onPipe(out: NodeJS.WriteStream, err: NodeJS.WriteStream): Display {
  const sight = createSight()
  let before: ReadonlyMap<string, string> | undefined
  let told: string | undefined
  const note = (line: string) => void err.write(`${clean(line)}\n`)
  return {
    show: (frame) => {
      const {observedAt, lines, omitted} = frame
      const changing = sight.withHidden(frame)
      const texts = before
        ? changes(before, changing).map((line) => `${observedAt}  ${line}`)
        : lines(widthOf(out).width).slice()
      if (texts.length > 0) out.write(texts.map((text) => `${text}\n`).join(''))
      if (before && omitted && omitted !== told) note(omitted)
      before = changing
      told = omitted
    },
    note,
    scroll: () => {},
    close: () => {},
  }
}

/** Lines of frames, with those that are out of sight only because something can't be read or known any more: they may not be gone. */
function createSight() {
  let known: readonly string[] = []
  let shown: Frame['changing'] = new Map()
  let hidden: Frame['changing'] = new Map()
  return {
    withHidden({changing, unseen = [], vague = []}: Frame): Frame['changing'] {
      const isLess = unseen.some((kind) => !known.includes(kind))
      if (isLess) hidden = new Map(missing(shown, changing))
      else if (known.some((kind) => !unseen.includes(kind))) hidden = new Map()
      known = unseen
      const isVague = (key: string) => vague.some((workload) => key.startsWith(`${workload}/`))
      const parts = vague.length === 0 ? [] : missing(shown, changing).filter(([key]) => isVague(key))
      const isAll = hidden.size === 0 && parts.length === 0
      shown = isAll ? changing : new Map([...hidden, ...parts, ...changing])
      return shown
    },
  }
}

function missing(before: Frame['changing'], after: Frame['changing']): readonly [string, string][] {
  return [...before].filter(([key]) => !after.has(key))
}

/** Lines that are new or different, and those of what is gone. */
export function changes(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const {gone, come} = changed(before, after, (one, other) => squeezed(one) === squeezed(other))
  return [...gone.map((line) => `${line}   (gone)`), ...come]
}

/** Without the padding, which depends on the longest cell of all lines. */
function squeezed(line: string): string {
  return line.replaceAll(/ {2,}/g, '  ')
}
