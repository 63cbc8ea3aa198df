import {execFileSync} from 'node:child_process'
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {complaints, type LockFile} from '../scripts/audit.ts'
import {bundledPackages} from '../scripts/bundled-packages.ts'
import {bundled, importsOf} from './loaded-modules.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pkg = JSON.parse(read('package.json'))
const lock = JSON.parse(read('package-lock.json'))
const packages = bundledPackages(bundled, root)

test('NOTICE lists what is bundled, and nothing else, each with its licence', () => {
  const [, ...parts] = read('NOTICE').split(/^-{78}\n/m)
  const listed = parts.map((part) => /^(\S+ \S+) \(\S+\)\n\n(?=\S)/.exec(part)?.[1] ?? part)
  const names = new Set(packages.map(({name, version}) => `${name} ${version}`))
  expect(listed.toSorted()).toEqual([...names].toSorted())
  expect(names.size).toBeGreaterThan(30)
  for (const part of parts) expect(part).toMatch(/copyright|public domain/i)
})

test('what is bundled is what the lock file has, by its checksum, and may be handed on', () => {
  expect(complaints(packages, lock)).toEqual([])
})

test.for<[LockFile['packages'], string, string]>([
  [{}, 'MIT', 'a 1.0.0 is not in the lock file, or without a checksum'],
  [
    {a: {version: '1.0.1', integrity: 'sha512-x'}},
    'MIT',
    'a 1.0.0 is not in the lock file, or without a checksum',
  ],
  [{a: {version: '1.0.0'}}, 'MIT', 'a 1.0.0 is not in the lock file, or without a checksum'],
  [
    {a: {version: '1.0.0', integrity: 'sha512-x', hasInstallScript: true}},
    'MIT',
    'a 1.0.0 runs a script when it is installed',
  ],
  [{a: {version: '1.0.0', integrity: 'sha512-x'}}, 'GPL-3.0', 'a 1.0.0 has the licence GPL-3.0'],
])('a build ends at a package with %j and %s', ([locked, license, complaint]) => {
  const found = complaints([{folder: 'a', name: 'a', version: '1.0.0', license, holders: []}], {
    packages: locked,
  })
  expect(found).toEqual([complaint])
})

test('whoever installs the package gets nothing else, and runs no script', () => {
  const own = ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies']
  expect(own.filter((field) => field in pkg)).toEqual([])
  const atInstall = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare']
  expect(atInstall.filter((script) => script in pkg.scripts)).toEqual([])
})

test('the lock file names no registry, and no script runs that is not approved', () => {
  const entries: [string, Record<string, unknown>][] = Object.entries(lock.packages)
  expect(entries.filter(([, entry]) => 'resolved' in entry)).toEqual([])
  const running = entries
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([path]) => path.split('/').at(-1))
  expect(Object.keys(pkg.allowScripts).toSorted()).toEqual(running.toSorted())
  // what a registry lacks of other platforms has no checksum there
  const unchecked = entries.filter(([path, {integrity, optional}]) => path && !integrity && !optional)
  expect(unchecked).toEqual([])
})

/** Modules of Node's by which something could be sent or started. */
const OUTSIDE = [
  'child_process',
  'cluster',
  'dgram',
  'http',
  'http2',
  'https',
  'inspector',
  'net',
  'tls',
  'worker_threads',
]

/** And who may import them, besides the folder that connects. */
const USERS: Readonly<Record<string, readonly string[]>> = {
  // the user's credential plugins
  child_process: ['src/cluster/sign-in/exec-credential-run.ts'],
  // the names of statuses, a way through proxies, and types of agents that nobody makes
  http: ['src/cluster/transport/', '@kubernetes/client-node', 'undici'],
  http2: ['undici'],
  https: ['@kubernetes/client-node'],
  net: ['src/cluster/', '@kubernetes/client-node', 'socks', 'undici'],
  tls: ['src/cluster/', '@kubernetes/client-node', 'undici'],
}

test('of what is bundled these alone can open connections or start programs', () => {
  const uses = importsOf(OUTSIDE).map(({from, to}) => ({user: ownerOf(from), to}))
  expect(uses.length).toBeGreaterThan(10)
  expect(uses.filter(({user, to}) => !USERS[to]?.some((each) => user.startsWith(each)))).toEqual([])
})

function ownerOf(file: string): string {
  return packages.findLast(({folder}) => file.startsWith(`${folder}/`))?.name ?? file
}

test('the package holds what is run, and what is to be read of it', () => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const [{files}] = JSON.parse(
    execFileSync('npm', args, {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}),
  )
  const paths = files.map(({path}: {path: string}) => path).toSorted()
  const schemas = readdirSync(join(root, 'schemas')).map((file) => `schemas/${file}`)
  expect(schemas.length).toBeGreaterThan(5)
  expect(paths).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'NOTICE',
    'README.md',
    'SECURITY.md',
    'bin/complete.js',
    'bin/run.js',
    'dist/answers.cjs',
    'dist/cluster.cjs',
    'dist/commands.cjs',
    'dist/help.cjs',
    'dist/main.cjs',
    'dist/shared.cjs',
    'dist/start.cjs',
    'oclif.manifest.json',
    'package.json',
    'rbac/cluster-role.yaml',
    'rbac/operators.yaml',
    'rbac/role.yaml',
    'rbac/usage.yaml',
    ...schemas.toSorted(),
  ])
})
