import {Readable} from 'node:stream'
import {createTarDecoder} from 'modern-tar'
import {fromBufferPromise, openPromise, type ZipFile} from 'yauzl'
import type {Source} from './source.ts'

/** Files of a tar archive, one after the other: each is to be read, or left, before the next. Links are no files. */
export async function* tarSources(archive: string, all: AsyncIterable<Uint8Array>): AsyncGenerator<Source> {
  const entries = (Readable.toWeb(Readable.from(all)) as ReadableStream<Uint8Array>).pipeThrough(
    createTarDecoder(),
  )
  for await (const {header, body} of entries) {
    const reader = body.getReader()
    if (header.type === 'file') yield inside(archive, header.name, chunksOf(reader))
    // the decoder goes on only when all of an entry was taken
    for await (const _ of chunksOf(reader));
  }
}

async function* chunksOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
}

/** Files of a zip archive, which is read where it stands; one that comes on standard input is held. */
export async function* zipSources(archive: string, held: Buffer | undefined): AsyncGenerator<Source> {
  const zip = held ? await fromBufferPromise(held, options) : await openPromise(archive, options)
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/')) yield inside(archive, entry.fileName, unzipped(zip, entry))
    }
  } finally {
    zip.close()
  }
}

/** Each file is held to the size that the archive says it has. */
const options = {lazyEntries: true, autoClose: false, validateEntrySizes: true} as const

type ZipEntry = Parameters<ZipFile['openReadStreamPromise']>[0]

async function* unzipped(zip: ZipFile, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  yield* await zip.openReadStreamPromise(entry)
}

function inside(archive: string, path: string, bytes: AsyncIterable<Uint8Array>): Source {
  return {name: `${archive}: ${path}`, path, isGiven: false, bytes}
}
