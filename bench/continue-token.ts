/** Token of the next page in a list of protobuf: `Unknown.raw` is the list, its field 1 a ListMeta, of which field 3 is the token. */
export function continueIn(bytes: Buffer): string {
  const raw = field(bytes.subarray(MAGIC), 2)
  return field(field(raw, 1), 3).toString()
}

/** Length of what the API server puts before it. */
const MAGIC = 4

/** The first field of that number with a length; empty where there is none. */
function field(bytes: Buffer, wanted: number): Buffer {
  for (let at = 0; at < bytes.length; ) {
    const [tag, afterTag] = varint(bytes, at)
    const [length, begin] = varint(bytes, afterTag)
    if (tag % 8 !== 2) at = begin
    else if (tag >> 3 === wanted) return bytes.subarray(begin, begin + length)
    else at = begin + length
  }
  return Buffer.alloc(0)
}

function varint(bytes: Buffer, at: number): readonly [number, number] {
  let [value, shift, next] = [0, 1, at]
  for (;;) {
    const byte = bytes[next++] ?? 0
    value += (byte & 127) * shift
    if (byte < 128) return [value, next]
    shift *= 128
  }
}
