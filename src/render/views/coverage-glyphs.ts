import type {CoveredNode} from '../../reports/coverage/report.ts'
import type {Tone} from '../view.ts'

const GLYPHS: Readonly<Record<CoveredNode['state'], string>> = {
  Running: 'R',
  NotReady: 'N',
  Pending: 'P',
  Terminating: 'T',
  Missing: 'M',
  Excluded: '.',
  Misscheduled: 'X',
  NodeGone: 'G',
  Unknown: '?',
}
const MEANINGS: Readonly<Record<string, string>> = {
  R: 'running',
  r: 'running, old revision',
  N: 'not ready',
  P: 'pending',
  T: 'terminating',
  M: 'missing',
  '.': 'excluded',
  X: 'misscheduled',
  G: 'node gone',
  '?': 'unknown',
}

/** For a node that a DaemonSet does not list. */
export const ABSENT = {gone: GLYPHS.Excluded, unknown: GLYPHS.Unknown}

/** The letter for a DaemonSet on a node. */
export function glyphOf({state, updated}: CoveredNode): string {
  return state === 'Running' && updated === false ? 'r' : GLYPHS[state]
}

/** Nothing is to be said about it. */
export function isQuiet(glyph: string): boolean {
  return glyph === 'R' || glyph === '.'
}

/** What the letters that are used mean; on a terminal a pair is never broken over two rows. */
export function legendText(used: ReadonlySet<string>, width: number | undefined): string {
  const pairs = Object.entries(MEANINGS)
    .filter(([glyph]) => used.has(glyph))
    .map(([glyph, meaning]) => `${glyph} ${meaning}`)
  return (width === undefined ? pairs : pairs.map((text) => text.replaceAll(' ', '\u00a0'))).join('   ')
}

const TONES: Readonly<Record<string, Tone>> = {
  M: 'error',
  N: 'error',
  r: 'warn',
  P: 'warn',
  T: 'warn',
  X: 'warn',
  G: 'warn',
  '.': 'muted',
  '?': 'muted',
}

/** Of one letter. */
export function toneOf(glyph: string): Tone | undefined {
  return TONES[glyph]
}
