import {closeSync, createReadStream, openSync, readSync} from 'node:fs'
import {readdir, realpath, stat} from 'node:fs/promises'
import {join, relative, sep} from 'node:path'
import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {begins, collected, decompressed, peek} from './bytes.ts'
import {ARCHIVE_BYTES, FILES} from './limits.ts'
import type {Source} from './source.ts'

const CHUNK_BYTES = 64 * 1024

/**
 * Every file that a path stands for: a file, standard input (`-`), a folder with all that is in it, or an archive (tar,
 * compressed or not, and zip). Nothing is ever written, so no name in an archive can lead anywhere.
 * @throws AnswerError for a path that does not exist.
 */
export async function* sourcesOf(path: string): AsyncGenerator<Source> {
  if (path === '-') return yield* unpacked('STDIN', process.stdin)
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new AnswerError(`error: the path "${clean(path)}" does not exist`)
  yield* found.isDirectory() ? folderSources(path) : unpacked(path, createReadStream(path))
}

async function* folderSources(folder: string): AsyncGenerator<Source> {
  const root = await realpath(folder)
  let files = 0
  for await (const name of filesIn(folder)) {
    files += 1
    if (files > FILES)
      throw new AnswerError(`error: error reading ${clean(folder)}: more than ${FILES} files`)
    const bytes = bytesIn(name)
    try {
      yield {name, path: relative(folder, name).replaceAll(sep, '/'), isGiven: false, bytes}
    } finally {
      // read or not
      await bytes.return(undefined)
    }
  }

  /** In the order of their names. Node's own recursion would follow links in circles. */
  async function* filesIn(below: string): AsyncGenerator<string> {
    const entries = await readdir(below, {withFileTypes: true})
    for (const entry of entries.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
      const name = join(below, entry.name)
      if (entry.isDirectory()) yield* filesIn(name)
      else if (entry.isFile() || (entry.isSymbolicLink() && (await isFileWithin(root, name)))) yield name
    }
  }
}

/** Links may be followed to a file of the same folder; no pipe and no device is ever opened. */
async function isFileWithin(root: string, name: string): Promise<boolean> {
  const [target, found] = await Promise.all([realpath(name), stat(name)]).catch(() => [])
  return target?.startsWith(root + sep) === true && found?.isFile() === true
}

/** Opened when it is read: of many thousand files most are not. */
async function* bytesIn(file: string): AsyncGenerator<Uint8Array> {
  const open = openSync(file, 'r')
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
      const length = readSync(open, chunk)
      if (length === 0) return
      yield chunk.subarray(0, length)
    }
  } finally {
    closeSync(open)
  }
}

async function* unpacked(name: string, given: AsyncIterable<Uint8Array>): AsyncGenerator<Source> {
  const packed = await peek(given)
  if (begins(packed.head, '504b0304')) {
    const {zipSources} = await import('./archive.ts')
    const isHeld = name === 'STDIN'
    return yield* zipSources(name, isHeld ? await collected(packed.all, ARCHIVE_BYTES) : undefined)
  }
  const {head, all} = await decompressed(packed)
  if (head.toString('latin1', 257, 262) !== 'ustar')
    return yield {name, path: name, isGiven: true, bytes: all}
  const {tarSources} = await import('./archive.ts')
  yield* tarSources(name, all)
}
