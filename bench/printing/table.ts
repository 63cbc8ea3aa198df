/** A table in Markdown that is a table to the eye as well; the first columns are text, the others numbers. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  texts: number,
): string {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => (row[index] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => fill(cell, widths[index] ?? 0, index < texts)).join(' | ')} |`
  const rule = widths.map((width, index) => (index < texts ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(columns), line(rule), ...rows.map(line)].join('\n')
}

function fill(cell: string, width: number, isText: boolean): string {
  return isText ? cell.padEnd(width) : cell.padStart(width)
}
