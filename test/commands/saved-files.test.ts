import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {load} from 'js-yaml'
import {describe, expect, test} from 'vitest'
import {temporaryFolder} from '../cluster/fake-server.ts'
import {runPlugin} from '../run-plugin.ts'

const example = readFileSync(join(import.meta.dirname, '../../examples/stuck-rollout.yaml'), 'utf8')
const list = load(example) as {items: {kind: string; metadata: {name: string; namespace?: string}}[]}

async function map(files: Readonly<Record<string, string | Buffer>>, args: readonly string[], input = '') {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), {recursive: true})
    writeFileSync(join(folder, name), content)
  }
  return await runPlugin(['map', '-o', 'json', ...args], folder, input)
}

const expected = (await runPlugin(['map', '-o', 'json', '-f', '-'], '/', example)).stdout
const {items, ...head} = list
const half = Math.floor(items.length / 2)
const asLines = items.map((item) => JSON.stringify(item))
const asDocuments = items.map((item) => JSON.stringify(item, null, 4))

function utf16(text: string): Buffer {
  return Buffer.from(`\ufeff${text}`, 'utf16le')
}

describe('the same objects, however they are saved, give the same report', () => {
  const json = JSON.stringify(list)
  test.each<[string, Readonly<Record<string, string | Buffer>>, readonly string[]]>([
    ['JSON', {'a.json': json}, ['-f', 'a.json']],
    ['JSON in a file of any name', {'a.txt': `\n ${json}`}, ['-f', 'a.txt']],
    ['gzipped YAML', {'a.yaml.gz': gzipSync(example)}, ['-f', 'a.yaml.gz']],
    ['gzipped JSON', {a: gzipSync(json)}, ['--filename=a']],
    [
      'YAML with a marker, comments and an empty document',
      {'a.yaml': `# saved\n---\n${example}\n---\n`},
      ['-f', 'a.yaml'],
    ],
    [
      'two lists in one YAML file',
      {
        'a.yaml': `${JSON.stringify({...head, items: items.slice(0, half)})}`,
        'b.yml': `---\n${JSON.stringify({...head, items: items.slice(half)})}`,
      },
      ['-f', 'a.yaml', '-f', 'b.yml'],
    ],
    [
      'a folder with folders',
      {
        'd/1.json': JSON.stringify({...head, items: items.slice(0, half)}),
        'd/e/f/2.json': JSON.stringify({...head, items: items.slice(half)}),
      },
      ['-f', 'd'],
    ],
    ['YAML in braces, with -R', {'a.yaml': json.replace('"kind":', 'kind: ')}, ['-R', '-f', 'a.yaml']],
    [
      'single JSON documents one after the other, and the note of the snapshot',
      {'a.json': [JSON.stringify({...head, items: []}, null, 4), ...asDocuments].join('\n')},
      ['-f', 'a.json'],
    ],
    [
      'JSON lines',
      {'a.json': [JSON.stringify({...head, items: []}), ...asLines, ''].join('\r\n')},
      ['-f', 'a.json'],
    ],
    ['JSON with a byte order mark', {'a.json': `\ufeff${json}`}, ['-f', 'a.json']],
    ['YAML with a byte order mark', {'a.yaml': `\ufeff${example}`}, ['-f', 'a.yaml']],
    ['UTF-16, as PowerShell writes it', {'a.yaml': utf16(example)}, ['-f', 'a.yaml']],
    ['UTF-16 the other way round', {'a.json': utf16(json).swap16()}, ['-f', 'a.json']],
    ['comma-separated names', {a: json, b: JSON.stringify({...head, items: []})}, ['-f', 'a,b']],
  ])('%s', async (_, files, args) => {
    const {stdout, stderr, code} = await map(files, args)
    expect({stdout, stderr, code}).toEqual({stdout: expected, stderr: '', code: 0})
  })

  test('standard input', async () => {
    const {stdout, code} = await map({}, ['-f', '-'], example)
    expect({stdout, code}).toEqual({stdout: expected, code: 0})
  })
})

