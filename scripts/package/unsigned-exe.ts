const PE_AT = 0x3c
/** From the beginning of the PE header (Microsoft's PE format, PE32+). */
const [MAGIC, CHECKSUM, CERTIFICATES] = [24, 24 + 64, 24 + 112 + 4 * 8]
const PE32_PLUS = 0x20b

/**
 * node.exe without the signature at its end. What is put into the file would leave it there, and wrong: worse than none, for
 * whoever looks at it.
 * @throws Error for what is no such file, or signed in another place.
 */
export function withoutSignature(exe: Buffer): Buffer {
  const header = exe.readUInt32LE(PE_AT)
  if (exe.readUInt16LE(header + MAGIC) !== PE32_PLUS) throw new Error('this is no PE file for 64 bits')
  const [at, size] = [0, 4].map((offset) => exe.readUInt32LE(header + CERTIFICATES + offset)) as [
    number,
    number,
  ]
  if (size > 0 && at + size !== exe.length) throw new Error('the signature is not at the end of the file')
  const bytes = Buffer.from(exe.subarray(0, size > 0 ? at : exe.length))
  bytes.fill(0, header + CERTIFICATES, header + CERTIFICATES + 8)
  // which is none, as for most programs
  bytes.writeUInt32LE(0, header + CHECKSUM)
  return bytes
}
