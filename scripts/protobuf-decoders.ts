import protobuf, {type Field, type Type} from 'protobufjs'

/** What is written in `shapes.ts`, because JSON has it in a shape of its own. */
const SHAPES = ['Quantity', 'IntOrString', 'Time', 'MicroTime', 'RawExtension']

/** How a scalar is read, and its zero, which JSON leaves out of what is `omitempty`. */
const SCALARS: Readonly<Record<string, {readonly read: string; readonly zero: string}>> = {
  string: {read: 'text(r)', zero: "''"},
  bool: {read: 'r.bool()', zero: 'false'},
  int32: {read: 'r.int32()', zero: '0'},
  int64: {read: 'number(r)', zero: '0'},
  bytes: {read: 'r.bytes()', zero: 'undefined'},
}

const HEAD = `// Made of kept.proto by \`npm run protobuf\`.
import {alike, known} from './alike.ts'
import {annotation, IntOrString, MicroTime, Quantity, RawExtension, Time} from './shapes.ts'
import {endOf, entry, more, number, type Reader, text, whole} from './wire.ts'

type Made = any
`

/**
 * The text of a module with a function for each message of that file: it makes the object that JSON would have, of the fields
 * that are named. A function for each, with their names written out, since a table of fields takes a quarter longer.
 */
export function decodersOf(proto: string): string {
  const made = messagesIn(proto)
  return [HEAD, ...made.map(decoderOf), rootsOf(made)].join('\n')
}

/** Messages of that file, but for those that JSON has in a shape of their own. */
export function messagesIn(proto: string): readonly Type[] {
  const {root} = protobuf.parse(proto, {keepCase: true})
  const messages = root.nestedArray.filter((each): each is Type => each instanceof protobuf.Type)
  return messages.filter(({name}) => !SHAPES.includes(name))
}

/** Those that are in no other one. */
function rootsOf(messages: readonly Type[]): string {
  const parts = new Set(messages.flatMap(({fieldsArray}) => fieldsArray.map(({type}) => type)))
  const roots = messages.map(({name}) => name).filter((name) => !parts.has(name))
  return `export const decoders = {\n${roots.map((name) => `  ${name},\n`).join('')}}\n`
}

function decoderOf(type: Type): string {
  const {name, fieldsArray} = type
  const cases = fieldsArray.map((field) => `      case ${tagOf(field)}: ${caseOf(field.resolve())}\n`)
  const empties = fieldsArray.filter((field) => isMarked(field, 'or_empty')).map(emptyOf)
  const made = `function ${name}(r: Reader, end: number, o: Made = {}): Made {
  while (r.pos < end) {
    const tag = r.tag()
    switch (tag) {
${cases.join('')}      default: r.skipType(tag & 7)
    }
  }
${empties.join('')}  return whole(r, end, o)
}
`
  return isMarked(type, 'alike') ? alikeOf(type, made) : made
}

/** The same for a message of which many are alike. */
function alikeOf({name, fieldsArray}: Type, made: string): string {
  return `${made.replace(name, `${name}Made`)}
const ${name}Known = known([${fieldsArray.map(tagOf).join(', ')}])

function ${name}(r: Reader, end: number): Made {
  return alike(r, end, ${name}Known, ${name}Made)
}
`
}

function isMarked({options}: Field | Type, mark: string): boolean {
  return options?.[`(${mark})`] === true
}

function emptyOf({name, repeated, type}: Field): string {
  return `  o.${name} ??= ${repeated ? '[]' : `${type}(r, r.pos)`}\n`
}

/** A varint has no length. */
function tagOf({id, type}: Field): number {
  const isVarint = type in SCALARS && type !== 'string' && type !== 'bytes'
  return id * 8 + (isVarint ? 0 : 2)
}

function caseOf(field: Field): string {
  const {name, map, repeated, type, options = {}} = field
  const value = readOf(field)
  if (isMarked(field, 'known')) return `o.${name} = annotation(r, o.${name}); break`
  if (map) return `entry(r, (o.${name} ??= {}), ${type in SCALARS ? 'text' : `(r) => ${value}`}); break`
  if (repeated) return `o.${name} = more(o.${name}, ${value}); break`
  if (isMarked(field, 'inline')) return `${type}(r, endOf(r), o); break`
  const zero = isMarked(field, 'unless_null')
    ? 'null'
    : options.proto3_optional
      ? undefined
      : SCALARS[type]?.zero
  if (zero === undefined || type === 'bytes') return `o.${name} = ${value}; break`
  return `{ const v = ${value}; if (v !== ${zero}) o.${name} = v; break }`
}

function readOf({type, repeated}: Field): string {
  const scalar = SCALARS[type]
  if (repeated && scalar && type !== 'string') throw new Error(`repeated ${type}: packed lists are not read`)
  return scalar ? scalar.read : `${type}(r, endOf(r))`
}
