import {plain} from './lines.ts'

/** What is on a small screen before anybody scrolls. */
const FIRST_LINES = 12

/** The finding that an answer names first, as its report has it. */
export interface FirstFinding {
  readonly id: string
  readonly message: string
  readonly remedy: {readonly look?: readonly string[]; readonly act?: readonly unknown[]} | null
}

/** What whoever reads the first lines only does not learn: the cause, or what to do about it. */
export function missingAtTop(text: string, {id, message, remedy}: FirstFinding): readonly string[] {
  const top = plain(text).split('\n').slice(0, FIRST_LINES)
  return [
    ...(inOneRow(top, id).includes(squeezed(message)) ? [] : [message]),
    ...(top.some((line) => labelOf(remedy).test(line)) ? [] : [labelOf(remedy).source]),
  ]
}

/** As if nothing had been wrapped, and without the id, which may end any row. */
function inOneRow(lines: readonly string[], id: string): string {
  return squeezed(lines.join(' ').replaceAll(` ${id}`, ' '))
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** Act where there is something to do, Look where there is only something to look at. */
function labelOf(remedy: FirstFinding['remedy']): RegExp {
  if (!remedy) return /^/
  if (remedy.act?.length) return /^Act /
  return remedy.look?.length ? /^Look / : /^(Look|Act) /
}
