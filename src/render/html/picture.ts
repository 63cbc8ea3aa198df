import type {Section} from '../view.ts'
import {html, type Markup} from './markup.ts'

/** A report, and what the text says of it. */
export interface Sitter<Report> {
  readonly report: Report
  readonly sections: readonly Section<unknown>[]
  /** More than one namespace is shown. */
  readonly hasNamespaces: boolean
  /** Nothing that is alike is drawn as one. */
  readonly isWhole: boolean
}

/** How the who-is-in-the-way of a page is marked: in words, with a shape, to be jumped to. */
export function markOf(number: number, word = 'blocker'): Markup {
  return html` <strong class="mark" id="blocker-${number}">${word}</strong>`
}

/** An item of a list, in pieces. */
export type Item = readonly Markup[]

/** The first ones as a list, and the rest behind how many they are; where `most` is 0 all of them. */
export function* foldedParts(
  items: readonly Item[],
  style: 'grid' | 'list',
  most: number,
  words: (count: number) => string,
): Generator<Markup> {
  yield* listParts(items.slice(0, most), style)
  if (items.length <= most) return
  yield html`<details><summary>${words(items.length - most)}</summary>`
  yield* listParts(items.slice(most), style)
  yield html`</details>`
}

const BATCH = 60

/** Items as lists, of which a browser lays out only those that somebody looks at. */
function* listParts(items: readonly Item[], style: 'grid' | 'list'): Generator<Markup> {
  for (let start = 0; start < items.length; start += BATCH) {
    yield html`<ul class="${style} part">`
    for (const pieces of items.slice(start, start + BATCH)) yield* pieces
    yield html`</ul>`
  }
}

/** Lines that stand above or under a table; what spaces keep apart on a terminal has a dot between. */
export function* lineParts(lines: readonly string[]): Generator<Markup> {
  for (const line of lines) yield html`<p>${line.trim().replaceAll(/ {2,}/g, ' · ')}</p>`
}
