/** Something that may change, and the answers that were made from it. */
export interface Cell {
  readers?: Answer | Set<Answer> | undefined
  /** Told when nobody reads it any more. */
  readonly unread?: () => void
}

/** What was worked out from cells; it is a cell itself, of those that were made from it. */
export interface Answer extends Cell {
  readonly value: unknown
  readonly of: object
  readonly what: string
  readonly given: readonly unknown[]
  readonly cells: readonly Cell[]
  /** When time alone may have made it another, in milliseconds since 1970; undefined: never. */
  readonly due: number | undefined
  /** Times that it was made from: the last one before, and the first one after it was made. */
  readonly times: Times
}

/** In milliseconds since 1970. */
export interface Times {
  readonly past: number
  readonly future: number
}

/** Nearly every cell has one reader or a few. */
export function addReader(cell: Cell, answer: Answer): void {
  const {readers} = cell
  if (readers === undefined) cell.readers = answer
  else if (readers instanceof Set) readers.add(answer)
  else if (readers !== answer) cell.readers = new Set([readers, answer])
}

export function removeReader(cell: Cell, answer: Answer): void {
  if (cell.readers === answer) cell.readers = undefined
  else if (cell.readers instanceof Set) {
    cell.readers.delete(answer)
    if (cell.readers.size === 0) cell.readers = undefined
  }
  if (cell.readers === undefined) cell.unread?.()
}

export function readersOf({readers}: Cell): readonly Answer[] {
  if (readers === undefined) return []
  return readers instanceof Set ? [...readers] : [readers]
}
