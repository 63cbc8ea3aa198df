import {clean, deceptive} from '../../model/clean.ts'
import {escaped} from '../json.ts'
import {Fraction} from './nodes.ts'

/** Fields of an object as JSON has them. */
export function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, part]) => part !== undefined)
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Fraction)
}

/** A Go type that such a value has for kubectl. */
export function typeName(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}'
  if (isObject(value)) return 'map[string]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  if (value instanceof Fraction) return 'float64'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

/** Texts in the order of their bytes, as Go sorts them. */
export function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const difference = rank(left.charCodeAt(at)) - rank(right.charCodeAt(at))
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Halves of pairs stand for what comes after all that is no pair. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

function inOrder(value: object): readonly (readonly [string, unknown])[] {
  return entriesOf(value).toSorted(([left], [right]) => compareTexts(left, right))
}

/** A value as Go's `fmt.Sprint` has it: what custom columns show. Not cleaned. */
export function sprint(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(sprint).join(' ')}]`
  if (isObject(value))
    return `map[${inOrder(value)
      .map(([name, part]) => `${name}:${sprint(part)}`)
      .join(' ')}]`
  return value instanceof Fraction || typeof value === 'number' ? numberText(value) : String(value)
}

function numberText(given: number | Fraction): string {
  const value = given instanceof Fraction ? given.value : given
  const isTiny = value !== 0 && Math.abs(value) < 1e-4
  return isTiny ? value.toExponential().replace(/e-(\d)$/, 'e-0$1') : String(value)
}

/** A value as kubectl prints what a path has found: objects and lists as JSON. Nothing in it deceives a reader. */
export function plainText(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  return isObject(value) || Array.isArray(value) ? goJson(value) : clean(sprint(value))
}

/** What Go's encoder escapes besides: a page might take it for markup. */
const MARKUP = /[<>&]/g

/** JSON as Go writes it: fields by name, nothing that HTML knows. With `indent` over several lines. */
export function goJson(value: unknown, indent = ''): string {
  return written(value, indent, indent === '' ? '' : '\n').replace(deceptive, escaped)
}

/** `end` begins a line of its depth; empty: all is on one line. */
function written(value: unknown, indent: string, end: string): string {
  if (value instanceof Fraction) return JSON.stringify(value.value)
  if (typeof value !== 'object' || value === null)
    return (JSON.stringify(value) ?? 'null').replace(MARKUP, escaped)
  const inner = end + indent
  const colon = end === '' ? ':' : ': '
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const parts = Array.isArray(value)
    ? value.map((part) => written(part, indent, inner))
    : inOrder(value).map(
        ([name, part]) => `${written(name, indent, inner)}${colon}${written(part, indent, inner)}`,
      )
  return parts.length === 0 ? `${open}${close}` : `${open}${inner}${parts.join(`,${inner}`)}${end}${close}`
}
