import {expect, test} from 'vitest'
import {type Kinds, type Naming, parseNames} from '../../src/command-line/names.ts'
import {UsageError} from '../../src/command-line/usage-error.ts'

const kinds: Kinds = ['statefulSets', 'deployments', 'replicaSets']

function read(line: string) {
  return parseNames(line === '' ? [] : line.split(' '), {kinds}).names.map(
    ({resource, name}) => `${resource}/${name}`,
  )
}

test.for<[string, readonly string[]]>([
  ['', []],
  ['sts', []],
  ['web', ['statefulSets/web']],
  ['web db', ['statefulSets/web', 'statefulSets/db']],
  ['sts web db', ['statefulSets/web', 'statefulSets/db']],
  ['deploy api', ['deployments/api']],
  ['sts/web', ['statefulSets/web']],
  ['sts/web deploy/api rs/x', ['statefulSets/web', 'deployments/api', 'replicaSets/x']],
  ['web deploy/api', ['statefulSets/web', 'deployments/api']],
  ['web web sts/web', ['statefulSets/web']],
  ['sts sts', ['statefulSets/sts']],
  ['web.apps', ['statefulSets/web.apps']],
  ['sts.batch', ['statefulSets/sts.batch']],
])('%s means %o', ([line, expected]) => {
  expect(read(line)).toEqual(expected)
})

const spellings = {
  statefulSets: [
    'sts',
    'statefulset',
    'statefulsets',
    'StatefulSet',
    'STS',
    'statefulset.apps',
    'statefulsets.apps',
    'statefulsets.v1.apps',
    'sts.apps',
  ],
  deployments: [
    'deploy',
    'deployment',
    'deployments',
    'Deployment',
    'deployments.apps',
    'deployments.v1.apps',
  ],
  replicaSets: ['rs', 'replicaset', 'replicasets', 'ReplicaSet', 'replicasets.apps', 'replicasets.v1.apps'],
}

test.for(Object.entries(spellings).flatMap(([kind, words]) => words.map((word) => [word, kind] as const)))(
  '%s is a spelling of %s',
  ([word, kind]) => {
    expect(read(`${word}/x`)).toEqual([`${kind}/x`])
    expect(read(`${word} x`)).toEqual([`${kind}/x`])
  },
)

test.for([
  ['deploy', 'resource(s) were provided, but no name was specified'],
  ['sts/a/b', 'arguments in resource/name form may not have more than one slash'],
  ['sts/', 'arguments in resource/name form must have a single resource and name'],
  ['/web', 'arguments in resource/name form must have a single resource and name'],
  [
    'sts sts/web',
    'there is no need to specify a resource type as a separate argument when passing arguments in resource/name form',
  ],
  [
    'pod/web-0',
    'the server doesn\'t have a resource type "pod" that this command answers for (it does for statefulsets, deployments, replicasets)',
  ],
  [
    'statefulsets.batch/web',
    'the server doesn\'t have a resource type "statefulsets.batch" that this command answers for (it does for statefulsets, deployments, replicasets)',
  ],
  [
    'constructor/web',
    'the server doesn\'t have a resource type "constructor" that this command answers for (it does for statefulsets, deployments, replicasets)',
  ],
])('%s is refused: %s', ([line = '', message]) => {
  expect(() => read(line)).toThrow(new UsageError(message ?? ''))
})

test('a command is asked only about its own kinds, and a bare name is of the first', () => {
  expect(parseNames(['api'], {kinds: ['deployments']}).names).toEqual([
    {resource: 'deployments', name: 'api'},
  ])
  expect(() => parseNames(['sts/web'], {kinds: ['deployments']})).toThrow('(it does for deployments)')
})

const open: Naming = {kinds: ['statefulSets', 'daemonSets'], isOpen: true}

test('types of operators are left to the cluster, where a command may be about them', () => {
  const words = [
    'Clusters.postgresql.cnpg.io/pg',
    'statefulsets.apps.kruise.io/db',
    'clusters.postgresql.cnpg.io/pg',
  ]
  expect(parseNames(words, open)).toEqual({
    names: [],
    custom: [
      {type: 'clusters', group: 'postgresql.cnpg.io', name: 'pg'},
      {type: 'statefulsets', group: 'apps.kruise.io', name: 'db'},
    ],
  })
  expect(() => parseNames(words, {kinds: ['statefulSets']})).toThrow(/doesn't have a resource type/)
})

test.for(['sts.apps/db', 'statefulsets.v1.apps/db', 'db', 'my.set'])('%s is none of them', (word) => {
  expect(parseNames([word], open).custom).toBeUndefined()
})

test.for<[string, readonly string[], RegExp]>([
  [
    'beside others',
    ['clusters.postgresql.cnpg.io/pg', 'sts/db'],
    /can not be asked about together with others/,
  ],
  [
    'beside bare names',
    ['clusters.postgresql.cnpg.io/pg', 'db'],
    /can not be asked about together with others/,
  ],
  ['with two slashes', ['clusters.postgresql.cnpg.io/a/b'], /may not have more than one slash/],
  ['without a name', ['clusters.postgresql.cnpg.io/'], /must have a single resource and name/],
])('they are refused %s', ([, words, message]) => {
  expect(() => parseNames(words, open)).toThrow(message)
})

test('of one thing there is one', () => {
  const two = ['clusters.postgresql.cnpg.io/a', 'clusters.postgresql.cnpg.io/b']
  expect(() => parseNames(two, {...open, isOne: true})).toThrow(/is about one thing/)
})
