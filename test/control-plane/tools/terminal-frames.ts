import {stripVTControlCharacters} from 'node:util'
import {widthOf} from '../../../src/render/width.ts'

const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l'
const END_OF_ROW = '\u001b[0m'
const LEAVE = '\u001b[?7h\u001b[?25h\u001b[?1049l'

/** One row written again. */
interface Rewrite {
  readonly row: number
  readonly text: string
  readonly width: number
  /** What stood there before is what was written. */
  readonly isNeedless: boolean
}

/** What a program wrote while it had the second screen: rows, and whatever else there is. */
export function rewrites(bytes: string): {readonly rows: readonly Rewrite[]; readonly rest: string} {
  const shown = new Map<number, string>()
  const rows: Rewrite[] = []
  const rest = onSecondScreen(bytes).replaceAll(
    /\u001b\[(\d+);1H\u001b\[K(.*?)\u001b\[0m(?=\u001b\[\d+;1H|$)/g,
    (_, position: string, text: string) => {
      const row = Number(position)
      rows.push({
        row,
        text,
        width: widthOf(stripVTControlCharacters(text)),
        isNeedless: text !== '' && shown.get(row) === text,
      })
      shown.set(row, text)
      return ''
    },
  )
  return {rows, rest}
}

/** From the first row that was written there to the last one that is complete. */
function onSecondScreen(bytes: string): string {
  const from = bytes.indexOf('\u001b[1;1H', bytes.indexOf(ENTER))
  const to = bytes.lastIndexOf(LEAVE)
  if (from < 0) return ''
  return bytes.slice(from, to < from ? bytes.lastIndexOf(END_OF_ROW) + END_OF_ROW.length : to)
}
