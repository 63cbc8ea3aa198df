/** Lines of which any part can be written out by itself. */
interface Rows {
  readonly count: number
  readonly lines: (start: number, end: number) => Iterable<string>
}

/** One line, or rows of a table that have one line each. */
export type Block = string | Rows

/** Lines that are written out when somebody looks at them; an array of lines is one, too. */
export interface Lines {
  readonly length: number
  readonly slice: (start?: number, end?: number) => readonly string[]
}

/** All lines of these blocks, one after the other. */
export function* linesIn(blocks: Iterable<Block>): Generator<string> {
  for (const block of blocks) {
    if (typeof block === 'string') yield block
    else yield* block.lines(0, block.count)
  }
}

/** Lines of these blocks, of which only those are written out that are asked for. */
export function onDemand(blocks: Iterable<Block>): Lines {
  const all = [...blocks]
  const length = all.reduce((sum, block) => sum + countOf(block), 0)
  return {
    length,
    slice(start = 0, end = length) {
      const found: string[] = []
      let at = 0
      for (const block of all) {
        for (const line of partOf(block, start - at, end - at)) found.push(line)
        at += countOf(block)
      }
      return found
    },
  }
}

function countOf(block: Block): number {
  return typeof block === 'string' ? 1 : block.count
}

function partOf(block: Block, start: number, end: number): Iterable<string> {
  const [from, to] = [Math.max(0, start), Math.min(countOf(block), end)]
  if (from >= to) return []
  return typeof block === 'string' ? [block] : block.lines(from, to)
}
