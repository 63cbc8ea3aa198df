import {groupsOf, itemsOf} from '../line-groups.ts'
import type {Line, Paragraph, Section} from '../view.ts'
import {classOf, shadeOf} from './cells.ts'
import {EMPTY, html, type Markup, verbatim} from './markup.ts'

/** What was found and what to do, as under the tables of the text. */
export function* answerPart(
  title: string,
  sections: readonly Section<unknown>[],
  otherwise: string,
  isLeftOut = false,
): Generator<Markup> {
  const paragraphs = sections.flatMap((section) => section.paragraphs)
  yield html`<section><h2>${title}</h2>`
  if (paragraphs.length === 0 || isLeftOut) yield html`<p>${otherwise}</p>`
  yield* paragraphsPart(paragraphs)
  yield html`</section>`
}

/** Where they are about several objects, those are headings over what was found of each. */
export function* paragraphsPart(paragraphs: readonly Paragraph[]): Generator<Markup> {
  const level = paragraphs.some(({title}) => title !== undefined) ? 'h4' : 'h3'
  let objects = 0
  for (const {title, lines} of paragraphs) {
    if (title !== undefined) yield* headPieces(title, ++objects)
    for (const part of partsOf(lines)) yield* partPieces(part, level)
  }
  if (objects > MANY) yield html`</details>`
}

/** What was found of more objects than these is behind the name of each. */
const MANY = 10

function* headPieces(title: string, number: number): Generator<Markup> {
  if (number <= MANY) return yield html`<h3>${title}</h3>`
  yield html`${number > MANY + 1 ? html`</details>` : EMPTY}<details><summary><h3>${title}</h3></summary>`
}

/** Words that begin something of weight, as an id at the end of a line does. */
const HEADS: ReadonlySet<string> = new Set(['Ends', 'Cause', 'Blocked'])

function isHead({label, tag, isCommand}: Line): boolean {
  return !isCommand && (tag !== undefined || HEADS.has(label))
}

/** A finding begins with such a line; what stands before it belongs to none. */
function partsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const parts: Line[][] = []
  for (const line of lines) {
    const last = parts.at(-1)
    if (isHead(line) || !last) parts.push([line])
    else last.push(line)
  }
  return parts
}

function* partPieces(lines: readonly Line[], level: 'h3' | 'h4'): Generator<Markup> {
  const [head, ...rest] = lines
  if (!head || !isHead(head)) return yield* listPieces(lines)
  const [open, close] = level === 'h3' ? [html`<h3>`, html`</h3>`] : [html`<h4>`, html`</h4>`]
  const shade = shadeOf(head.tone ?? head.textTone)
  yield html`<article class="finding of-${shade ?? 'none'}">${open}<span${classOf(shade)}>${head.label}</span> ${head.text}${tagOf(head)}${close}`
  if (rest.length > 0) yield* listPieces(rest)
  yield html`</article>`
}

function tagOf({tag}: Line): Markup {
  return tag === undefined ? EMPTY : html` <code>${tag}</code>`
}

/** Labels, and what is to be said under each. */
function* listPieces(lines: readonly Line[]): Generator<Markup> {
  yield html`<dl>`
  for (const group of groupsOf(lines)) yield* groupPieces(group)
  yield html`</dl>`
}

function* groupPieces(lines: readonly Line[]): Generator<Markup> {
  const [first] = lines
  const shade = shadeOf(first?.tone ?? first?.textTone)
  yield html`<dt${classOf(shade)}>${first?.label ?? ''}</dt><dd>`
  for (const {line, commands} of itemsOf(lines)) {
    if (line?.text) yield html`<p>${line.text}${tagOf(line)}</p>`
    yield* commandPieces(commands)
  }
  yield html`</dd>`
}

/** Whole, to be copied; a line break right behind the opening tag is none. */
function* commandPieces(commands: readonly string[]): Generator<Markup> {
  if (commands.length === 0) return
  for (const [index, text] of commands.entries()) {
    const [open, close] = [index === 0, index === commands.length - 1]
    yield html`${open ? html`<pre><code>` : EMPTY}${verbatim(text)}${close ? html`</code></pre>` : EMPTY}`
  }
}
