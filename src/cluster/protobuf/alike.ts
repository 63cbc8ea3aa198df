import type {Reader} from './wire.ts'

/** Lists are in the order of their sets: many that are alike come one after the other. */
const SLOTS = 256
/** What is longer, or in more pieces, is not compared. */
const ROOM = 1024
const PIECES = 32
/** So many bytes at the end of each piece tell most messages apart. */
const TAIL = 16

/** Messages of one kind that were made. */
interface Known {
  /** Tags of the fields that are kept: what others hold does not matter. */
  readonly tags: ReadonlySet<number>
  /** By slot, the number of the message, in the order in which slots were first used, so that few touch little memory; 0: none. */
  readonly places: Uint16Array
  readonly bytes: Uint8Array
  readonly sizes: Uint16Array
  readonly made: unknown[]
}

export function known(tags: readonly number[]): Known {
  return {
    tags: new Set(tags),
    places: new Uint16Array(SLOTS),
    bytes: new Uint8Array((SLOTS + 1) * ROOM),
    sizes: new Uint16Array(SLOTS + 1),
    made: [undefined],
  }
}

/**
 * The message that ends there. One that was made of the same bytes stands for it too, since nobody changes what was read:
 * it is not made anew, and takes the memory of one.
 */
export function alike<T>(r: Reader, end: number, known: Known, make: (r: Reader, end: number) => T): T {
  const start = r.pos
  const pieces = piecesOf(r, end, known.tags)
  if (!pieces) {
    r.pos = start
    return make(r, end)
  }
  // 0 stands for none
  const size = pieces.size + 1
  const slot = slotOf(r.buf, pieces)
  const there = known.places[slot] as number
  if (known.sizes[there] === size && isSame(r.buf, pieces, known.bytes, there * ROOM))
    return known.made[there] as T
  const place = there || known.made.push(undefined) - 1
  known.places[slot] = place
  // before messages within this one are looked at; until it is made nothing stands there
  known.sizes[place] = 0
  copy(r.buf, pieces, known.bytes, place * ROOM)
  r.pos = start
  const made = make(r, end)
  known.sizes[place] = size
  known.made[place] = made
  return made
}

/** Where what is kept of the message at hand begins and ends, again and again; one for all, as there is one at a time. */
const found = {bounds: new Int32Array(2 * PIECES), count: 0, size: 0}
type Pieces = typeof found

/** Undefined where that is too much; leaves the reader at the end of a message that is whole. */
function piecesOf(r: Reader, end: number, tags: ReadonlySet<number>): Pieces | undefined {
  const {bounds} = found
  let [count, size] = [0, 0]
  while (r.pos < end) {
    const from = r.pos
    const tag = r.tag()
    r.skipType(tag & 7)
    if (!tags.has(tag)) continue
    size += r.pos - from
    if (count > 0 && bounds[count - 1] === from) count -= 2
    else if (count < 2 * PIECES) bounds[count] = from
    else return undefined
    bounds[count + 1] = r.pos
    count += 2
  }
  found.count = count
  found.size = size
  return r.pos === end && size <= ROOM ? found : undefined
}

function slotOf(bytes: Uint8Array, {bounds, count, size}: Pieces): number {
  let hash = size
  for (let piece = 0; piece < count; piece += 2) {
    const end = bounds[piece + 1] as number
    for (let at = Math.max(bounds[piece] as number, end - TAIL); at < end; at++)
      hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0
  }
  return (hash ^ (hash >>> 15)) & (SLOTS - 1)
}

function isSame(bytes: Uint8Array, {bounds, count}: Pieces, others: Uint8Array, place: number): boolean {
  let other = place
  for (let piece = 0; piece < count; piece += 2) {
    const end = bounds[piece + 1] as number
    for (let at = bounds[piece] as number; at < end; at++) if (bytes[at] !== others[other++]) return false
  }
  return true
}

function copy(bytes: Uint8Array, {bounds, count}: Pieces, others: Uint8Array, place: number): void {
  let other = place
  for (let piece = 0; piece < count; piece += 2) {
    const end = bounds[piece + 1] as number
    for (let at = bounds[piece] as number; at < end; at++) others[other++] = bytes[at] as number
  }
}
