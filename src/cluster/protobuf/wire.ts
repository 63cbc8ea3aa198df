import protobuf, {type Reader} from 'protobufjs/minimal.js'
import {boundedText} from '../../model/bounded.ts'

export type {Reader} from 'protobufjs/minimal.js'

// JSON has numbers of 64 bits as numbers; with that library there, they would be objects
protobuf.util.Long = undefined as never
protobuf.configure()

export function readerOf(bytes: Buffer): Reader {
  return protobuf.Reader.create(bytes)
}

/** Where the message, or the entry of a map, ends that begins here. */
export function endOf(r: Reader): number {
  const length = r.size()
  const end = r.pos + length
  if (end > r.len) throw new RangeError(`${length} bytes at ${r.pos} of ${r.len}`)
  return end
}

/** That message, if it has ended where it said. */
export function whole<T>(r: Reader, end: number, message: T): T {
  if (r.pos !== end) throw new RangeError(`a message ends at ${r.pos} instead of ${end}`)
  return message
}

export function number(r: Reader): number {
  return Number(r.int64())
}

/** One entry of a map, whose value is read by `value`. */
export function entry(r: Reader, map: Record<string, unknown>, value: (r: Reader) => unknown): void {
  const end = endOf(r)
  let key = ''
  let found: unknown = ''
  while (r.pos < end) {
    const tag = r.tag()
    if (tag === 10) key = text(r)
    else if (tag === 18) found = value(r)
    else r.skipType(tag & 7)
  }
  map[key] = whole(r, end, found)
}

/** That list with one more. A list that grows by `push` has room for 16 others from the start, of which most have no use. */
export function more<T>(list: T[] | undefined, item: T): T[] {
  if (list === undefined) return [item]
  if (list.length < 8) return [...list, item]
  list.push(item)
  return list
}

const SHORT = 40
const SLOTS = 1 << 15
/** What is known by its slot: number of the text, in the order in which slots were first used, so that few touch little memory. */
const places = new Uint16Array(SLOTS)
/** 0 stands for none. */
const known = ['']
/** The bytes of each. */
const knownBytes = new Uint8Array((SLOTS + 1) * SHORT)
const knownLengths = new Uint8Array(SLOTS + 1)

/** Most short texts, as `Running` is, are told again and again: one string stands for all of them, and is not made anew. */
export function text(r: Reader): string {
  const end = endOf(r)
  const start = r.pos
  r.pos = end
  const bytes = r.buf as Buffer
  const length = end - start
  if (length > SHORT) return boundedText(bytes.toString('utf8', start, end))
  const slot = slotOf(bytes, start, end)
  const there = places[slot] as number
  if (knownLengths[there] === length && isSame(there * SHORT, bytes, start, end))
    return known[there] as string
  const place = there || known.length
  const made = bytes.toString('utf8', start, end)
  places[slot] = place
  known[place] = made
  knownLengths[place] = length
  for (let at = start; at < end; at++) knownBytes[place * SHORT + at - start] = bytes[at] as number
  return made
}

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0
  return (hash ^ (hash >>> 15)) & (SLOTS - 1)
}

function isSame(place: number, bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (knownBytes[place + at - start] !== bytes[at]) return false
  return true
}
