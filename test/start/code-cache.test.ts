import {spawn} from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {text} from 'node:stream/consumers'
import {Script} from 'node:vm'
import {afterEach, beforeEach, expect, onTestFinished, test, vi} from 'vitest'
import {cacheFolders} from '../../src/start/cache-folders.ts'
import {codeCache} from '../../src/start/code-cache.ts'

const ROOT = join(import.meta.dirname, '../..')
let folder: string
const caches = process.env.XDG_CACHE_HOME

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'code-cache-'))
  process.env.XDG_CACHE_HOME = join(folder, 'caches')
})

afterEach(() => {
  if (caches === undefined) delete process.env.XDG_CACHE_HOME
  else process.env.XDG_CACHE_HOME = caches
  rmSync(folder, {recursive: true})
})

/** A copy of the built package, without any code cache. */
function installed(): string {
  const root = join(folder, 'package')
  for (const each of ['bin', 'dist', 'package.json', 'oclif.manifest.json'])
    cpSync(join(ROOT, each), join(root, each), {recursive: true})
  rmSync(join(root, 'dist/cache'), {recursive: true, force: true})
  return root
}

async function ran(
  root: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Promise<string> {
  const env = {PATH: process.env.PATH, HOME: join(folder, 'no-home'), ...variables}
  const child = spawn(process.execPath, [join(root, 'bin/run.js'), ...args], {cwd: ROOT, env})
  return (await Promise.all([text(child.stdout), text(child.stderr)])).join('')
}

const filesIn = (path: string) =>
  existsSync(path)
    ? readdirSync(path, {recursive: true, encoding: 'utf8'})
        .map((file) => join(path, file))
        .filter((file) => statSync(file).isFile())
    : []

const names = (files: readonly string[]) => files.map((file) => file.split('/').at(-1)).toSorted()

test('the first run of a kind leaves its code in the package, the second takes it and says the same', async () => {
  const root = installed()
  const args = ['map', '-f', 'examples/stuck-rollout.yaml']
  const first = await ran(root, args)
  const files = filesIn(join(root, 'dist/cache'))
  expect(names(files)).toEqual(['map-saved-answers', 'map-saved-main', 'map-saved-shared'])
  const before = files.map((file) => statSync(file).ino)
  expect(await ran(root, args)).toBe(first)
  // what V8 had not taken would have been written again
  expect(files.map((file) => statSync(file).ino)).toEqual(before)
  await ran(root, ['--version'])
  expect(names(filesIn(join(root, 'dist/cache')))).toContain('version-main')
})

test('code that is none is written again, and the answer is the same', async () => {
  const root = installed()
  const version = await ran(root, ['--version'])
  const [file = ''] = filesIn(join(root, 'dist/cache'))
  writeFileSync(file, 'nonsense')
  expect(await ran(root, ['--version'])).toBe(version)
  expect(readFileSync(file).length).toBeGreaterThan(1000)
})

test('a run that gets no answer leaves nothing', async () => {
  const root = installed()
  await ran(root, ['map'])
  expect(filesIn(join(root, 'dist/cache'))).toEqual([])
})

test('NODE_DISABLE_COMPILE_CACHE turns it off', async () => {
  const root = installed()
  await ran(root, ['--version'], {NODE_DISABLE_COMPILE_CACHE: '1'})
  expect(filesIn(join(root, 'dist/cache'))).toEqual([])
})

/** What `codeCache` does with one script of a package that is not ours to write to. */
function cachedTwice(): (Buffer | undefined)[] {
  const dist = join(folder, 'missing')
  const read = () => codeCache(dist, 'build', 'kind').codeOf('main')
  const before = read()
  const cache = codeCache(dist, 'build', 'kind')
  cache.keep('main', new Script('1 + 1'))
  cache.save()
  return [before, read()]
}

test('where the package is not ours it lies among our own caches, for us alone', () => {
  mkdirSync(join(folder, 'caches'))
  const [before, after] = cachedTwice()
  expect(before).toBeUndefined()
  expect(after?.length).toBeGreaterThan(0)
  const own = statSync(join(folder, 'caches/kubectl-stateful-code'))
  expect(own.mode & 0o777).toBe(0o700)
})

/** V8 itself remembers what it has compiled: each test has a script of its own. */
let script = 0
beforeEach(() => {
  script++
})

/** A run that calls the function of a script, or does not; it gives the size of what is cached after it. */
function run(isCalled: boolean): number {
  const cache = codeCache(join(folder, 'missing'), 'build', 'kind')
  const code = cache.codeOf('main')
  const source = `(function later() { return [1, 2].map((each) => each + ${script}) })`
  const compiled = new Script(source, {...(code && {cachedData: code})})
  cache.keep('main', compiled)
  const later = compiled.runInThisContext() as () => void
  if (isCalled) later()
  cache.save()
  return statSync(cached()).size
}

const cached = () => filesIn(join(folder, 'caches'))[0] ?? ''

test('once a day a run adds the functions that it has needed', () => {
  mkdirSync(join(folder, 'caches'))
  const size = run(false)
  expect(run(true)).toBe(size)
  const yesterday = new Date(Date.now() - 25 * 3_600_000)
  utimesSync(cached(), yesterday, yesterday)
  expect(run(true)).toBeGreaterThan(size)
  expect(statSync(cached()).mtimeMs).toBeGreaterThan(yesterday.getTime())
})

test('soon after the first run another adds what it has needed, then ever more seldom', () => {
  mkdirSync(join(folder, 'caches'))
  const hour = 3_600_000
  const size = run(false)
  const begun = statSync(dirname(cached())).birthtimeMs
  const sixHours = new Date(begun + 6 * hour)
  utimesSync(cached(), sixHours, sixHours)
  onTestFinished(() => void vi.useRealTimers())
  vi.useFakeTimers({toFake: ['Date'], now: begun + 10 * hour})
  expect(run(true)).toBe(size)
  vi.setSystemTime(begun + 13 * hour)
  expect(run(true)).toBeGreaterThan(size)
})

test('a minute is soon', () => {
  mkdirSync(join(folder, 'caches'))
  const size = run(false)
  const before = new Date(Date.now() - 61_000)
  utimesSync(cached(), before, before)
  expect(run(true)).toBeGreaterThan(size)
})

test.for([0o777, 0o770])('a folder that others may write to (%o) is neither read nor written', (mode) => {
  const path = join(folder, 'caches/kubectl-stateful-code')
  mkdirSync(path, {recursive: true})
  const place = join(path, `build-${process.version}-${process.arch}`)
  mkdirSync(place)
  writeFileSync(join(place, 'kind-main'), 'planted')
  chmodSync(path, mode)
  expect(cachedTwice()).toEqual([undefined, undefined])
  expect(readFileSync(join(place, 'kind-main'), 'utf8')).toBe('planted')
})

test('a folder of somebody else is not trusted', () => {
  const own = process.getuid
  mkdirSync(join(folder, 'caches/kubectl-stateful-code'), {recursive: true, mode: 0o700})
  chmodSync(join(folder, 'caches/kubectl-stateful-code'), 0o700)
  const [, among] = cacheFolders(join(folder, 'missing'))
  expect(among?.isTrusted()).toBe(true)
  process.getuid = () => 4711
  try {
    expect(among?.isTrusted()).toBe(false)
  } finally {
    process.getuid = own as () => number
  }
})

test('what another build left a month ago goes when a new one comes', () => {
  const path = join(folder, 'caches/kubectl-stateful-code')
  mkdirSync(path, {recursive: true, mode: 0o700})
  for (const [build, days] of [
    ['old', 31],
    ['recent', 29],
  ] as const) {
    mkdirSync(join(path, build))
    const then = new Date(Date.now() - days * 24 * 3_600_000)
    utimesSync(join(path, build), then, then)
  }
  expect(cachedTwice()[1]).toBeDefined()
  expect(readdirSync(path).toSorted()).toEqual([`build-${process.version}-${process.arch}`, 'recent'])
})

test('a home that is missing is not made', () => {
  process.env.XDG_CACHE_HOME = join(folder, 'no-home/.cache')
  expect(cachedTwice()).toEqual([undefined, undefined])
  expect(existsSync(join(folder, 'no-home'))).toBe(false)
})
