/** What a cell means, for colour; words carry the meaning without it. */
export type Tone = 'ok' | 'warn' | 'error' | 'muted' | 'strong' | 'command'

export interface Cell {
  readonly text: string
  readonly tone?: Tone | undefined
  /** Of each of its characters, where they do not mean the same. */
  readonly tones?: (character: string) => Tone | undefined
  /** On a terminal it is cut even where its column wraps. */
  readonly isBrief?: boolean
}

/** One column of a table: what it is called, what it says, when it shows. */
export interface Column<Row> {
  /** Upper case, without spaces. */
  readonly name: string
  readonly description: string
  /** Only with `-o wide`. */
  readonly isWide?: boolean
  /** On a terminal too narrow for all columns, those with the lowest numbers stay, as many as fit; those without one always. */
  readonly yields?: number
  /** On a terminal its cells may be cut at their end, to keep the line on one row. */
  readonly isFlexible?: boolean
  /** On a terminal its cells are wrapped inside the column instead of cut. */
  readonly wraps?: boolean
  /** Names: on a terminal their middle is left out, before any column goes. */
  readonly shorten?: 'middle'
  readonly cell: (row: Row) => Cell | string
}

/** Rows under one header. */
export interface Table<Row> {
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** On a terminal: a line of its own above the rows that share it. */
  readonly titleOf?: (row: Row) => string
}

/** Cells as they are to stand on the screen, and the columns that each takes with its gap. */
export interface Drawing {
  readonly rows: Iterable<readonly Cell[]>
  readonly measures: readonly number[]
  /** Which columns are wrapped. */
  readonly wraps: readonly boolean[]
  readonly isColored: boolean
}

/** A labelled line under a table: `Remedy    kubectl …`. */
export interface Line {
  /** Empty: it goes on from the line before. */
  readonly label: string
  readonly text: string
  /** Of its label. */
  readonly tone?: Tone | undefined
  /** Of its text. */
  readonly textTone?: Tone
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

/** A part of the answer: a heading, a table, and what is to be said about it. */
export interface Section<Row> {
  /** Lines as they are to stand. */
  readonly head?: readonly string[]
  readonly table: Table<Row>
  /** Right under the table. */
  readonly foot?: readonly string[]
  readonly paragraphs: readonly Paragraph[]
}

/** A section among others, whose rows are of other kinds. */
export function sectionOf<Row>(section: Section<Row>): Section<unknown> {
  return section as unknown as Section<unknown>
}

/** How text is to come out. */
export interface TextOptions {
  readonly isColored: boolean
  /** Columns of the terminal; undefined on a pipe, where nothing is dropped, cut or wrapped. */
  readonly width?: number
  /** Draws tables on a terminal; loaded only for one. Without it nothing is wrapped. */
  readonly draw?: (drawing: Drawing) => Iterable<string>
  readonly isWide: boolean
  readonly hasHeaders: boolean
  /** Rows of several namespaces are shown. */
  readonly hasNamespaces: boolean
  /** How much of what was found stands under the tables; absent: all of it. */
  readonly findings?: 'full' | 'brief' | 'none'
  /** Address of the page about an id, on a terminal that shows links. */
  readonly pageOf?: (id: string) => string
}
