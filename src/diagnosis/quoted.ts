import {clean} from '../model/clean.ts'

const LONG = 240

/** What a cluster's component says, on one line, harmless to a terminal, and no longer than an answer may be. */
export function quoted(text: string | null | undefined): string {
  const line = clean((text ?? '').slice(0, 4 * LONG).replaceAll(/\s+/g, ' ')).trim()
  const letters = [...line]
  return letters.length > LONG ? `${letters.slice(0, LONG - 1).join('')}…` : line
}
