import {readdirSync, readFileSync} from 'node:fs'
import {dirname, join, relative, resolve} from 'node:path'
import {expect, test} from 'vitest'

/** Which folders of src a folder may import from, and why. `types` means: only `import type`. */
const ARROWS: Readonly<Record<string, {may: readonly string[]; types: readonly string[]; why: string}>> = {
  model: {may: [], types: [], why: 'Kubernetes’ rules know nothing of questions, screens or wires'},
  diagnosis: {may: ['model'], types: [], why: 'a cause is judged from facts that are already there'},
  reports: {may: ['model', 'diagnosis'], types: [], why: 'an answer is data, whatever it will look like'},
  render: {
    may: ['model/clean.ts', 'model/listed.ts'],
    types: ['reports', 'diagnosis'],
    why: 'text is made of reports alone',
  },
  cluster: {may: ['model'], types: [], why: 'facts are collected without knowing what they are for'},
  'command-line': {
    may: ['cluster', 'model', 'render'],
    types: ['reports'],
    why: 'it turns words into a scope and back',
  },
  commands: {
    may: ['command.ts', 'cluster', 'command-line', 'model', 'reports', 'render'],
    types: [],
    why: 'a command only puts the parts together',
  },
  'command.ts': {
    may: ['cluster', 'command-line', 'model', 'reports', 'render'],
    types: [],
    why: 'as commands',
  },
  'main.ts': {may: ['commands', 'command-line', 'cluster', 'model'], types: [], why: 'it starts one command'},
  start: {may: [], types: ['main.ts'], why: 'it is what loads all the others'},
}

