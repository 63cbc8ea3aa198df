import {styleText} from 'node:util'
import type {Tone} from './view.ts'

const STYLES = {ok: 'green', warn: 'yellow', error: 'red', muted: 'dim'} as const

/** Text in the colour of its tone, whatever the stream: whether to colour at all is decided before. */
export function colored(text: string, tone: Tone | undefined, isColored: boolean): string {
  return tone && isColored ? styleText(STYLES[tone], text, {validateStream: false}) : text
}
