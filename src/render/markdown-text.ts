import {cleanLine, cleanWhole} from '../model/clean.ts'

/** What begins something within a line; an underscore inside of a word does not. */
const INLINE = /[\\`*[\]<>|~&]|(?<!\w)_|_(?!\w)/g
/** What makes a heading, a list or a rule of a line that begins with it. */
const BLOCK = /^[#+=-]|(?<=^\d{1,9})[.)]/
/** What GitHub takes for a person to be told, or for another issue. */
const MENTION = /(?<!\w)[@#](?=\w)/g

/** Text that Markdown shows as it is, and takes for nothing else. */
export function escaped(text: string): string {
  return text.replace(INLINE, '\\$&').replace(BLOCK, '\\$&').replace(MENTION, '$&&#8203;')
}

/** The same of what may still hold line breaks, or what a terminal would obey. */
export function plain(text: string): string {
  return escaped(cleanLine(text).trim())
}

/** Commands, or words of a log, as a block to copy; its fence is longer than any in it. */
export function fenced(texts: readonly string[]): readonly string[] {
  const ticks = texts.flatMap((text) => text.match(/`+/g) ?? []).map(({length}) => length)
  const fence = '`'.repeat(Math.max(2, ...ticks) + 1)
  const language = texts[0]?.startsWith('kubectl ') ? 'sh' : ''
  return [fence + language, ...texts.map(cleanWhole), fence]
}