describe('what can’t be read is named, with its document, and nothing is printed', () => {
  test.each<[string, Readonly<Record<string, string | Buffer>>, readonly string[], string]>([
    ['a path that does not exist', {}, ['-f', 'no.yaml'], 'error: the path "no.yaml" does not exist\n'],
    [
      'a folder without objects',
      {'d/notes.txt': ''},
      ['-f', 'd'],
      'error: error reading [d]: none of 1 files holds an object to look at\n',
    ],
    [
      'a second document that is no YAML',
      {'a.yaml': 'kind: Pod\n---\na: [\n'},
      ['-f', 'a.yaml'],
      'error: error parsing a.yaml: document 2: ',
    ],
    [
      'a JSON file cut short',
      {'a.json': '{"kind": "List", "items": ['},
      ['-f', 'a.json'],
      'error: error parsing a.json: ',
    ],
    [
      'gzip cut short',
      {a: gzipSync(example).subarray(0, 100)},
      ['-f', 'a'],
      'error: error reading a: unexpected end of file\n',
    ],
    [
      'something that is no object of Kubernetes',
      {'a.yaml': 'kind: Pod\nmetadata: {name: a}\n---\n- 1\n'},
      ['-f', 'a.yaml'],
      "error: a.yaml: document 2: Object 'Kind' is missing: this is no Kubernetes object\n",
    ],
    [
      'a word',
      {a: 'hello'},
      ['-f', 'a'],
      "error: a: Object 'Kind' is missing: this is no Kubernetes object\n",
    ],
    ['a hostile name', {}, ['-f', 'a\u001b[2J'], 'error: the path "a^[[2J" does not exist\n'],
  ])('%s', async (_, files, args, message) => {
    const {stdout, stderr, code} = await map(files, args)
    expect({stdout, code}).toEqual({stdout: '', code: 2})
    expect(stderr.startsWith(message) ? message : stderr).toBe(message)
    expect(stderr.trimEnd()).not.toMatch(/\n|\u001b/)
  })
})

test('empty lists as Go writes them, lists in lists, and empty places in lists are taken for what they mean', async () => {
  const [first] = items
  const odd = {...first, metadata: {...first?.metadata, ownerReferences: [null], finalizers: [null]}}
  const inner = {kind: 'List', items: [odd, null, ...items.slice(1)]}
  const list = {kind: 'List', items: [{kind: 'DaemonSetList', items: null}, inner]}
  const plain = await map({'a.json': JSON.stringify({kind: 'List', items})}, ['-f', 'a.json'])
  expect(plain.code).toBe(0)
  expect(await map({'a.json': JSON.stringify(list)}, ['-f', 'a.json'])).toEqual(plain)
})

test('kinds that are not in the files are unknown, and one line says so', async () => {
  const sets = JSON.stringify({kind: 'List', items: items.filter(({kind}) => kind === 'StatefulSet')})
  const {stdout, stderr, code} = await runPlugin(['map', '-f', '-'], '/', sets)
  expect(
    stdout,
  ).toBe(`STATEFULSET   ORDINAL   POD         READY       STATUS      CLAIM       CAPACITY    VOLUME      NODE        ZONE
db            0         <unknown>   <unknown>   <unknown>   data-db-0   <unknown>   <unknown>   <unknown>   <unknown>
db            1         <unknown>   <unknown>   <unknown>   data-db-1   <unknown>   <unknown>   <unknown>   <unknown>
db            2         <unknown>   <unknown>   <unknown>   data-db-2   <unknown>   <unknown>   <unknown>   <unknown>
db            3         <unknown>   <unknown>   <unknown>   data-db-3   <unknown>   <unknown>   <unknown>   <unknown>
db            4         <unknown>   <unknown>   <unknown>   data-db-4   <unknown>   <unknown>   <unknown>   <unknown>
`)
  expect(stderr).toBe(
    'Warning: not in the files: pods, persistentvolumeclaims, persistentvolumes, storageclasses, volumeattachments, nodes, services; what they would tell is <unknown>\n',
  )
  expect(code).toBe(0)
})

test('names, namespaces and labels choose from a file as they would from a cluster', async () => {
  const none = await runPlugin(['map', '-n', 'other', '-f', '-'], '/', example)
  expect(none).toEqual({stdout: '', stderr: 'No resources found in other namespace.\n', code: 0})
  const unlabelled = await runPlugin(['map', '-l', 'team=x', '-f', '-'], '/', example)
  expect(unlabelled).toEqual({stdout: '', stderr: 'No resources found\n', code: 0})
  const absent = await runPlugin(['map', 'nope', '-f', '-'], '/', example)
  expect(absent).toEqual({
    stdout: '',
    stderr: 'error: statefulsets.apps "nope" not found in the files\n',
    code: 2,
  })
  const named = await runPlugin(['map', 'sts/db', '-n', 'shop', '-o', 'name', '-f', '-'], '/', example)
  expect(named).toEqual({stdout: 'statefulset.apps/db\n', stderr: '', code: 0})
})

