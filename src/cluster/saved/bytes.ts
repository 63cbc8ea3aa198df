import {Readable} from 'node:stream'
import {ARCHIVE_BYTES, RATIO, SMALL_BYTES} from './limits.ts'

/** Bytes as they come, and the first of them, which tell what they are. */
export interface Bytes {
  readonly head: Buffer
  readonly all: AsyncIterable<Uint8Array>
}

/** A tar file says so at its byte 257. */
const HEAD_BYTES = 512

/** Reads until the head is known. */
export async function peek(source: AsyncIterable<Uint8Array>): Promise<Bytes> {
  const chunks = source[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  let length = 0
  while (length < HEAD_BYTES) {
    const {done, value} = await chunks.next()
    if (done) break
    read.push(value)
    length += value.length
  }
  const head = Buffer.concat(read)
  return {head, all: joined(head, chunks)}
}

async function* joined(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield head
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

/** All of them. @throws Error when there are more than that. */
export async function collected(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of limited(bytes, limit)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* limited(bytes: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const chunk of bytes) {
    length += chunk.length
    if (length > limit) throw new Error(`more than ${limit / 1024 ** 2} MiB, which no saved cluster has`)
    yield chunk
  }
}

/** What is compressed, plain; everything else as it is. @throws Error for what is cut short, or fills a machine. */
export async function decompressed({head, all}: Bytes): Promise<Bytes> {
  let packed = 0
  const counted = async function* () {
    for await (const chunk of all) {
      packed += chunk.length
      yield chunk
    }
  }
  const plain = await plainOf({head, all: counted()})
  if (!plain) return {head, all}
  return peek(
    limited(
      believable(plain, () => packed),
      ARCHIVE_BYTES,
    ),
  )
}

/** What is packed so much smaller is nothing that somebody has saved; not asked of what is small in any case. */
async function* believable(
  plain: AsyncIterable<Uint8Array>,
  packed: () => number,
): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const chunk of plain) {
    length += chunk.length
    if (length > SMALL_BYTES && length > packed() * RATIO)
      throw new Error(
        'it is packed more than two hundred times smaller than it is, which no saved cluster is',
      )
    yield chunk
  }
}

async function plainOf({head, all}: Bytes): Promise<AsyncIterable<Uint8Array> | undefined> {
  if (begins(head, '1f8b')) return through(all, zlib().createGunzip())
  if (begins(head, '28b52ffd')) return through(all, zlib().createZstdDecompress())
  if (!begins(head, 'fd377a585a00')) return undefined
  return new (await xzStream())(Readable.toWeb(Readable.from(all)) as ReadableStream<Uint8Array>)
}

/** Loading it takes as long as reading a file, and few are packed. */
const zlib = () => process.getBuiltinModule('node:zlib')

/** It carries its decoder as WebAssembly, for which nobody else should wait; Node finds no names in a module of its kind. */
async function xzStream(): Promise<typeof import('xz-decompress').XzReadableStream> {
  const loaded: typeof import('xz-decompress') & {default?: typeof import('xz-decompress')} = await import(
    'xz-decompress'
  )
  return (loaded.default ?? loaded).XzReadableStream
}

function through(all: AsyncIterable<Uint8Array>, unpack: NodeJS.ReadWriteStream & Readable): Readable {
  const source = Readable.from(all)
  source.on('error', (error) => unpack.destroy(error))
  return source.pipe(unpack)
}

/** Whether they begin so, in hexadecimal. */
export function begins(head: Buffer, magic: string): boolean {
  return head.toString('hex', 0, magic.length / 2) === magic
}
