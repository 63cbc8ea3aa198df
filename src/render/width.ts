import stringWidth from 'string-width'

const ASCII = /^[\x20-\x7e]*$/

/** Columns that cleaned text takes on a terminal. Nearly every cell is ASCII, where that is its length. */
export function widthOf(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text)
}

/** Text with spaces after it up to `width` columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}