const missing =
  'Warning: only in part in the files: pods; not in the files: persistentvolumeclaims, persistentvolumes, storageclasses, volumeattachments, nodes, services, events; what they would tell is <unknown>'

function podOf(name: string, spec: object) {
  const metadata = {
    name,
    namespace: 'shop',
    uid: name,
    labels: {'statefulset.kubernetes.io/pod-name': name},
    ownerReferences: [{apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'u', controller: true}],
  }
  return {apiVersion: 'v1', kind: 'Pod', metadata, spec, status: {phase: 'Running'}}
}

test('an object of a shape that no API server would send is named with its field, and the others are answered for', async () => {
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {name: 'db', namespace: 'shop', uid: 'u'},
    spec: {replicas: 2},
  }
  const odd = {...set, metadata: {name: 7, namespace: ['x']}}
  const files = JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [set, podOf('db-0', {nodeName: 5}), podOf('db-1', {nodeName: 'node-a'}), odd, 'x', {kind: 'Pod'}],
  })
  const {stdout, stderr, code} = await runPlugin(['map', '-n', 'shop', '-f', '-'], '/', files)
  expect(stdout.split('\n').slice(1, 3)).toEqual([
    expect.stringMatching(/^db +0 +<unknown> /),
    expect.stringMatching(/^db +1 +db-1 .* node-a /),
  ])
  expect([stderr.split('\n'), code]).toEqual([
    [
      missing,
      'Warning: passed over 4 objects of a wrong shape (items[4] is "x", not an object; Pod shop/db-0: spec.nodeName is 5, not a string; StatefulSet: metadata.name is 7, not a string; …)',
      '',
    ],
    0,
  ])
})

test('where nothing else is in the files, the object of a wrong shape is the error', async () => {
  const odd = JSON.stringify({...podOf('db-0', {containers: {}}), spec: {containers: {}}})
  const {stderr, code} = await runPlugin(['map', '-f', '-'], '/', odd)
  expect([stderr, code]).toEqual([
    'error: no statefulsets in the files; they hold an object of a wrong shape (Pod shop/db-0: spec.containers is an object, not a list)\n',
    2,
  ])
})

test('an absurd number of replicas costs rows, not the machine', async () => {
  const set = JSON.parse(JSON.stringify(items.find(({kind}) => kind === 'StatefulSet')))
  set.spec.replicas = 2_000_000_000
  const {stdout, code} = await runPlugin(['map', '-f', '-', '--no-headers'], '/', JSON.stringify(set))
  expect([stdout.split('\n').length, code]).toEqual([100_001, 0])
})

test('files that hold nothing of what the question is about are no answer', async () => {
  const pods = JSON.stringify({kind: 'List', items: items.filter(({kind}) => kind === 'Pod')})
  const {stdout, stderr, code} = await runPlugin(['map', '--exit-code', '-f', '-'], '/', pods)
  expect({stdout, stderr, code}).toEqual({
    stdout: '',
    stderr: 'error: no statefulsets in the files\n',
    code: 2,
  })
})

test('a set of no replicas and no claims has a row', async () => {
  const set = JSON.parse(JSON.stringify(items.find(({kind}) => kind === 'StatefulSet')))
  set.spec = {...set.spec, replicas: 0, volumeClaimTemplates: []}
  const {stdout, code} = await runPlugin(['map', '-f', '-', '--no-headers'], '/', JSON.stringify(set))
  expect([stdout.replaceAll(/ +/g, ' '), code]).toEqual([
    'db <none> <unknown> <unknown> <unknown> <none> <none> <none> <unknown> <unknown>\n',
    0,
  ])
})

test('a node that is not in the files is said not to be there', async () => {
  const set = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {name: 'a', namespace: 'b', uid: 'c'},
    spec: {},
  }
  const node = {apiVersion: 'v1', kind: 'Node', metadata: {name: 'n1'}}
  const ask = (files: readonly object[]) =>
    runPlugin(
      ['coverage', '--node', 'n2', '-f', '-'],
      '/',
      files.map((each) => JSON.stringify(each, null, 4)).join('\n'),
    )
  expect((await ask([set, node])).stderr).toBe('error: nodes "n2" not found in the files\n')
  expect((await ask([set])).stderr).toBe('error: nodes "n2": nodes could not be read (NotInFile)\n')
})

test('contradictory flags fail before a file or a server is looked at', async () => {
  const {stderr, code} = await runPlugin(['coverage', '--matrix', '--node=x', '-f', 'missing'], '/')
  expect([stderr.split('\n')[0], code]).toEqual(['error: --node and --matrix cannot be used together', 2])
})
