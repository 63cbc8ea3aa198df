import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {bundled, loadedBy} from './loaded-modules.ts'

/** Modules by what they are for; nothing else may tell of them. */
const PARTS = {
  oclif: /node_modules\/@oclif\//,
  rules: /^src\/diagnosis\//,
  catalog: /^src\/diagnosis\/order\.ts$/,
  questions: /^src\/reports\/[^/]+\/question\.ts$/,
  views: /^src\/render\/views\//,
  text: /^src\/render\/text\.ts$/,
  drawing: /cli-table3|^src\/render\/drawn\.ts$/,
  json: /^src\/render\/json\.ts$/,
  yaml: /^src\/render\/yaml\.ts$/,
  markdown: /^src\/render\/markdown\.ts$/,
  html: /^src\/render\/html\//,
  templates:
    /^src\/(render\/(jsonpath\/|custom-columns)|command-line\/(arrangement|template|sorting|rows|label-columns)\.ts|commands\/row-sources)/,
  spinner: /node_modules\/ora\//,
  'js-yaml': /node_modules\/js-yaml\//,
  files: /^src\/cluster\/saved-documents\.ts$/,
  archives: /^src\/cluster\/saved\/archive\.ts$|yauzl|modern-tar|xz-decompress/,
  lists: /^src\/cluster\/(collect|list)\.ts$/,
  connection: /^src\/cluster\/(connect\.ts|transport\/|kubeconfig\/)/,
  'sign-in': /^src\/cluster\/sign-in\//,
  plugins: /^src\/cluster\/sign-in\/exec-credential/,
  undici: /node_modules\/undici\//,
  'client-node': /node_modules\/@kubernetes\/client-node\//,
  socks: /node_modules\/(socks|ip-address)\//,
  protobuf: /node_modules\/protobufjs\/|^src\/cluster\/protobuf\//,
  watch: /^src\/cluster\/watch\//,
} as const

/** Node's own that take long. */
const SLOW = ['child_process', 'crypto', 'http', 'http2', 'tls', 'zlib', 'internal/deps/undici/undici']

const FILE = 'examples/stuck-rollout.yaml'
const folder = mkdtempSync(join(tmpdir(), 'loaded-'))
afterAll(() => rmSync(folder, {recursive: true}))

/** A server that nobody is, so that all is loaded that asks one. */
function kubeconfig(user: object): string {
  const file = join(folder, `${Object.keys(user)[0]}.json`)
  const named = (key: string, value: object) => [{name: 'a', [key]: value}]
  const config = {
    clusters: named('cluster', {server: 'https://127.0.0.1:1'}),
    users: named('user', user),
    contexts: named('context', {cluster: 'a', user: 'a'}),
    'current-context': 'a',
  }
  writeFileSync(file, JSON.stringify(config))
  return file
}

const question = ['rules', 'questions', 'views']
const live = [...question, 'js-yaml', 'lists', 'connection', 'sign-in', 'undici', 'protobuf']
const withToken = kubeconfig({token: 'x'})
const withPlugin = kubeconfig({
  exec: {apiVersion: 'client.authentication.k8s.io/v1', command: '/nonexistent', interactiveMode: 'Never'},
})

test.for<{line: string; parts: readonly string[]; slow?: readonly string[]; kubeconfig?: string}>([
  {line: '--version', parts: []},
  {line: 'map --version', parts: []},
  {line: '--help', parts: ['oclif']},
  {line: '', parts: ['oclif']},
  {line: 'why --help', parts: ['oclif']},
  {line: 'help rollout', parts: ['oclif']},
  {line: 'rollot', parts: []},
  {line: 'map --nosuch', parts: []},
  {line: 'map -o nosuch', parts: []},
  {line: '__complete map --', parts: []},
  {line: '__complete map -o wi', parts: []},
  {line: '__complete explain cr', parts: ['rules', 'catalog']},
  {line: 'options', parts: ['text']},
  {line: 'explain crash-loop', parts: ['rules', 'catalog', 'views', 'text']},
  {line: `map -f ${FILE}`, parts: [...question, 'js-yaml', 'files', 'text']},
  {line: `map -f ${FILE} -o wide`, parts: [...question, 'js-yaml', 'files', 'text']},
  {line: `map -f ${FILE} -o name`, parts: [...question, 'js-yaml', 'files']},
  {line: `map -f ${FILE} -o json`, parts: [...question, 'js-yaml', 'files', 'json']},
  {line: `why sts/db -f ${FILE} -o yaml`, parts: [...question, 'js-yaml', 'files', 'json', 'yaml']},
  {
    line: `map -f ${FILE} -o jsonpath={.kind}`,
    parts: [...question, 'js-yaml', 'files', 'json', 'templates'],
  },
  {line: `map -f ${FILE} -o html`, parts: [...question, 'js-yaml', 'files', 'html']},
  {line: `rollout -f ${FILE} -o markdown`, parts: [...question, 'js-yaml', 'files', 'markdown']},
  {
    line: 'map',
    parts: [...live, 'client-node'],
    slow: ['crypto', 'http', 'http2', 'tls'],
    kubeconfig: withToken,
  },
  {
    line: 'status --watch',
    parts: [...live, 'client-node', 'watch', 'text'],
    slow: ['crypto', 'http', 'http2', 'tls'],
    kubeconfig: withToken,
  },
  {
    line: 'why sts/db',
    parts: [...live, 'plugins'],
    slow: ['child_process', 'crypto', 'http', 'http2', 'tls'],
    kubeconfig: withPlugin,
  },
])('kubectl stateful $line loads $parts', async ({line, parts, slow = [], kubeconfig}) => {
  const variables = kubeconfig === undefined ? {} : {KUBECONFIG: kubeconfig}
  const {modules, builtins} = await loadedBy(line.split(' ').filter(Boolean), variables)
  const loaded = Object.entries(PARTS).filter(([, part]) => modules.some((path) => part.test(path)))
  expect(loaded.map(([name]) => name).toSorted()).toEqual(parts.toSorted())
  expect(SLOW.filter((name) => builtins.includes(name))).toEqual(slow)
})

test.for(Object.entries(PARTS))('there is such a part in the bundle: %s', ([, part]) => {
  expect(bundled.filter((path) => part.test(path))).not.toEqual([])
})

test('a question loads its own reports and views, and no other', async () => {
  const {modules} = await loadedBy(['coverage', '-f', FILE])
  const questions = modules.filter((path) => PARTS.questions.test(path))
  expect(questions).toEqual(['src/reports/coverage/question.ts'])
})
