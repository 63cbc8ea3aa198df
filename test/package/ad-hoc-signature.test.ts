import {createHash} from 'node:crypto'
import {expect, test} from 'vitest'
import {signedAdHoc} from '../../scripts/package/ad-hoc-signature.ts'
import {machO, segment} from '../../scripts/package/mach-o.ts'

const CODE_SIZE = 3 * 4096 + 100

/** A Mach-O file of two segments with some code, and without a signature. */
function unsigned(room = 64): Buffer {
  const bytes = Buffer.alloc(CODE_SIZE, 7)
  bytes.fill(0, 0, 32 + 2 * 72 + room)
  bytes.writeUInt32LE(0xfeedfacf, 0)
  bytes.writeUInt32LE(2, 16)
  bytes.writeUInt32LE(2 * 72, 20)
  for (const [index, [name, offset, size]] of SEGMENTS.entries()) {
    const at = 32 + index * 72
    bytes.writeUInt32LE(0x19, at)
    bytes.writeUInt32LE(72, at + 4)
    bytes.write(name, at + 8, 'latin1')
    bytes.writeBigUInt64LE(BigInt(offset), at + 40)
    bytes.writeBigUInt64LE(BigInt(size), at + 48)
  }
  return bytes
}

const SEGMENTS = [
  ['__TEXT', 0, 2 * 4096],
  ['__LINKEDIT', 2 * 4096, 4096 + 100],
] as const

/** What macOS looks at: that each page is what its checksum says. */
function pagesThatDiffer(signed: Buffer): readonly number[] {
  const command = machO(signed).commands.find(({type}) => type === 0x1d)
  const at = signed.readUInt32LE((command?.at ?? 0) + 8)
  const directory = signed.subarray(at + signed.readUInt32BE(at + 16))
  const [hashes, pages, codeLimit] = [16, 28, 32].map((offset) => directory.readUInt32BE(offset)) as [
    number,
    number,
    number,
  ]
  return [...Array(pages).keys()].filter((page) => {
    const code = signed.subarray(page * 4096, Math.min((page + 1) * 4096, codeLimit))
    const hash = directory.subarray(hashes + page * 32, hashes + (page + 1) * 32)
    return !createHash('sha256').update(code).digest().equals(hash)
  })
}

test('a signature follows the code, within the last segment, and has the checksum of every page', () => {
  const code = unsigned()
  const signed = signedAdHoc(code, 'kubectl-stateful')
  const {commands} = machO(signed)
  const last = commands.at(-1)
  expect(commands).toHaveLength(3)
  const words = [0, 4, 8, 12].map((offset) => signed.readUInt32LE((last?.at ?? 0) + offset))
  const at = Math.ceil(CODE_SIZE / 16) * 16
  expect(words).toEqual([0x1d, 16, at, signed.length - at])
  const linkEdit = segment(machO(signed), '__LINKEDIT')
  expect(linkEdit.fileOffset + linkEdit.fileSize).toBe(signed.length)
  expect(signed.readUInt32BE(at)).toBe(0xfade0cc0)
  expect(signed.readUInt32BE(at + 4)).toBe(signed.length - at)
  expect(signed.toString('latin1', at + 20 + 88, at + 20 + 88 + 17)).toBe('kubectl-stateful\0')
  expect(pagesThatDiffer(signed)).toEqual([])
  // the code itself is as it was
  expect(signed.subarray(4096, CODE_SIZE)).toEqual(code.subarray(4096))
})

test('a page that was changed later is not what was signed', () => {
  const signed = signedAdHoc(unsigned(), 'a')
  signed[5000] = 0
  expect(pagesThatDiffer(signed)).toEqual([1])
})

test('what is signed, has no room, or is no such file is refused', () => {
  expect(() => signedAdHoc(signedAdHoc(unsigned(), 'a'), 'a')).toThrow('it is signed already')
  expect(() => signedAdHoc(unsigned(0), 'a')).toThrow('there is no room for one more load command')
  expect(() => signedAdHoc(Buffer.alloc(64), 'a')).toThrow('this is no Mach-O file for 64 bits')
})
