import type {Surroundings} from './markdown.ts'
import type {Section, TextOptions} from './view.ts'

/** An answer in all that the formats print of it. */
export interface Renderable {
  readonly report: object
  /** `statefulset.apps/web`, one per workload. */
  readonly names: readonly string[]
  readonly sections: (options: TextOptions) => readonly Section<unknown>[]
  /** Of an answer that stands by itself, in a ticket. */
  readonly surroundings: Surroundings
  /** What of the report a picture shows; absent: all. */
  readonly picture?: Picture
}

/** What a picture shows where its command's flags say so. */
export interface Picture {
  readonly report?: object
  /** Nothing that is alike is drawn as one. */
  readonly isWhole?: boolean
}
