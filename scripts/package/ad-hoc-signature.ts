import {createHash} from 'node:crypto'
import {addCommand, aligned, type MachO, machO, segment, setSize} from './mach-o.ts'

const CODE_SIGNATURE = 0x1d
const PAGE = 4096
const HASH = 32
const SUPER_BLOB = 20
const DIRECTORY = 88

/**
 * A Mach-O executable with an ad hoc signature, as Apple's linker and Go's give one: checksums of its pages, and nobody's name.
 * macOS starts no arm64 code without. What puts our code into Node takes that of Node away, and to sign again by Apple's own
 * tool takes a Mac. Layout: xnu's osfmk/kern/cs_blobs.h, and cmd/internal/codesign of Go.
 */
export function signedAdHoc(executable: Buffer, identifier: string): Buffer {
  const before = machO(executable)
  if (before.commands.some(({type}) => type === CODE_SIGNATURE)) throw new Error('it is signed already')
  const at = aligned(executable.length, 16)
  const bytes = Buffer.alloc(at + signatureSize(at, identifier))
  executable.copy(bytes)
  const file = machO(bytes)
  addCommand(file, [CODE_SIGNATURE, 16, at, bytes.length - at])
  const linkEdit = segment(file, '__LINKEDIT')
  setSize(file, linkEdit, bytes.length - linkEdit.fileOffset)
  signature(file, at, identifier).copy(bytes, at)
  return bytes
}

function signatureSize(codeSize: number, identifier: string): number {
  return SUPER_BLOB + DIRECTORY + identifier.length + 1 + Math.ceil(codeSize / PAGE) * HASH
}

/** One blob, the code directory: what the code is called, and the checksum of each of its pages. */
function signature(file: MachO, codeSize: number, identifier: string): Buffer {
  const blob = Buffer.alloc(signatureSize(codeSize, identifier))
  const pages = Math.ceil(codeSize / PAGE)
  const hashes = DIRECTORY + identifier.length + 1
  const words = [
    ...[0xfade0cc0, blob.length, 1, 0, SUPER_BLOB],
    // magic, length, version, flags (ad hoc, by a linker), where hashes and identifier are, special slots, slots, size
    ...[0xfade0c02, blob.length - SUPER_BLOB, 0x20400, 0x20002, hashes, DIRECTORY, 0, pages, codeSize],
  ]
  for (const [index, word] of words.entries()) blob.writeUInt32BE(word, index * 4)
  // SHA-256, in pages of 2 to the 12th
  blob.set([HASH, 2, 0, 12], words.length * 4)
  const text = segment(file, '__TEXT')
  blob.writeBigUInt64BE(BigInt(text.fileOffset), SUPER_BLOB + 64)
  blob.writeBigUInt64BE(BigInt(text.fileSize), SUPER_BLOB + 72)
  // it is a main program
  blob.writeBigUInt64BE(1n, SUPER_BLOB + 80)
  blob.write(identifier, SUPER_BLOB + DIRECTORY, 'latin1')
  for (let page = 0; page < pages; page++) {
    const code = file.bytes.subarray(page * PAGE, Math.min((page + 1) * PAGE, codeSize))
    createHash('sha256')
      .update(code)
      .digest()
      .copy(blob, SUPER_BLOB + hashes + page * HASH)
  }
  return blob
}
