import {boundedText} from '../../model/bounded.ts'
import {clean} from '../../model/clean.ts'
import {fieldTypes} from './field-types.ts'
import {isRecord, scalars, wordFor} from './types.ts'

/**
 * The first field of an object of that kind that is of another type than the API has it, as a sentence; undefined where there
 * is none. Only what is looked at is asked; null is absent, as in Go, and goes, in place. A text that is too long is cut, in place: everything
 * that looks at it would take longer, or hold it.
 */
export function wrongField(kind: string, object: unknown): string | undefined {
  if (!isRecord(object)) return `it is ${wordFor(object)}, not an object`
  return inFields(object, kind)?.replace(/^\./, '')
}

type Parts = Record<string | number, unknown>

function inFields(object: Parts, type: string): string | undefined {
  for (const [field, inner] of fieldsOf(type)) {
    const found = inPlace(object, field, inner)
    if (found !== undefined) return found
  }
  return undefined
}

const known = new Map<string, readonly (readonly [string, string])[]>()

function fieldsOf(type: string): readonly (readonly [string, string])[] {
  const fields = known.get(type) ?? Object.entries(fieldTypes[type] ?? {})
  known.set(type, fields)
  return fields
}

/** What is wrong at that place; where it is, is put together on the way back. */
function inPlace(parent: Parts, key: string | number, type: string): string | undefined {
  const value = parent[key]
  if (value === undefined) return undefined
  if (value === null) return void (isTime(type) || delete parent[key])
  if (typeof value === 'string') parent[key] = boundedText(value)
  // `cpu: 1`, as people write it, is `cpu: '1'`, as the API does
  if (type === 'Quantity' && typeof value === 'number') parent[key] = String(value)
  const wrong = type.startsWith('[')
    ? inList(value, type.slice(1, -1))
    : type.startsWith('{')
      ? inMap(value, type.slice(1, -1))
      : inOne(value, type)
  return wrong === undefined ? undefined : segment(key) + wrong
}

/** The API itself writes null for a time that is not set; everything else that is null is absent, and nobody expects it. */
function isTime(type: string): boolean {
  return type === 'Time' || type === 'MicroTime'
}

function inOne(value: unknown, type: string): string | undefined {
  const scalar = scalars[type]
  if (scalar) return scalar.isRight(value) ? undefined : ` is ${wordFor(value)}, not ${scalar.name}`
  return isRecord(value) ? inFields(value, type) : ` is ${wordFor(value)}, not an object`
}

function inList(value: unknown, type: string): string | undefined {
  if (!Array.isArray(value)) return ` is ${wordFor(value)}, not a list`
  for (let index = 0; index < value.length; index++) {
    const found = value[index] === null ? `[${index}] is null` : inPlace(value as never, index, type)
    if (found !== undefined) return found
  }
  return undefined
}

function inMap(value: unknown, type: string): string | undefined {
  if (!isRecord(value)) return ` is ${wordFor(value)}, not an object`
  for (const key of Object.keys(value)) {
    const found = inPlace(value, key, type)
    if (found !== undefined) return found
  }
  return undefined
}

/** A key of a label is no longer, with its prefix. */
const LONG = 317

function segment(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  const isField = key.length <= LONG && /^[A-Za-z]\w*$/.test(key)
  return isField ? `.${key}` : `[${JSON.stringify(clean(key.slice(0, LONG)))}]`
}
