import {deceptive} from '../model/clean.ts'

const BEYOND_ASCII = /[^\n\x20-\x7e]/

const INDENT = '    '

/** Reports have lists (of workloads) in whose items are lists (of ordinals): an item of these is one piece. */
const DEPTH = 4

/** The report itself, indented as kubectl does. Deceptive characters are escaped; their value stays. */
export function toJson(report: unknown): string {
  const text = JSON.stringify(report, null, INDENT)
  return BEYOND_ASCII.test(text) ? text.replace(deceptive, escaped) : text
}

/** The same in pieces of whole lines, without their ends: of a long report there is never the whole text. */
export function jsonPieces(report: object): Generator<string> {
  return pieces(report, {before: '', after: '', indent: '', depth: DEPTH})
}

/** What stands around a value: `"name": ` in its first line, a comma in its last, and what all lines begin with. */
interface Place {
  readonly before: string
  readonly after: string
  readonly indent: string
  /** How many levels below are to be pieces of their own. */
  readonly depth: number
}

function* pieces(value: unknown, place: Place): Generator<string> {
  const {before, after, indent, depth} = place
  const parts = depth > 0 && typeof value === 'object' && value !== null ? partsOf(value) : []
  if (parts.length === 0) {
    const text = toJson(value)
    yield `${indent}${before}${indent === '' ? text : text.replaceAll('\n', `\n${indent}`)}${after}`
    return
  }
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const within = {indent: indent + INDENT, depth: depth - 1}
  yield `${indent}${before}${open}`
  for (const [index, [name, part]] of parts.entries())
    yield* pieces(part, {...within, before: name, after: index === parts.length - 1 ? '' : ','})
  yield `${indent}${close}${after}`
}

/** What is in it, with its name in front, where it has one. */
function partsOf(value: object): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.map((item) => ['', item ?? null])
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return entries.map(([name, part]) => [`${toJson(name)}: `, part])
}

/** One or, for a character beyond the first plane, two escapes. */
export function escaped(character: string): string {
  const units = Array.from({length: character.length}, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
