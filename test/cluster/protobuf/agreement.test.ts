import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import * as client from '@kubernetes/client-node'
import type {Field, Type} from 'protobufjs'
import {expect, test} from 'vitest'
import {decodersOf, messagesIn} from '../../../scripts/protobuf-decoders.ts'
import {fieldTypesOf} from '../../../scripts/protobuf-field-types.ts'
import {decodeProtobuf, isChanged} from '../../../src/cluster/protobuf/answer.ts'
import {resourceKeys, resources} from '../../../src/cluster/resources.ts'
import {answerOf, isInline, KEPT_PROTO, messageOf} from './kept-proto.ts'

/** An annotation that is kept, for a map of which only some keys are. */
const KEY = 'pv.kubernetes.io/bind-completed'

/** What has no fields of its own. */
const LEAF = 'x'

type Sample = Readonly<Record<string, unknown>>

/** An object with all that `kept.proto` names. */
function named({fieldsArray}: Type): Sample {
  return Object.assign({}, ...fieldsArray.map((field) => namedField(field.resolve())))
}

function namedField(field: Field): Sample {
  const message = field.resolvedType as Type | null
  const one = message && message.fieldsArray.length > 0 ? named(message) : LEAF
  if (isInline(field)) return named(message as Type)
  const value = field.map ? {[KEY]: one} : field.repeated ? [one] : one
  return {[field.name]: value}
}

interface Attribute {
  readonly baseName: string
  readonly type: string
}

/** An object with all that the API has, as the client's types know it. */
function whole(type: string): unknown {
  const [, item] = /^(?:Array|Set)<(.*)>$/.exec(type) ?? []
  if (item) return [whole(item)]
  const [, value] = /^\{ \[key: string\]: (.*); \}$/.exec(type) ?? []
  if (value) return {[KEY]: whole(value)}
  const model = (
    client as unknown as Readonly<Record<string, {getAttributeTypeMap?(): readonly Attribute[]}>>
  )[type]
  const attributes = model?.getAttributeTypeMap?.()
  if (!attributes) return LEAF
  return Object.fromEntries(attributes.map(({baseName, type}) => [baseName, whole(type)]))
}

/** `spec.containers[].name`, of all that is there. */
function pathsIn(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, `${at}[]`))
  const entries = typeof value === 'object' ? Object.entries(value as object) : []
  if (entries.length === 0) return [at]
  return entries.flatMap(([key, each]) => pathsIn(each, key === KEY ? `${at}{}` : `${at}.${key}`))
}

/** What a revision holds is kept as two facts about it, and no API sends these. */
function keptOf(key: (typeof resourceKeys)[number], object: unknown): Sample {
  const kept = (resources[key].project as (object: unknown) => Sample)(object)
  return 'data' in kept ? {...kept, data: LEAF} : kept
}

const apiPathsOf = (key: (typeof resourceKeys)[number]) => {
  const {kind} = resources[key]
  return pathsIn(keptOf(key, whole(kind === 'Event' ? 'CoreV1Event' : `V1${kind}`)))
}

test.each(resourceKeys)('of %s all that is read is kept', (key) => {
  const read = named(messageOf(resources[key].kind))
  expect(pathsIn(keptOf(key, read)).toSorted()).toEqual(pathsIn(read).toSorted())
})

test.each(resourceKeys)('of %s all that is kept is read', (key) => {
  const read = new Set(pathsIn(named(messageOf(resources[key].kind))))
  const kept = apiPathsOf(key)
  expect(kept.filter((path) => !read.has(path))).toEqual([])
  expect(kept.length).toBeGreaterThan(10)
})

test.each(resourceKeys.filter((key) => !isChanged(resources[key].kind)))(
  'of %s what is decoded is what is kept, with nothing in it and with all',
  (key) => {
    const {apiVersion, kind, project} = resources[key]
    for (const object of [{metadata: {}}, zeros(messageOf(kind))]) {
      const read = decodeProtobuf(answerOf(apiVersion, kind, object), new URL('https://cluster'))
      expect(read).toStrictEqual((project as (object: object) => object)(read))
    }
  },
)

/** Everything is told, and nothing is said: times are not set. */
function zeros({fieldsArray}: Type): Sample {
  return Object.assign({}, ...fieldsArray.map((field) => zeroField(field.resolve())))
}

const ZEROS: Readonly<Record<string, unknown>> = {
  string: '',
  bool: false,
  int32: 0,
  int64: 0,
  Quantity: '0',
  IntOrString: 0,
  Time: null,
  MicroTime: null,
}

function zeroField(field: Field): Sample {
  const one = field.type in ZEROS ? ZEROS[field.type] : zeros(field.resolvedType as Type)
  if (isInline(field)) return one as Sample
  return {[field.name]: field.map ? {'example.com/any': one} : field.repeated ? [one] : one}
}

test.for([
  ['decoders.ts', decodersOf(KEPT_PROTO)],
  ['../shape/field-types.ts', fieldTypesOf(messagesIn(KEPT_PROTO))],
] as const)('%s is what kept.proto makes (else: npm run protobuf)', ([file, made]) => {
  const committed = readFileSync(join(import.meta.dirname, '../../../src/cluster/protobuf', file), 'utf8')
  expect(committed).toBe(made)
})
