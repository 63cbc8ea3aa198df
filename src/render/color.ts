import {styleText} from 'node:util'
import type {Cell, Tone} from './view.ts'

const STYLES = {
  ok: 'green',
  warn: 'yellow',
  error: 'red',
  muted: 'dim',
  strong: 'bold',
  command: 'cyan',
} as const

/** Text in the colour of its tone, whatever the stream: whether to colour at all is decided before. */
export function colored(text: string, tone: Tone | undefined, isColored: boolean): string {
  return tone && isColored ? styleText(STYLES[tone], text, {validateStream: false}) : text
}

/** A cell in its colour, or each of its characters in its own. */
export function coloredCell({text, tone, tones}: Cell, isColored: boolean): string {
  if (!tones || !isColored) return colored(text, tone, isColored)
  return [...text].map((character) => colored(character, tones(character), true)).join('')
}
