import {expect, test} from 'vitest'
import {withoutSignature} from '../../scripts/package/unsigned-exe.ts'

const HEADER = 0x80
const CODE = 512

/** A PE file with some code and, at its end, a signature. */
function exe(signature: number): Buffer {
  const bytes = Buffer.alloc(CODE + signature, 7)
  bytes.writeUInt32LE(HEADER, 0x3c)
  bytes.writeUInt16LE(0x20b, HEADER + 24)
  bytes.writeUInt32LE(signature > 0 ? CODE : 0, HEADER + 168)
  bytes.writeUInt32LE(signature, HEADER + 172)
  return bytes
}

test('a signature goes, and with it the checksum that counted it', () => {
  const bytes = withoutSignature(exe(40))
  expect(bytes.length).toBe(CODE)
  expect([168, 172, 88].map((offset) => bytes.readUInt32LE(HEADER + offset))).toEqual([0, 0, 0])
  expect(bytes.subarray(200 + HEADER)).toEqual(exe(40).subarray(200 + HEADER, CODE))
})

test('what is not signed stays as it is, but for the checksum', () => {
  expect(withoutSignature(exe(0)).length).toBe(CODE)
})

test('what is no such file, or has something behind its signature, is refused', () => {
  expect(() => withoutSignature(Buffer.concat([exe(40), Buffer.alloc(1)]))).toThrow('not at the end')
  expect(() => withoutSignature(Buffer.alloc(200))).toThrow('no PE file')
})
