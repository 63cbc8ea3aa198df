import {clean} from '../../model/clean.ts'
import {drop} from '../drop.ts'
import {AnswerError, ConnectionError} from '../errors.ts'
import {resourceKeys, resources} from '../resources.ts'
import {decoders} from './decoders.ts'
import {endOf, type Reader, readerOf} from './wire.ts'

type Decoder = (r: Reader, end: number) => object

/** How an answer of the API server begins (k8s.io/apimachinery 0.37 runtime/serializer/protobuf). */
const MAGIC = Buffer.from('k8s\0')

/** `List.items` has the number 2, whatever it is a list of. */
const ITEMS = 18

const CHANGED: ReadonlySet<string> = new Set(['ControllerRevision', 'Event'])

/** Whether of objects of that kind something is made that no server sends (`model/kept/`); of others all that is decoded is kept. */
export function isChanged(kind: string): boolean {
  return CHANGED.has(kind)
}

/**
 * The object, or the list, that these bytes are, as JSON has it, but only with the fields that `kept.proto` names. Items of a
 * list are made one by one, when they are asked for.
 * @throws ConnectionError when the bytes are not whole; where an item is not, when it is asked for.
 */
export function decodeProtobuf(bytes: Buffer, server: URL): object {
  return understood(server, () => decoded(bytes, server))
}

function decoded(bytes: Buffer, server: URL): object {
  return objectOf(envelopeIn(bytes), server)
}

/** An object or a list, still in bytes, and what it is. */
export interface Envelope {
  readonly apiVersion: string
  readonly kind: string
  readonly raw: Buffer
}

/** @throws RangeError when the bytes are none. */
export function envelopeIn(bytes: Buffer): Envelope {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new RangeError('other bytes')
  const reader = readerOf(bytes)
  reader.pos = MAGIC.length
  const {typeMeta, raw} = decoders.Unknown(reader, bytes.length)
  if (!typeMeta || !raw) throw new RangeError('cut between two fields')
  return {apiVersion: '', kind: '', ...typeMeta, raw}
}

/** @throws RangeError when the bytes are not whole, ConnectionError for a kind that nobody asked for. */
export function objectOf({apiVersion, kind, raw}: Envelope, server: URL): object {
  if (kind === 'Status') return {kind, ...decoders.Status(readerOf(raw), raw.length)}
  const one = decoderOf(apiVersion, kind)
  if (one) return one(readerOf(raw), raw.length)
  const ofItems = kind.replace(/List$/, '')
  const item = decoderOf(apiVersion, ofItems)
  if (!item) throw malformed(server, `is a ${clean(`${apiVersion} ${kind}`)}, which nobody asked for`)
  const items = () => itemsOf(raw, item, server)
  const list = decoders.List(readerOf(raw), raw.length)
  return {...list, items: {[Symbol.iterator]: items}, areKept: !isChanged(ofItems), drop: () => drop(raw)}
}

function decoderOf(apiVersion: string, kind: string): Decoder | undefined {
  const key = resourceKeys.find((each) => resources[each].kind === kind)
  if (!key || resources[key].apiVersion !== apiVersion) return undefined
  return (decoders as Readonly<Record<string, Decoder>>)[kind]
}

function* itemsOf(raw: Buffer, item: Decoder, server: URL): Generator<object, void> {
  const reader = readerOf(raw)
  while (reader.pos < raw.length) {
    const next = understood(server, () => {
      const tag = reader.tag()
      return tag === ITEMS ? item(reader, endOf(reader)) : void reader.skipType(tag & 7)
    })
    if (next) yield next
  }
}

/** What is wrong with the bytes is of no use to anyone, and might quote them. */
export function understood<T>(server: URL, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof AnswerError
      ? error
      : malformed(server, 'is not whole: it ends in the middle, or is no protobuf')
  }
}

function malformed(server: URL, problem: string): ConnectionError {
  return new ConnectionError(`error: the answer of ${server.origin} ${problem}`, 'Malformed')
}
