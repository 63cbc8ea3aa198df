import type {ResourceKey} from '../model/snapshot.ts'

/** An item of a report, and the item in whose list it is. */
export interface Item {
  readonly item: object
  readonly parent?: object
}

/** An object by which labels are found. */
export interface Labelled {
  /** Null: of a type that an operator brings along. */
  readonly resource: ResourceKey | null
  readonly kind?: string
  readonly namespace?: string | null
  readonly name: string
}

/** What a row of an answer is: for `-o custom-columns`, `--sort-by` and `--label-columns`. */
export interface RowSource<Report = never> {
  /** In words, for who asks for a field that rows do not have. */
  readonly what: string
  /** Names of the report's lists, one in the other; the items of the last one are the rows. */
  readonly lists: readonly [string] | readonly [string, string]
  /** As what a row has the item that it is in. */
  readonly parent?: string
  readonly itemsOf: (report: Report) => readonly Item[]
  /** What a row of a table is about; undefined: it is about none of these items. */
  readonly behind: (row: object) => Item | undefined
  /** Whose labels a row of a table shows; undefined: its table shows none, empty: there is nothing that could have any. */
  readonly labelled: (row: object, report: Report) => readonly Labelled[] | undefined
}
