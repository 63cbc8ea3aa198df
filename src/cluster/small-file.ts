import {closeSync, openSync, readSync} from 'node:fs'

/** Nothing that somebody connects with is larger. */
const MOST = 16 << 20
const PIECE = 64 << 10

/**
 * All that a file holds that a kubeconfig, a flag or the environment names. Some have no end, such as /dev/zero: reading those
 * would take all memory, and nobody could interrupt it.
 * @throws Error of the system, or for what is too large.
 */
export function readSmallFile(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const pieces: Buffer[] = []
    for (let length = 0; length <= MOST; ) {
      const piece = Buffer.allocUnsafe(PIECE)
      const read = readSync(file, piece)
      if (read === 0) return Buffer.concat(pieces, length)
      pieces.push(piece.subarray(0, read))
      length += read
    }
    throw new Error(`read ${path}: more than ${MOST >> 20} MiB`)
  } finally {
    closeSync(file)
  }
}
