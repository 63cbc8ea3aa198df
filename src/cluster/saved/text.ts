/** Encodings by the mark that a text may begin with; PowerShell 5 writes the first on `>`. */
const MARKS = {fffe: 'utf-16le', feff: 'utf-16be'} as const

/** The decoder drops the mark, that of UTF-8 as well. */
export function decode(bytes: Buffer): string {
  const mark = bytes.toString('hex', 0, 2) as keyof typeof MARKS
  return new TextDecoder(MARKS[mark] ?? 'utf-8').decode(bytes)
}
