import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {binary} from '../tools/binaries.ts'
import {items} from './objects.ts'

const GROUP = 'tests.example.com'
const version = {groupVersion: `${GROUP}/v1`, version: 'v1'}
const reports = {
  name: 'reports',
  singularName: 'report',
  namespaced: true,
  kind: 'Report',
  verbs: ['get', 'list'],
}

const ANSWERS: Readonly<Record<string, object>> = {
  '/api': {kind: 'APIVersions', versions: ['v1']},
  '/apis': {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [{name: GROUP, versions: [version], preferredVersion: version}],
  },
  '/api/v1': {kind: 'APIResourceList', groupVersion: 'v1', resources: []},
  [`/apis/${GROUP}/v1`]: {kind: 'APIResourceList', groupVersion: `${GROUP}/v1`, resources: [reports]},
  [`/apis/${GROUP}/v1/namespaces/shop/reports`]: {
    kind: 'ReportList',
    apiVersion: `${GROUP}/v1`,
    metadata: {resourceVersion: '1'},
    items,
  },
  [`/apis/${GROUP}/v1/namespaces/shop/reports/one`]: items[0] ?? {},
}

/** What a program made of a template: what it printed, or why it did not. */
export interface Said {
  readonly stdout: string
  readonly error: string
}

/** Real kubectl, asked of a server that has those objects and nothing else. */
export async function openKubectl() {
  const server = createServer(({url = '/'}, response) => {
    const answer = ANSWERS[new URL(url, 'http://x').pathname]
    response
      .writeHead(answer ? 200 : 404, {'content-type': 'application/json'})
      .end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const folder = mkdtempSync(join(tmpdir(), 'templates-'))
  const {port} = server.address() as AddressInfo
  const flags = [
    `--server=http://127.0.0.1:${port}`,
    `--cache-dir=${join(folder, 'cache')}`,
    '--namespace=shop',
  ]
  return {
    folder,
    get: (words: readonly string[]) => run(['get', 'reports', ...words, ...flags], folder),
    close: () => {
      server.close()
      server.closeAllConnections()
      rmSync(folder, {recursive: true, force: true})
    },
  }
}

async function run(words: readonly string[], folder: string): Promise<Said> {
  const child = spawn(binary('kubectl'), words, {
    env: {HOME: folder, PATH: '/usr/bin:/bin'},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return {stdout, error: errorIn(stderr)}
}

/** Without the object that kubectl prints behind an error, and the log's own marks. */
function errorIn(stderr: string): string {
  return stderr
    .replace(/\. Printing more information for debugging[\s\S]*/, '')
    .replace(/^F\d{4} [^\]]*\] /, '')
    .replace(/\n$/, '')
}
