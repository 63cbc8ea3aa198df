/** Words of a server, of what is in front of it, and of a kubeconfig: whatever they are, none is obeyed. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {bundled} from '../../src/start/start.ts'
import {runPlugin} from '../run-plugin.ts'
import {OBEYED} from './obeyed.ts'
import {hostileText} from './texts.ts'

/** By hand with more, as the hostile texts. */
const CASES = Math.ceil(Number(process.env.HOSTILE_CASES ?? 1000) / 5)
const SEED = Number(process.env.HOSTILE_SEED ?? 20261129)

const ROOT = join(import.meta.dirname, '../..')
const {main} = bundled(join(ROOT, 'dist'))
const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
const COMMANDS = [['map'], ['status', '-A'], ['why', 'sts/db'], ['rollout', 'sts/db'], ['snapshot']] as const

let server: Server
let answer: (response: ServerResponse) => void = () => {}

beforeAll(async () => {
  server = createServer((_, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, {recursive: true})
})

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

async function expectClean(args: readonly string[]): Promise<void> {
  const {code, stdout, stderr} = await runPlugin(args, ROOT, '', undefined, main)
  const about = `${args.join(' ')}: ${code} ${JSON.stringify(stderr.slice(0, 2000))}`
  expect([0, 2], about).toContain(code)
  expect(`${stdout}${stderr}`, about).not.toBe('')
  expect(stderr, about).not.toContain('mistake in kubectl-stateful')
  expect(stderr.length).toBeLessThan(20_000)
  for (const text of [stdout, stderr]) {
    expect(text.isWellFormed(), about).toBe(true)
    expect(OBEYED.exec(text.replaceAll('\n', ' ')), about).toBeNull()
  }
}

const CODES = [200, 201, 400, 401, 403, 404, 405, 409, 410, 422, 429, 500, 502, 503, 504]

const anAnswer = fc.record({
  code: fc.constantFrom(...CODES),
  command: fc.constantFrom(...COMMANDS),
  text: hostileText,
  other: hostileText,
  form: fc.constantFrom('status', 'details', 'html', 'plain', 'list', 'items', 'type', 'warning', 'half'),
})

/** What may stand in a header at all. */
const inHeader = (text: string) =>
  Buffer.from(text.replaceAll(/[\r\n\0]/g, ' ').slice(0, 4000))
    .toString('latin1')
    .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '')

function respond(
  response: ServerResponse,
  {code, text, other, form}: {code: number; text: string; other: string; form: string},
): void {
  const status = {kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message: text, reason: other}
  const details = {name: text, kind: other, causes: [{message: text, field: other}]}
  const bodies: Record<string, unknown> = {
    status,
    details: {...status, details},
    html: `<html><head><title>${text}</title></head><body><h1>${other}</h1></body></html>`,
    plain: text,
    list: {kind: text, metadata: {continue: other, resourceVersion: text}, items: []},
    items: {
      kind: 'List',
      items: [{kind: text, metadata: {name: text, namespace: other, uid: text, labels: other}}],
    },
    type: text,
    warning: status,
    half: JSON.stringify(status).slice(0, -9),
  }
  const body = bodies[form]
  const type = form === 'type' ? inHeader(text) : form === 'html' ? 'text/html' : 'application/json'
  const warning = form === 'warning' ? {warning: `299 - "${inHeader(text).replaceAll('"', '')}"`} : {}
  response.writeHead(code, {'content-type': type, ...warning})
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

test(`${CASES} hostile answers`, {timeout: 4 * 60 * 60_000}, async () => {
  await fc.assert(
    fc.asyncProperty(anAnswer, async ({command, ...rest}) => {
      answer = (response) => respond(response, rest)
      await expectClean([...command, '--server', url(), '--request-timeout', '20s'])
    }),
    {numRuns: CASES, seed: SEED},
  )
})

/** Where a kubeconfig has texts, each of which may be another one. */
const FIELDS = [
  'cluster',
  'user',
  'context',
  'namespace',
  'path',
  'tls',
  'proxy',
  'command',
  'hint',
  'mode',
  'file',
  'extra',
] as const

const aConfig = fc.record({
  texts: fc.dictionary(fc.constantFrom(...FIELDS), hostileText, {minKeys: 1, maxKeys: 4}),
  command: fc.constantFrom(...COMMANDS),
  flags: fc.constantFrom([], ['context'], ['cluster'], ['user'], ['namespace'], ['as'], ['token']),
  flag: hostileText,
  isYaml: fc.boolean(),
})

function configOf(texts: Partial<Record<(typeof FIELDS)[number], string>>): object {
  const {
    cluster = 'c',
    user = 'u',
    context = 'x',
    namespace,
    path = '',
    tls,
    proxy,
    command,
    hint,
    mode,
    file,
    extra,
  } = texts
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: command ?? '/nonexistent/plugin',
    ...(hint !== undefined && {installHint: hint}),
    interactiveMode: mode ?? 'Never',
  }
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: cluster,
        cluster: {
          server: `https://127.0.0.1:1/${path}`,
          ...(tls !== undefined && {'tls-server-name': tls}),
          ...(proxy !== undefined && {'proxy-url': proxy}),
        },
      },
    ],
    users: [{name: user, user: file === undefined ? {exec} : {tokenFile: file}}],
    contexts: [{name: context, context: {cluster, user, ...(namespace !== undefined && {namespace})}}],
    'current-context': extra ?? context,
    ...(extra !== undefined && {[extra]: extra}),
  }
}

test(`${CASES} hostile kubeconfigs`, {timeout: 4 * 60 * 60_000}, async () => {
  const file = join(folder, 'config')
  await fc.assert(
    fc.asyncProperty(aConfig, async ({texts, command, flags, flag, isYaml}) => {
      const json = JSON.stringify(configOf(texts))
      writeFileSync(file, isYaml ? `# a comment\n${json}` : json)
      const given = flags.map((name) => `--${name}=${flag}`)
      await expectClean([...command, '--kubeconfig', file, '--request-timeout', '20s', ...given])
    }),
    {numRuns: CASES, seed: SEED},
  )
})
