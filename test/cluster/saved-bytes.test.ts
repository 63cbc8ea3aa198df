import {gzipSync, zstdCompressSync} from 'node:zlib'
import {expect, test} from 'vitest'
import {decompressed, peek} from '../../src/cluster/saved/bytes.ts'

const MIB = 1024 ** 2
const TOO_SMALL = 'it is packed more than two hundred times smaller than it is, which no saved cluster is'

/** As a file comes: in pieces, each when it is asked for. */
async function* inPieces(bytes: Buffer, times = 1): AsyncGenerator<Uint8Array> {
  for (let time = 0; time < times; time++)
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

/** How much of it was unpacked by somebody who takes all that is given, and why that ended. */
async function unpackedOf(bytes: AsyncGenerator<Uint8Array>) {
  let unpacked = 0
  try {
    const {all} = await decompressed(await peek(bytes))
    for await (const chunk of all) unpacked += chunk.length
    return {unpacked, why: undefined}
  } catch (error) {
    return {unpacked, why: (error as Error).message}
  }
}

test.for([
  // 160 members of 65 kB: ten gigabytes in ten megabytes
  ['gzip', () => inPieces(gzipSync(Buffer.alloc(64 * MIB)), 160)],
  ['zstd', () => inPieces(zstdCompressSync(Buffer.alloc(512 * MIB)))],
] as const)('a bomb of %s is left long before it is unpacked', async ([, bytes]) => {
  const {unpacked, why} = await unpackedOf(bytes())
  expect(why).toBe(TOO_SMALL)
  expect(unpacked / MIB).toBeLessThan(256)
})

test('what is packed well is unpacked to its end: a small one whatever it is, a large one as real ones are', async () => {
  const small = await unpackedOf(inPieces(gzipSync(Buffer.alloc(60 * MIB))))
  expect(small).toEqual({unpacked: 60 * MIB, why: undefined})
  const line = (index: number) =>
    `{"name":"agent-${Math.imul(index, 2654435761)}","image":"registry/app:1","args":[]}\n`
  const text = Array.from({length: 1_200_000}, (_, index) => line(index)).join('')
  expect(await unpackedOf(inPieces(gzipSync(text, {level: 1})))).toEqual({
    unpacked: text.length,
    why: undefined,
  })
})
