import {stripVTControlCharacters} from 'node:util'
import {widthOf} from '../../src/render/width.ts'

/** Text as it is seen: without colour, and of a link only what can be read. */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
}

/** A command to copy stands alone on its line, after a label, a number or a prompt at most. */
export function isCommand(line: string): boolean {
  return /^(\$ |([A-Z]\w* +)?(\d\. )?)kubectl /.test(line.trimStart())
}

/** Lines that a terminal so wide would break; commands to copy must not be broken by us, so that they may be longer. */
export function tooLong(text: string, width: number): readonly string[] {
  return plain(text)
    .split('\n')
    .filter((line) => widthOf(line) > width && !isCommand(line))
}

/** Rows of the chain of `why` that end in the middle of a detail: a link that is not well is told in full, on several rows if need be. */
export function cutLinks(text: string): readonly string[] {
  const lines = plain(text).split('\n')
  const from = lines.findIndex((line) => line.startsWith('LINK '))
  if (from < 0) return []
  const rows = lines.slice(from, lines.indexOf('', from))
  return rows.filter((row) => row.trimEnd().endsWith('…') && !/ ok {2,}/.test(row))
}
