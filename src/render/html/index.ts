import type {Renderable} from '../renderable.ts'
import type {Section, TextOptions} from '../view.ts'
import {answerPart, paragraphsPart} from './answer.ts'
import {coveragePicture} from './coverage.ts'
import {mapPicture} from './map.ts'
import {html, type Markup} from './markup.ts'
import {type Known, pageOf} from './page.ts'
import {lineParts, type Sitter} from './picture.ts'
import {rolloutPicture} from './rollout.ts'
import {tablePart} from './tables.ts'
import {whatIfPicture} from './what-if.ts'
import {whyPicture} from './why.ts'

/** What a page says first, what its picture is called, and who draws it. */
interface Kind {
  readonly answer: string
  readonly title: string
  readonly draw: (sitter: Sitter<never>) => Iterable<Markup>
  /** All that the text has with `-o wide`. */
  readonly isWide?: boolean
}

const KINDS: Readonly<Record<string, Kind>> = {
  MapReport: {answer: 'What was found', title: 'Where everything is', draw: mapPicture},
  CoverageReport: {answer: 'What was found', title: 'Nodes and DaemonSets', draw: coveragePicture},
  RolloutReport: {
    answer: 'What comes next, and what is in the way',
    title: 'The queue',
    draw: rolloutPicture,
  },
  WhyReport: {
    answer: 'The cause, and what to do',
    title: 'The chain, and what happened',
    draw: whyPicture,
    isWide: true,
  },
  WhatIfReport: {answer: 'How it would end', title: 'On the way there', draw: whatIfPicture},
}

/** The answer as one file that a browser shows and that needs no other, in pieces of it. */
export function* htmlPieces(
  {report, sections, surroundings, picture}: Renderable,
  options: TextOptions,
): Generator<string> {
  const {kind = '', ...known} = report as Known & {readonly kind?: string}
  const drawn = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  const told = sections({...options, isWide: drawn?.isWide ?? false})
  const {hasNamespaces} = options
  const sitter = {
    report: picture?.report ?? report,
    sections: told,
    hasNamespaces,
    isWhole: picture?.isWhole ?? false,
  }
  const main = drawn ? pictured(drawn, sitter, options) : plain(told)
  for (const {text} of pageOf(surroundings, known, main)) yield text
}

function* pictured(
  {answer, title, draw}: Kind,
  sitter: Sitter<object>,
  {findings}: TextOptions,
): Generator<Markup> {
  const isLeftOut = findings === 'none'
  const otherwise = isLeftOut ? 'Left out (--findings none).' : 'Nothing, as far as could be seen.'
  const isSaid = sitter.sections.some(({paragraphs}) => paragraphs.length > 0)
  yield html`<main class="${isSaid ? 'pair' : 'alone'}">`
  yield* answerPart(answer, sitter.sections, otherwise, isLeftOut)
  yield html`<section><h2>${title}</h2>`
  yield* draw(sitter as Sitter<never>)
  yield html`</section></main>`
}

/** As the text has it. */
function* plain(sections: readonly Section<unknown>[]): Generator<Markup> {
  yield html`<main>`
  for (const {head = [], table, foot = [], paragraphs} of sections) {
    const [first, ...rest] = head
    if (first !== undefined) yield html`<h2>${first.trim().replaceAll(/ {2,}/g, ' · ')}</h2>`
    yield* lineParts(rest)
    yield* tablePart(table, '')
    yield* lineParts(foot)
    yield* paragraphsPart(paragraphs)
  }
  yield html`</main>`
}
