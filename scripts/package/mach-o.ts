/** Parts of a Mach-O file for 64 bits that a signature has to do with (Apple's mach-o/loader.h). */
export interface MachO {
  readonly bytes: Buffer
  /** Where the load commands end, and the next one would stand. */
  readonly commandsEnd: number
  readonly commands: readonly Command[]
}

export interface Command {
  readonly at: number
  readonly type: number
  readonly size: number
}

export interface Segment {
  readonly at: number
  readonly fileOffset: number
  readonly fileSize: number
}

const MAGIC = 0xfeedfacf
const HEADER = 32
const SEGMENT = 0x19

/** @throws Error where it is none for 64 bits. */
export function machO(bytes: Buffer): MachO {
  if (bytes.readUInt32LE(0) !== MAGIC) throw new Error('this is no Mach-O file for 64 bits')
  const commands: Command[] = []
  let at = HEADER
  for (let left = bytes.readUInt32LE(16); left > 0; left--) {
    const size = bytes.readUInt32LE(at + 4)
    commands.push({at, type: bytes.readUInt32LE(at), size})
    at += size
  }
  return {bytes, commands, commandsEnd: at}
}

/** @throws Error where there is no segment of that name. */
export function segment({bytes, commands}: MachO, name: string): Segment {
  const named = ({at}: Command) => bytes.toString('latin1', at + 8, at + 24).replace(/\0+$/, '') === name
  const found = commands.find((command) => command.type === SEGMENT && named(command))
  if (!found) throw new Error(`there is no segment ${name}`)
  const number = (offset: number) => Number(bytes.readBigUInt64LE(found.at + offset))
  return {at: found.at, fileOffset: number(40), fileSize: number(48)}
}

/** Says how long a segment is, in the file and in memory, where it fills whole pages. */
export function setSize({bytes}: MachO, {at}: Segment, size: number): void {
  bytes.writeBigUInt64LE(BigInt(size), at + 48)
  bytes.writeBigUInt64LE(BigInt(aligned(size, 0x4000)), at + 32)
}

/** Adds a load command of four words, into the room that lies between the commands and what is mapped. */
export function addCommand({bytes, commands, commandsEnd}: MachO, words: readonly number[]): void {
  const size = words.length * 4
  if (bytes.subarray(commandsEnd, commandsEnd + size).some((byte) => byte !== 0))
    throw new Error('there is no room for one more load command')
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word, commandsEnd + index * 4)
  bytes.writeUInt32LE(commands.length + 1, 16)
  bytes.writeUInt32LE(commandsEnd - HEADER + size, 20)
}

export function aligned(size: number, to: number): number {
  return Math.ceil(size / to) * to
}
