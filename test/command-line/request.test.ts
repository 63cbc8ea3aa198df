import {expect, test} from 'vitest'
import {parseArgv} from '../../src/command-line/argv.ts'
import {readFlags} from '../../src/command-line/flag.ts'
import {questionFlags} from '../../src/command-line/flags.ts'
import {readRequest, scopeOf} from '../../src/command-line/request.ts'
import {UsageError} from '../../src/command-line/usage-error.ts'

function flagsOf(...argv: readonly string[]) {
  return readFlags(parseArgv(argv, questionFlags).given, questionFlags)
}

function read(...argv: readonly string[]) {
  const {words} = parseArgv(argv, questionFlags)
  return readRequest(flagsOf(...argv), words, {kinds: ['statefulSets', 'deployments']})
}

test('nothing asked for is everything of the namespace of the context', () => {
  const {connection, ...request} = read()
  expect(request).toEqual({
    files: [],
    isAllNamespaces: false,
    namespace: undefined,
    scope: {names: []},
    chunkSize: 500,
  })
  expect(Object.values(connection).filter((value) => value !== undefined)).toEqual([[], []])
})

test('what is asked for is handed on', () => {
  const {connection, ...request} = read(
    '-nshop',
    '-l= tier in (a,b) ',
    '--filename=a.yaml,b.yaml',
    '-f-',
    '--chunk-size=0',
    '--context=c',
    '--as-group=g',
    '--as-group',
    'h',
    '--insecure-skip-tls-verify',
  )
  expect(request).toEqual({
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
  expect(read('-l', ' ', 'web').scope).toEqual({names: [{resource: 'statefulSets', name: 'web'}]})
})

test('saved objects may be asked for by name across all namespaces', () => {
  expect(read('-A', '-f', 'a.yaml', 'web')).toMatchObject({
    isAllNamespaces: true,
    files: ['a.yaml'],
  })
})

test('what is not asked for is off', () => {
  const {connection} = read('--insecure-skip-tls-verify=false', '--all-namespaces=false', '-f', 'a')
  expect([connection.insecureSkipTlsVerify, read('-A', '-A=false', 'web').isAllNamespaces]).toEqual([
    undefined,
    false,
  ])
})

test.for<[string, string | undefined, object]>([
  ['web', undefined, {}],
  ['web', 'default', {namespace: 'default'}],
  ['-f a -A web', 'default', {}],
])('the scope of %s where the namespace is %s', ([line, namespace, expected]) => {
  const names = [{resource: 'statefulSets', name: 'web'}]
  expect(scopeOf(read(...line.split(' ')), namespace)).toEqual({names, ...expected})
})

const noNumber = (text: string) =>
  `invalid argument "${text}" for "--chunk-size" flag: strconv.ParseInt: parsing "${text}": invalid syntax`

test.for<[readonly string[], string]>([
  [['-la=b', 'web'], 'name cannot be provided when a selector is specified'],
  [['-A', 'web'], 'a resource cannot be retrieved by name across all namespaces'],
  [['-l', 'a b'], "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  [['-l', 'a=a='], "found '=', expected: ',' or 'end of string'"],
  [['--chunk-size=many'], noNumber('many')],
  [['--chunk-size', '1.5'], noNumber('1.5')],
  [['--chunk-size='], noNumber('')],
  [
    ['pod/x'],
    'the server doesn\'t have a resource type "pod" that this command answers for (it does for statefulsets, deployments)',
  ],
])('%j is refused before anything is read', ([argv, message]) => {
  expect(() => read(...argv)).toThrow(new UsageError(message))
})
