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

const SHORT = 40
const SLOTS = 1 << 13
const known = new Array<string>(SLOTS).fill('')

/** Most short texts, as `Running` is, are told again and again: one string stands for all of them, and is not made anew. */
export function text(r: Reader): string {
  const end = endOf(r)
  const start = r.pos
  r.pos = end
  const bytes = r.buf as Buffer
  if (end - start > SHORT) return boundedText(bytes.toString('utf8', start, end))
  const slot = slotOf(bytes, start, end)
  const last = known[slot] as string
  if (isSame(last, bytes, start, end)) return last
  const made = bytes.toString('utf8', start, end)
  known[slot] = made
  return made
}

function slotOf(bytes: Buffer, start: number, end: number): number {
  let hash = end - start
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0
  return (hash ^ (hash >>> 15)) & (SLOTS - 1)
}

/** In ASCII alone a byte is a character. */
function isSame(text: string, bytes: Buffer, start: number, end: number): boolean {
  if (text.length !== end - start) return false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code !== bytes[start + at] || code > 127) return false
  }
  return true
}
