import {cleanLine, cleanWhole} from '../../model/clean.ts'

/** Text that is HTML already; whatever else goes into HTML is escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Value = string | number | Markup | readonly Markup[]

/** A piece of HTML, in which each value is cleaned and escaped unless it is HTML itself. Attributes are quoted. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let text = parts[0] ?? ''
  for (const [index, value] of values.entries()) text += textOf(value) + (parts[index + 1] ?? '')
  return new Markup(text)
}

/** Nothing. */
export const EMPTY = new Markup('')

function textOf(value: Value): string {
  if (typeof value === 'string') return escaped(cleanLine(value))
  if (typeof value === 'number') return String(value)
  return value instanceof Markup ? value.text : value.map(({text}) => text).join('')
}

/** What is to be copied, or to be read as it was written. */
export function verbatim(text: string): Markup {
  return new Markup(escaped(cleanWhole(text)))
}

const SPECIAL = /[&<>"']/
const NAMES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll(/[&<>"']/g, (each) => NAMES[each] ?? '') : text
}