/** Packages that a folder may use at run time. Types may come from anywhere. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  render: ['cli-table3', 'get-east-asian-width', 'js-yaml', 'node:util'],
  cluster: [
    '@kubernetes/client-node',
    'undici',
    'js-yaml',
    'socks',
    'modern-tar',
    'protobufjs',
    'xz-decompress',
    'yauzl',
    'node:',
  ],
  'command-line': ['@oclif/core', 'fastest-levenshtein', 'ora', 'node:events', 'node:fs', 'node:path'],
  commands: ['@oclif/core'],
  'command.ts': ['@oclif/core'],
  'main.ts': ['@oclif/core'],
  start: ['node:fs', 'node:module', 'node:os', 'node:path', 'node:sea', 'node:vm'],
}

const PURE = ['model', 'diagnosis', 'reports', 'render']
/** A hash is a function like any other; its module alone is loaded late, for it takes long. */
const IMPURE =
  /\bDate\.now\(|\bnew Date\(\)|\bprocess\.(?!getBuiltinModule\('node:crypto'\))|\bconsole\.|\bfetch\(|\bMath\.random\(/

const STARTING =
  /['"`](node:)?(child_process|worker_threads)['"`]|node:cluster|\bprocess\.binding\b|spawn_sync/
const WRITING = /(['"`])(POST|PUT|PATCH|DELETE|CONNECT)\1/
const METHOD = /\bmethod:(?! string)/
const SECRETS = /['"`/]secrets?\b/

const src = resolve(import.meta.dirname, '../src')

interface Import {
  readonly from: string
  readonly to: string
  readonly isType: boolean
}

const files = readdirSync(src, {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith('.ts'))
const texts = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]))
const imports = files.flatMap(importsOf)

function importsOf(file: string): readonly Import[] {
  const found = (texts.get(file) ?? '').matchAll(
    /(?:^|\n)(?:import|export)(\s+type)?[^'"]*?from\s+'([^']+)'|import\('([^']+)'\)/g,
  )
  return [...found].map(([, type, fixed, lazy]) => ({
    from: file,
    to: fixed ?? lazy ?? '',
    isType: type !== undefined,
  }))
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
}

function room(file: string): string {
  return file.split('/')[0] ?? ''
}

function target({from, to}: Import): string {
  return relative(src, resolve(src, dirname(from), to))
}

test('folders import each other only along the permitted arrows', () => {
  const wrong = imports
    .filter(({to}) => to.startsWith('.') && !to.endsWith('package.json'))
    .filter((each) => {
      const [here, there] = [room(each.from), target(each)]
      if (room(there) === here) return false
      const rule = ARROWS[here] ?? {may: [], types: [], why: ''}
      const allowed = [...rule.may, ...(each.isType ? rule.types : [])]
      return !allowed.includes(room(there)) && !allowed.includes(there)
    })
    .map((each) => `${each.from} → ${target(each)}: no, because ${ARROWS[room(each.from)]?.why}`)
  expect(wrong).toEqual([])
})

test('each folder uses only the packages that it is for', () => {
  const wrong = imports
    .filter(({to, isType}) => !to.startsWith('.') && !isType)
    .filter(({from, to}) => !(PACKAGES[room(from)] ?? []).some((name) => to === name || to.startsWith(name)))
    .map(({from, to}) => `${from} → ${to}`)
  expect(wrong).toEqual([])
})

test('every folder of src has a rule', () => {
  expect(new Set(files.map(room))).toEqual(new Set(Object.keys(ARROWS)))
})

test('model, diagnosis, reports and render do no I/O and have no clock of their own', () => {
  const impure = files.filter((file) => PURE.includes(room(file)) && IMPURE.test(texts.get(file) ?? ''))
  expect(impure).toEqual([])
})

/** The one file that starts programs: the user's credential plugins, as kubectl does. */
const STARTS_PROGRAMS = 'cluster/sign-in/exec-credential-run.ts'

test('one file alone starts programs, never by a shell', () => {
  const starting = files.filter((file) => STARTING.test(texts.get(file) ?? ''))
  expect(starting).toEqual([STARTS_PROGRAMS])
  const text = withoutComments(texts.get(STARTS_PROGRAMS) ?? '')
  expect(text.match(/import .* from 'node:child_process'/g)).toEqual([
    "import {spawn} from 'node:child_process'",
  ])
  expect(text.match(/\bspawn\(.*/g)).toEqual(['spawn(path, exec.args ?? [], {'])
  expect(text.match(/.*shell.*/gi)).toEqual(['    shell: false,'])
})

test.each([
  "import * as cp from 'node:child_process'",
  "import {exec} from 'child_process'",
  'const {exec} = await import("node:child_process")',
  "require('child_process')",
  "process.getBuiltinModule('node:child_process')",
  "import cluster from 'node:cluster'",
  "import {Worker} from 'node:worker_threads'",
  "process.binding('spawn_sync')",
])('a program could be started by %s', (text) => {
  expect(text).toMatch(STARTING)
})

test('nothing is asked of a server but GET, and nothing about secrets', () => {
  const lines = files.flatMap((file) =>
    withoutComments(texts.get(file) ?? '')
      .split('\n')
      .map((line) => `${file}: ${line.trim()}`),
  )
  // the one question that is put to a proxy: to let us through to the server
  const tunnel = "cluster/transport/proxy-tunnel.ts: method: 'CONNECT',"
  expect(lines.filter((line) => WRITING.test(line))).toEqual([tunnel])
  expect(lines.filter((line) => METHOD.test(line))).toEqual([
    "cluster/transport/attempt.ts: const response = await pool.request({origin, path, headers, method: onlyGet('GET'), signal, ...timeouts})",
    tunnel,
  ])
  expect(lines.filter((line) => SECRETS.test(line)).map((line) => line.split(': ')[0])).toEqual([
    // the folder that Kubernetes mounts the service account in
    'cluster/kubeconfig/in-cluster.ts',
  ])
})

test.each(["method: 'POST'", 'method: "DELETE"', "['PATCH', path]", 'send(`PUT`)'])(
  'a server could be written to by %s',
  (text) => {
    expect(text).toMatch(WRITING)
  },
)

/** The files of one circle of imports, types included; undefined where there is none. */
function circleFrom(
  file: string,
  next: (file: string) => readonly string[],
  done: Set<string>,
  path: readonly string[] = [],
): readonly string[] | undefined {
  const place = path.indexOf(file)
  if (place >= 0) return [...path.slice(place), file]
  if (done.has(file)) return undefined
  for (const each of next(file)) {
    const circle = circleFrom(each, next, done, [...path, file])
    if (circle) return circle
  }
  done.add(file)
  return undefined
}

test('no file imports itself by way of others', () => {
  const inside = imports
    .filter(({to}) => to.startsWith('.'))
    .map((each) => [each.from, target(each)] as const)
  const byFile = Map.groupBy(inside, ([from]) => from)
  const next = (file: string) => (byFile.get(file) ?? []).map(([, to]) => to)
  const done = new Set<string>()
  expect(files.flatMap((file) => circleFrom(file, next, done)?.join(' → ') ?? [])).toEqual([])
})

test('a circle of imports is found', () => {
  const next = (file: string) => ({a: ['b'], b: ['c', 'd'], d: ['a']})[file] ?? []
  expect(circleFrom('a', next, new Set())).toEqual(['a', 'b', 'd', 'a'])
  expect(circleFrom('c', next, new Set())).toBeUndefined()
})

test('few files ask a server, for paths that cannot lead to exec or proxy: test/cluster/read-only.test.ts', () => {
  const asking = files.filter((file) =>
    /\bconnection\s*\.(get|text|watch|summary)\(/.test(texts.get(file) ?? ''),
  )
  expect(asking.toSorted()).toEqual([
    'cluster/custom/discovery.ts',
    'cluster/custom/read.ts',
    'cluster/disk-usage.ts',
    'cluster/list.ts',
    'cluster/namespaces.ts',
    'cluster/pod-log.ts',
    'cluster/server-version.ts',
    'cluster/watch/keep-up.ts',
  ])
})
