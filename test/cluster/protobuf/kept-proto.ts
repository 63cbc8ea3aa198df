/** `kept.proto` as its text says it, and what an API server would send of it. */
// before all: a field that is made while there are numbers of 64 bits can't do without them
import '../../../src/cluster/protobuf/wire.ts'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import protobuf, {type Field, type Type} from 'protobufjs'
import {resources} from '../../../src/cluster/resources.ts'

export const KEPT_PROTO = readFileSync(
  join(import.meta.dirname, '../../../src/cluster/protobuf/kept.proto'),
  'utf8',
)

/** The messages that `shapes.ts` reads, with their fields (k8s.io/apimachinery 0.37). */
const SHAPES: Readonly<Record<string, string>> = {
  Quantity: 'string string = 1;',
  IntOrString: 'int64 type = 1; int32 intVal = 2; string strVal = 3;',
  Time: 'int64 seconds = 1; int32 nanos = 2;',
  MicroTime: 'int64 seconds = 1; int32 nanos = 2;',
  RawExtension: 'bytes raw = 1;',
}

function listOf(kind: string): string {
  return `message ${kind}List {\n  ListMeta metadata = 1;\n  repeated ${kind} items = 2;\n}\n`
}

/** Go writes zeros too, which a proto3 writer leaves out unless told to tell them. */
const ALL_TOLD = KEPT_PROTO.replaceAll(/^message (\w+) \{\}$/gm, (line, name: string) =>
  SHAPES[name] ? `message ${name} {\n  ${SHAPES[name].replaceAll('; ', ';\n  ')}\n}` : line,
)
  .replaceAll(/^ {2}(string|bool|int32|int64) /gm, '  optional $1 ')
  .replaceAll(/^message (Changed)?ObjectMeta \{$/gm, '$&\n  optional string resourceVersion = 6;')
  .replace(
    'message List {',
    `${Object.values(resources)
      .map(({kind}) => listOf(kind))
      .join('')}message List {`,
  )

const written = protobuf.parse(ALL_TOLD, {keepCase: true}).root
const read = protobuf.parse(KEPT_PROTO, {keepCase: true}).root

/** The message of `kept.proto` of that name. */
export function messageOf(name: string): Type {
  return read.lookupType(name)
}

export function isInline({options}: Field): boolean {
  return options?.['(inline)'] === true
}

/** Left out of JSON when it is zero. */
export function isOmittedWhenZero({type, repeated, map, options}: Field): boolean {
  return type in ZEROS && !repeated && !map && options?.proto3_optional !== true
}

const ZEROS: Readonly<Record<string, unknown>> = {string: '', bool: false, int32: 0, int64: 0}

/** The answer of an API server that has that object, or, of a list, the message. */
export function answerOf(apiVersion: string, kind: string, object: object, message = kind): Buffer {
  const raw = encoded(message, object)
  const unknown = {typeMeta: {apiVersion, kind}, raw}
  return Buffer.concat([Buffer.from('k8s\0'), written.lookupType('Unknown').encode(unknown).finish()])
}

/** One change of a watch, as an API server sends it: its length, and its object as an answer of its own. */
export function frameOf(type: string, apiVersion: string, kind: string, object: object): Buffer {
  const event = {type, object: {raw: answerOf(apiVersion, kind, object)}}
  const bytes = written.lookupType('WatchEvent').encode(event).finish()
  const head = Buffer.alloc(4)
  head.writeUInt32BE(bytes.length)
  return Buffer.concat([head, bytes])
}

function encoded(name: string, object: object): Uint8Array {
  const sent = asSent(messageOrList(name), object) as {metadata?: object}
  const {resourceVersion} = (object as {metadata?: {resourceVersion?: string}}).metadata ?? {}
  // no message that is read has it but that of a list
  if (resourceVersion !== undefined) Object.assign(sent.metadata ?? {}, {resourceVersion})
  return written.lookupType(name).encode(sent).finish()
}

function messageOrList(name: string): Type {
  return /.List$/.test(name) ? written.lookupType(name) : messageOf(name)
}

/** That JSON as the message that Go would make of it: zeros are there, and what JSON has in its own shape is a message. */
function asSent(type: Type, value: unknown): unknown {
  const shape = FROM_JSON[type.name]
  if (shape) return shape(value as never)
  const given = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    type.fieldsArray.map((field) => [field.name, fieldAsSent(field.resolve(), given)]),
  )
}

function fieldAsSent(field: Field, given: Readonly<Record<string, unknown>>): unknown {
  const {resolvedType, name, map, repeated, type} = field
  const one = (value: unknown) => (resolvedType ? asSent(resolvedType as Type, value) : value)
  if (isInline(field)) return one(given)
  const value = given[name]
  if (value === undefined) return isOmittedWhenZero(field) ? ZEROS[type] : undefined
  if (map) return Object.fromEntries(entriesOf(name, value as object).map(([key, each]) => [key, one(each)]))
  return repeated ? (value as readonly unknown[]).map(one) : one(value)
}

/** Where no annotation was kept there had been some: an empty map can't be sent. */
function entriesOf(name: string, map: object): readonly [string, unknown][] {
  const entries = Object.entries(map)
  return name === 'annotations' && entries.length === 0 ? [['example.com/dropped', '']] : entries
}

const FROM_JSON: Readonly<Record<string, (value: never) => object>> = {
  Quantity: (string: string) => ({string}),
  IntOrString: (value: number | string) =>
    typeof value === 'number' ? {type: 0, intVal: value, strVal: ''} : {type: 1, intVal: 0, strVal: value},
  Time: (text: string | null) => (text === null ? {} : instant(text)),
  MicroTime: (text: string | null) => (text === null ? {} : instant(text)),
  RawExtension: (value: unknown) => ({
    raw: Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)),
  }),
}

function instant(text: string): object {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? ''
  return {seconds: Math.floor(Date.parse(text) / 1000), nanos: Number(fraction.padEnd(9, '0'))}
}
