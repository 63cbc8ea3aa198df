import {cleanCell} from '../../model/clean.ts'
import {shortName} from '../short.ts'
import {widthOf} from '../width.ts'

const GAP = '   '
const ALONE = {start: 0, end: 0}

/** What stands above a table, on as few lines as the width allows; texts may come from a cluster. */
export function headLines(texts: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const text of texts) {
    const part = shortName(cleanCell(text), width, ALONE)
    const longer = [...lines.slice(-1), part].join(GAP)
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines
}
