import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {environment, runPlugin} from '../run-plugin.ts'
import {installGlobally, pack} from './tarball.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'kubectl-stateful-tarball-'))
afterAll(() => rmSync(folder, {recursive: true}))
const tarball = pack(folder)
const PATH = [dirname(process.execPath), environment.PATH].join(delimiter)

test('npm install -g brings both commands, and nothing else', async () => {
  const prefix = join(folder, 'global')
  mkdirSync(prefix)
  const bin = installGlobally(tarball, prefix)
  expect(readdirSync(bin).toSorted()).toEqual(['kubectl-stateful', 'kubectl_complete-stateful'])
  const modules = join(prefix, 'lib/node_modules')
  expect(readdirSync(modules)).toEqual(['kubectl-stateful'])
  expect(existsSync(join(modules, 'kubectl-stateful/node_modules'))).toBe(false)
  const ran = (name: string, args: readonly string[]) => {
    const options = {cwd: root, encoding: 'utf8', env: {...environment, PATH}} as const
    const {stdout, stderr, status: code} = spawnSync(join(bin, name), args, options)
    return {stdout, stderr, code}
  }
  const args = ['map', '-f', 'examples/stuck-rollout.yaml']
  expect(ran('kubectl-stateful', args)).toEqual(await runPlugin(args, root))
  expect(ran('kubectl_complete-stateful', ['explain', 'crash-l'])).toMatchObject({
    stdout: expect.stringMatching(/^crash-loop\t.*\n:4\n$/),
    code: 0,
  })
})

test('npx runs it', () => {
  const options = {cwd: folder, encoding: 'utf8', env: {...environment, PATH, HOME: folder}} as const
  const ran = execFileSync(
    'npx',
    ['--yes', '--offline', `--package=${tarball}`, 'kubectl-stateful', '--version'],
    options,
  )
  expect(ran).toMatch(/^kubectl-stateful\/\d/)
})

test('one oldest Node is named in all texts', () => {
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  expect(JSON.parse(read('package.json')).engines).toEqual({node: '>=22.19.0'})
  expect(read('scripts/bundle.ts')).toContain("target: 'node22.19'")
  for (const bin of ['bin/run.js', 'bin/complete.js'])
    expect(read(bin)).toContain('major < 22 || (major === 22 && minor < 19)')
  expect(read('README.md')).toContain('Node 22.19 or newer')
  const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'VERIFYING.md', 'CHANGELOG.md']
  const named = documents.flatMap(
    (path) => read(path).match(/Node(\.js)? (\d+(\.\d+)*) (or|and) newer/g) ?? [],
  )
  // with an older npm the repository works as well: it brings the Node that it needs
  const known = ['Node 22.19 or newer', 'Node 20 or newer']
  expect(named.filter((each) => !known.includes(each))).toEqual([])
})
