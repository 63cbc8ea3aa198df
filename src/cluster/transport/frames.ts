import {ConnectionError} from '../errors.ts'

/** Bytes of a length in front of each frame (k8s.io/apimachinery 0.37 util/framer). */
const HEAD = 4
/** No server sends a larger change; client-go takes none either (0.37 streaming.NewDecoder). */
const LARGEST = 16 << 20

/**
 * Frames in the body of a watch in protobuf. What comes after the last whole one is left out.
 * @throws ConnectionError for a frame that nobody sends, or whatever broke the body.
 */
export async function* frames(body: AsyncIterable<Buffer>, server: URL): AsyncGenerator<Buffer, void> {
  let begun: Buffer[] = []
  let length = 0
  let wanted = HEAD
  for await (const chunk of body) {
    begun.push(chunk)
    length += chunk.length
    if (length < wanted) continue
    const bytes = begun.length === 1 ? chunk : Buffer.concat(begun)
    let start = 0
    for (;;) {
      wanted = HEAD + lengthAt(bytes, start)
      if (wanted > HEAD + LARGEST) throw noChanges(server)
      if (start + wanted > length) break
      yield bytes.subarray(start + HEAD, start + wanted)
      start += wanted
    }
    length -= start
    begun = length === 0 ? [] : [bytes.subarray(start)]
  }
}

/** Of the frame that begins there, as far as it tells. */
function lengthAt(bytes: Buffer, start: number): number {
  return bytes.length - start < HEAD ? 0 : bytes.readUInt32BE(start)
}

export function noChanges(server: URL): ConnectionError {
  return new ConnectionError(
    `error: the answer of ${server.origin} is not a stream of changes to objects`,
    'Malformed',
  )
}
