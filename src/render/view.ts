/** What a cell means, for colour; words carry the meaning without it. */
export type Tone = 'ok' | 'warn' | 'error' | 'muted'

export interface Cell {
  readonly text: string
  readonly tone?: Tone | undefined
}

/** One column of a table: what it is called, what it says, when it shows. */
export interface Column<Row> {
  /** Upper case, without spaces. */
  readonly name: string
  readonly description: string
  /** Only with `-o wide`. */
  readonly isWide?: boolean
  /** On a terminal that is too narrow, the column with the highest number goes first; without one, never. */
  readonly yields?: number
  /** On a terminal its cells may be cut, to keep the line on one row; only for the last column. */
  readonly isFlexible?: boolean
  readonly cell: (row: Row) => Cell | string
}

/** Rows under one header. */
export interface Table<Row> {
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
}

/** A labelled line under a table: `Remedy    kubectl …`. */
export interface Line {
  /** Empty: it goes on from the line before. */
  readonly label: string
  readonly text: string
  readonly tone?: Tone | undefined
  /** A short word at the end of the line, such as a finding's id. */
  readonly tag?: string
  /** On a terminal it is cut, not wrapped. */
  readonly isOneRow?: boolean
  /** A command to copy: never wrapped. */
  readonly isCommand?: boolean
}

/** Lines that belong together, under a title where more than one object is spoken of. */
export interface Paragraph {
  readonly title?: string
  readonly lines: readonly Line[]
}

/** A part of the answer: a table, and what is to be said about it. */
export interface Section<Row> {
  readonly table: Table<Row>
  readonly paragraphs: readonly Paragraph[]
}

/** How text is to come out. */
export interface TextOptions {
  readonly isColored: boolean
  /** Columns of the terminal; undefined on a pipe, where nothing is dropped, cut or wrapped. */
  readonly width?: number
  readonly isWide: boolean
  readonly hasHeaders: boolean
  /** Rows of several namespaces are shown. */
  readonly hasNamespaces: boolean
}
