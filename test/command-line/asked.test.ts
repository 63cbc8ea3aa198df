import {expect, test} from 'vitest'
import {colorOf, formatOf, type RawFlags, readAsked} from '../../src/command-line/asked.ts'
import {UsageError} from '../../src/command-line/usage-error.ts'

const standard: RawFlags = {'chunk-size': '500', output: 'table', color: 'auto'}

function read(flags: RawFlags = {}, ...words: readonly string[]) {
  return readAsked({...standard, ...flags}, words, {kinds: ['statefulSets', 'deployments']})
}

test('nothing asked for is everything of the namespace of the context', () => {
  const {connection, ...asked} = read()
  expect(asked).toEqual({
    files: [],
    isAllNamespaces: false,
    namespace: undefined,
    scope: {names: []},
    chunkSize: 500,
  })
  expect(Object.values(connection).filter((value) => value !== undefined)).toEqual([[], []])
})

test('what is asked for is handed on', () => {
  const {connection, ...asked} = read({
    namespace: 'shop',
    selector: ' tier in (a,b) ',
    filename: ['a.yaml,b.yaml', '-'],
    'chunk-size': '0',
    context: 'c',
    'as-group': ['g', 'h'],
    'insecure-skip-tls-verify': true,
  })
  expect(asked).toEqual({
    files: ['a.yaml', 'b.yaml', '-'],
    isAllNamespaces: false,
    namespace: 'shop',
    scope: {names: [], selector: 'tier in (a,b)'},
    chunkSize: 0,
  })
  expect([
    connection.context,
    connection.namespace,
    connection.asGroups,
    connection.insecureSkipTlsVerify,
  ]).toEqual(['c', 'shop', ['g', 'h'], true])
})

test('an empty selector is none', () => {
  expect(read({selector: ' '}, 'web').scope).toEqual({names: [{resource: 'statefulSets', name: 'web'}]})
})

test('saved objects may be asked for by name across all namespaces', () => {
  expect(read({'all-namespaces': true, filename: ['a.yaml']}, 'web')).toMatchObject({
    isAllNamespaces: true,
    files: ['a.yaml'],
  })
})

test.for<[RawFlags, readonly string[], string]>([
  [{selector: 'a=b'}, ['web'], 'name cannot be provided when a selector is specified'],
  [{'all-namespaces': true}, ['web'], 'a resource cannot be retrieved by name across all namespaces'],
  [{selector: 'a b'}, [], "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  [{selector: 'a='.repeat(2)}, [], "found '=', expected: ',' or 'end of string'"],
  [
    {'chunk-size': 'many'},
    [],
    'invalid argument "many" for "--chunk-size" flag: strconv.ParseInt: parsing "many": invalid syntax',
  ],
  [
    {'chunk-size': '1.5'},
    [],
    'invalid argument "1.5" for "--chunk-size" flag: strconv.ParseInt: parsing "1.5": invalid syntax',
  ],
  [
    {'chunk-size': ''},
    [],
    'invalid argument "" for "--chunk-size" flag: strconv.ParseInt: parsing "": invalid syntax',
  ],
  [
    {},
    ['pod/x'],
    'the server doesn\'t have a resource type "pod" that this command answers for (it does for statefulsets, deployments)',
  ],
])('%o with %o is refused before anything is read', ([flags, words, message]) => {
  expect(() => read(flags, ...words)).toThrow(new UsageError(message))
})

test.for(['table', 'wide', 'json', 'yaml', 'name'])('-o %s is a format', (format) => {
  expect(formatOf({output: format})).toBe(format)
})

test.for(['', 'xml', 'JSON', 'jsonpath={.a}', 'constructor'])('-o %s is none', (format) => {
  expect(() => formatOf({output: format})).toThrow(
    new UsageError(
      `unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: json,name,table,wide,yaml`,
    ),
  )
})

test('a command may have fewer formats, and without -o there is a table', () => {
  expect(formatOf({})).toBe('table')
  expect(() => formatOf({output: 'wide'}, ['yaml', 'json'])).toThrow('allowed formats are: json,yaml')
})

test('--color is one of three words', () => {
  expect(
    ['auto', 'always', 'never', undefined].map((color) => colorOf(color === undefined ? {} : {color})),
  ).toEqual(['auto', 'always', 'never', 'auto'])
  expect(() => colorOf({color: 'yes'})).toThrow(
    new UsageError('invalid argument "yes" for "--color" flag: must be auto, always or never'),
  )
})
