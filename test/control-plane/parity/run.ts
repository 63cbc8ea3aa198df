import {spawn} from 'node:child_process'
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {text} from 'node:stream/consumers'
import {binary} from '../tools/binaries.ts'
import {isAsked} from './api.ts'
import {identities} from './authorities.ts'
import type {Passed} from './proxies.ts'
import type {Given, Row, Site} from './row.ts'
import {type Asked, openWorld, type Place, type World} from './world.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** How one program fared with a row: what the first server and proxy saw of it, and what it said of its failure. */
export interface Fared {
  readonly asked: Asked | undefined
  readonly passed: readonly string[]
  readonly exit: 'answered' | 'refused' | 'hangs'
  /** Of a failure; else the warnings. */
  readonly words: string
}

/** What both programs made of one row. */
export interface Pair {
  readonly name: string
  readonly kubectl: Fared
  readonly plugin: Fared
}

/** A place where one row at a time is run, with servers of its own. */
interface Lane {
  readonly world: World
  readonly folder: string
}

/** How the plugin is started: from `dist`, or from where it was installed. */
export type Start = readonly [program: string, ...args: string[]]

const FROM_DIST: Start = [process.execPath, join(ROOT, 'bin', 'run.js')]

/** Runs rows side by side in so many lanes, and gives back what came of them, in order. */
export async function runRows(
  rows: readonly Row[],
  start: Start = FROM_DIST,
  lanes = 3,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  const waiting = rows.map((row, index) => ({row, index}))
  await Promise.all(
    Array.from({length: Math.min(lanes, rows.length)}, async () => {
      const lane = await openLane()
      try {
        for (let next = waiting.shift(); next; next = waiting.shift())
          pairs[next.index] = await runRow(next.row, lane, start)
      } finally {
        lane.world.close()
        rmSync(lane.folder, {recursive: true, force: true})
      }
    }),
  )
  return pairs
}

async function openLane(): Promise<Lane> {
  const lane = {world: await openWorld(), folder: mkdtempSync(join(tmpdir(), 'parity-'))}
  return lane
}

async function runRow(row: Row, lane: Lane, start: Start): Promise<Pair> {
  const folder = mkdtempSync(join(lane.folder, 'row-'))
  const site = siteOf(lane.world, folder)
  const given = row.given(site)
  lay(given, folder)
  const {names = [], flags = []} = given
  const fare = (program: Start, words: readonly string[]) =>
    run([...program, ...words, ...names, ...flags], given, lane, folder)
  const kubectl = await fare([binary('kubectl')], ['get', 'statefulsets.v1.apps'])
  const plugin = await fare(start, ['map'])
  return {name: row.name, kubectl, plugin}
}

function siteOf({ports}: World, folder: string): Site {
  const port = (place: Place) => ports[place]
  const scheme = (place: Place) =>
    place === 'plain' || place.startsWith('httpProxy') || place === 'brokenProxy'
      ? 'http'
      : place.startsWith('socks')
        ? 'socks5'
        : 'https'
  return {
    identities,
    folder,
    port,
    url: (place, parts = {}) => {
      const {host = '127.0.0.1', path = '', user = ''} = parts
      return `${parts.scheme ?? scheme(place)}://${user === '' ? '' : `${user}@`}${host}:${port(place)}${path}`
    },
  }
}

function lay({config, files = {}, programs = {}}: Given, folder: string): void {
  const all = {...files, ...(config !== undefined && {'.kube/config': config})}
  for (const [path, content] of Object.entries({...all, ...programs})) {
    mkdirSync(dirname(join(folder, path)), {recursive: true})
    const isText = typeof content === 'string' || Buffer.isBuffer(content)
    writeFileSync(join(folder, path), isText ? content : JSON.stringify(content))
  }
  for (const path of Object.keys(programs)) chmodSync(join(folder, path), 0o755)
}

async function run(
  [program = '', ...args]: readonly string[],
  given: Given,
  {world, folder: lane}: Lane,
  cwd: string,
): Promise<Fared> {
  world.asked.length = 0
  world.passed.length = 0
  const {stderr, code} = await output(program, args, cwd, {...environment(cwd, lane), ...given.env})
  return {
    asked: world.asked[0],
    passed: [...new Set(world.passed.flatMap(throughProxy))],
    exit: code === 0 ? 'answered' : code === HANGS ? 'hangs' : 'refused',
    words: wordsOf(stderr, code === 0, cwd),
  }
}

/** What of a proxy is compared: tunnels, and of what is not tunnelled the question that both ask. */
function throughProxy({target, ...passed}: Passed): readonly string[] {
  if (target.includes('/') && !isAsked(target)) return []
  return [JSON.stringify({target: target.replace(/\?.*/, ''), ...passed})]
}

function environment(home: string, lane: string): NodeJS.ProcessEnv {
  const path = [join(ROOT, 'node_modules', '.bin'), home, '/usr/bin', '/bin'].join(delimiter)
  return {
    HOME: home,
    PATH: path,
    KUBECACHEDIR: join(lane, 'kubectl-cache'),
    XDG_CACHE_HOME: join(lane, 'cache'),
  }
}

const HANGS = -1

/** Who has not ended after that time never will. */
const PATIENCE = 60_000

async function output(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
  })
  const code = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve(status ?? HANGS))
  })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return {stdout, stderr, code: await code}
}

/** What the plugin says besides, in all rows alike (docs/parity.md), and kubectl's hint to other help. */
const BESIDES =
  /^Warning: the identity of the server is not checked|^Config not found: |^See 'kubectl |^did you mean |^\t| >$/

/** Without the lines of klog, and without what is another one in each run. */
function wordsOf(stderr: string, isAnswered: boolean, folder: string): string {
  const lines = stderr.trimEnd().split('\n')
  const said = lines.filter((line) => !/^[IWEF]\d{4} \d\d:/.test(line))
  const kept = (isAnswered ? said.filter((line) => line.startsWith('Warning: ')) : said).filter(
    (line) => !BESIDES.test(line),
  )
  return kept
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{2,}/g, '\n')
    .trim()
    .replaceAll(folder, 'HOME')
    .replace(/^error: /, '')
    .replace(/(127\.0\.0\.1|localhost|0\.0\.0\.0|\[::1?\]):\d{4,5}\b/g, '$1:PORT')
    .replace(/:\d{4,5}->/g, ':PORT->')
    .replace(/(lookup \S+) on \S+:53/, '$1')
    .replace(/\b(test|invalid):\d{4,5}\b/g, '$1:PORT')
}
