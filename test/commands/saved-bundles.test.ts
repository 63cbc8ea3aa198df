import {execFileSync} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import {cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {deflateRawSync, gzipSync, zstdCompressSync} from 'node:zlib'
import {packTar} from 'modern-tar'
import {expect, test} from 'vitest'
import {temporaryFolder} from '../cluster/fake-server.ts'
import {runPlugin} from '../run-plugin.ts'

const bundle = join(import.meta.dirname, '../field/dump-03-bundle/files')
const paths = ['groups.json', 'nodes.json', 'pods/shop.json', 'statefulsets/shop.json']
const files = new Map(paths.map((path) => [path, readFileSync(join(bundle, path))]))
const question = ['status', '-A', '-f']
const expected = await runPlugin([...question, 'files'], dirname(bundle))

type Entries = Parameters<typeof packTar>[0][number][]

function tar(before: Entries = [], after: Entries = []): Promise<Uint8Array> {
  const entries = [...files].map(([name, body]) => ({header: {name, size: body.length}, body}))
  return packTar([...before, ...entries, ...after])
}

/** As `zip` writes them, without checksums of its own making. */
function zip(entries: ReadonlyMap<string, Buffer>): Buffer {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [name, plain] of entries) {
    const packed = deflateRawSync(plain)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(plain.length, 18)
    head.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    centrals.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), head, tail, Buffer.from(name)]),
    )
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(centrals)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(centrals.length, 4)
  end.writeUInt16LE(centrals.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06'), end])
}

function written(name: string, content: Uint8Array): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, name), content)
  return folder
}

test('a folder is read with all that is in it, and says once what it passed over', () => {
  expect(expected).toMatchObject({code: 0})
  expect(expected.stdout).toContain('shop        sts/store   3/3')
  expect(expected.stderr).toContain('Note: passed over 1 of 4 files, which hold nothing that is looked at\n')
})

test.each<[string, () => Promise<Uint8Array>]>([
  ['a.tar', () => tar()],
  ['a.tar.gz', async () => gzipSync(await tar())],
  ['a.tar.zst', async () => zstdCompressSync(await tar())],
  ['a.zip', async () => zip(files)],
  ['of-any-name', async () => gzipSync(await tar())],
])('%s answers as the folder does', async (name, content) => {
  expect(await runPlugin([...question, name], written(name, await content()))).toEqual(expected)
})

test.skipIf(!hasXz())('a.tar.xz answers as the folder does', async () => {
  const packed = execFileSync('xz', ['-c'], {input: await tar()})
  expect(await runPlugin([...question, 'a.tar.xz'], written('a.tar.xz', packed))).toEqual(expected)
})

function hasXz(): boolean {
  try {
    execFileSync('xz', ['--version'])
    return true
  } catch {
    return false
  }
}

test('links and other places that names in an archive lead to are of no concern', async () => {
  const link = {header: {name: 'pods/link.json', size: 0, type: 'symlink', linkname: '/etc/passwd'}} as const
  const text = Buffer.from('nothing')
  const up = {header: {name: '../../up.json', size: text.length}, body: text}
  const packed = await tar([link, up])
  const {stdout, stderr, code} = await runPlugin([...question, 'a.tar'], written('a.tar', packed))
  expect({stdout, code}).toEqual({stdout: expected.stdout, code: 0})
  expect(stderr).toContain('passed over 2 of 5 files')
})

test('a link out of a folder is not followed, one within it is', async () => {
  const folder = temporaryFolder()
  cpSync(bundle, join(folder, 'files'), {recursive: true})
  mkdirSync(join(folder, 'outside'))
  writeFileSync(join(folder, 'outside/a.json'), '{')
  symlinkSync(join(folder, 'outside/a.json'), join(folder, 'files/out.json'))
  symlinkSync(join(folder, 'files'), join(folder, 'files/loop'))
  symlinkSync('groups.json', join(folder, 'files/within.json'))
  const {stdout, stderr} = await runPlugin([...question, 'files'], folder)
  expect(stdout).toBe(expected.stdout)
  expect(stderr).toContain('passed over 2 of 5 files')
})

test('a file that is broken among others is named, and the others are read', async () => {
  const packed = zip(new Map([...files, ['pods/cut.json', Buffer.from('{"kind": "PodList", "items": [')]]))
  const {stdout, stderr, code} = await runPlugin([...question, 'a.zip'], written('a.zip', packed))
  expect({stdout, code}).toEqual({stdout: expected.stdout, code: 0})
  expect(stderr).toMatch(
    /Warning: passed over 1 of 5 files, which hold nothing that is looked at, and 1 that can't be read \(error parsing a\.zip: pods\/cut\.json: /,
  )
})

test('an archive of nothing that is of use is no answer', async () => {
  const nothing = zip(
    new Map([
      ['a/notes.log', Buffer.from('kind: Pod')],
      ['b.json', Buffer.from('[{"name": "x"}]')],
    ]),
  )
  const {stdout, stderr, code} = await runPlugin([...question, 'a.zip'], written('a.zip', nothing))
  expect({stdout, stderr, code}).toEqual({
    stdout: '',
    stderr: 'error: error reading [a.zip]: none of 2 files holds an object to look at\n',
    code: 2,
  })
})

test('of an archive that is cut short what came before is read; an error is only that nothing did', async () => {
  const noise = randomBytes(500_000)
  const whole = gzipSync(await tar([], [{header: {name: 'z.log', size: noise.length}, body: noise}]))
  const late = await runPlugin([...question, 'a.tar.gz'], written('a.tar.gz', whole.subarray(0, -100_000)))
  expect(late).toMatchObject({stdout: expected.stdout, code: 0})
  expect(late.stderr).toContain("1 that can't be read (error reading a.tar.gz: unexpected end of file)")
  const early = await runPlugin([...question, 'a.tar.gz'], written('a.tar.gz', whole.subarray(0, 60)))
  expect(early).toMatchObject({
    stdout: '',
    stderr: 'error: error reading a.tar.gz: unexpected end of file\n',
    code: 2,
  })
})

test('a file in an archive that is larger than it says is not unpacked', async () => {
  const packed = zip(files)
  const claimed = packed.indexOf(Buffer.from('PK\x01\x02')) + 24
  packed.writeUInt32LE(10, claimed)
  const {stderr} = await runPlugin([...question, 'a.zip'], written('a.zip', packed))
  expect(stderr).toContain('1 that can')
})
