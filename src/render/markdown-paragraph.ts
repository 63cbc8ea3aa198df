import {groupsOf, type Item, itemsOf} from './line-groups.ts'
import {fenced, plain} from './markdown-text.ts'
import type {Line, Paragraph} from './view.ts'

/** A paragraph under a table: labels in bold, sentences after them, and commands in blocks to copy. */
export function* paragraphLines({title, lines}: Paragraph): Generator<string> {
  if (title !== undefined) yield* ['', `### ${plain(title)}`]
  for (const group of groupsOf(lines)) yield* groupLines(group)
}

function* groupLines(lines: readonly Line[]): Generator<string> {
  const label = lines[0]?.label ? `**${plain(lines[0].label)}:**` : ''
  const items = itemsOf(lines)
  const [item] = items
  if (items.length === 1 && item) return yield* itemLines(label && `${label} `, item)
  if (label) yield* ['', label]
  const isTight = items.every(({commands}) => commands.length === 0)
  for (const [index, each] of items.entries()) {
    const [gap = '', ...texts] = listed(each)
    yield* isTight && index > 0 ? texts : [gap, ...texts]
  }
}

const NUMBER = /^\d+\. /

/** An entry of a list, which is numbered where the text is. */
function* listed({line, commands}: Item): Generator<string> {
  const number = NUMBER.exec(line?.text ?? '')?.[0] ?? ''
  const mark = number || '- '
  const rest = line && {...line, text: line.text.slice(number.length)}
  const [gap = '', first = '', ...others] = itemLines('', {commands, ...(rest && {line: rest})})
  yield* [gap, mark + first, ...others.map((text) => (text ? ' '.repeat(mark.length) + text : ''))]
}

function* itemLines(before: string, {line, commands}: Item): Generator<string> {
  const tag = line?.tag ? ` \`${line.tag.replaceAll('`', '')}\`` : ''
  const text = (before + (line ? plain(line.text) + tag : '')).trim()
  if (text) yield* ['', text]
  if (commands.length > 0) yield* ['', ...fenced(commands)]
}
