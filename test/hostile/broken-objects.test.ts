/** Clusters that no API server would have: there is an answer about what is whole, and a word about what is not. */
import {expect, test} from 'vitest'
import type {KubernetesObject} from '../../src/model/objects.ts'
import {answer, asList, questionsAbout, readList, sources} from './answers.ts'
import {withAt} from './damage.ts'

test('one field of another type costs one object, and that is named with the field', async () => {
  const source = sources.find(({name}) => name.startsWith('node-shutdown of ')) as (typeof sources)[number]
  const whole = asList(await source.read())
  const items = whole.items as readonly KubernetesObject[]
  for (const [index, {kind, metadata}] of items.entries()) {
    const broken = withAt(whole, ['items', index, 'metadata', 'labels'], () => 'x')
    const {snapshot, misshapen} = readList(broken)
    const name = [metadata?.namespace, metadata?.name].filter(Boolean).join('/')
    expect(misshapen).toEqual([`${kind} ${name}: metadata.labels is "x", not an object`])
    const left = Object.values(snapshot).filter(Array.isArray).flat() as readonly KubernetesObject[]
    const named = (each: KubernetesObject) => each.metadata?.name
    for (const other of items.filter((_, at) => at !== index)) expect(left.map(named)).toContain(named(other))
  }
})

const LABELS = {app: 'db'}

function setOf(name: string, spec: object = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {name, namespace: 'shop', uid: name, generation: 1},
    spec: {
      replicas: 2,
      selector: {matchLabels: LABELS},
      template: {metadata: {labels: LABELS}, spec: {}},
      ...spec,
    },
    status: {replicas: 2, observedGeneration: 1, currentRevision: 'a', updateRevision: 'b'},
  }
}

function podOf(name: string, owner: string, spec: object = {}, status: object = {}) {
  const labels = {...LABELS, 'statefulset.kubernetes.io/pod-name': name}
  const ownerReferences = [
    {apiVersion: 'apps/v1', kind: 'StatefulSet', name: owner, uid: owner, controller: true},
  ]
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name, namespace: 'shop', uid: name, labels, ownerReferences},
    spec,
    status: {phase: 'Running', ...status},
  }
}

const containers = Array.from({length: 10_000}, (_, index) => ({name: `c-${index}`, image: 'x'}))
const waiting = containers.map(({name}) => ({
  name,
  ready: false,
  restartCount: 9,
  state: {waiting: {reason: 'CrashLoopBackOff', message: 'x'.repeat(100)}},
  lastState: {terminated: {exitCode: 1, reason: 'Error', finishedAt: '2026-05-01T11:00:00Z'}},
}))

const cycle = (name: string, owner: string) => ({
  ...setOf(name),
  metadata: {
    ...setOf(name).metadata,
    ownerReferences: [
      {apiVersion: 'apps/v1', kind: 'StatefulSet', name: owner, uid: owner, controller: true},
    ],
  },
})

const strange: Readonly<Record<string, readonly object[]>> = {
  '10,000 containers': [setOf('db'), podOf('db-0', 'db', {containers}, {containerStatuses: waiting})],
  'owners in a circle': [
    cycle('a', 'b'),
    cycle('b', 'a'),
    cycle('c', 'c'),
    podOf('a-0', 'a'),
    podOf('p', 'p'),
  ],
  'the same names twice': [
    setOf('db'),
    setOf('db'),
    podOf('db-0', 'db'),
    podOf('db-0', 'db'),
    {...podOf('db-0', 'db'), metadata: {...podOf('db-0', 'db').metadata, uid: 'other'}},
  ],
  'a million characters': [
    setOf('db'),
    podOf('db-0', 'db', {nodeName: 'n'.repeat(1e6)}, {message: 'm '.repeat(5e5), reason: 'r'.repeat(1e6)}),
  ],
  'an owner of 600,000 characters': [
    setOf('db'),
    {
      ...podOf('db-0', 'db'),
      metadata: {
        ...podOf('db-0', 'db').metadata,
        ownerReferences: [{apiVersion: 'v1', kind: 'X', name: 'o'.repeat(6e5), uid: 'u', controller: true}],
      },
    },
  ],
  'a million replicas below nothing': [
    setOf('db', {replicas: -5, ordinals: {start: -3}}),
    podOf('db-0', 'db'),
  ],
}

test.for(Object.keys(strange))('%s', async (name) => {
  const {snapshot, misshapen} = readList({apiVersion: 'v1', kind: 'List', items: strange[name]})
  expect(misshapen).toEqual([])
  for (const asked of questionsAbout(snapshot)) {
    for (const format of ['table', 'json', 'markdown'] as const) {
      const {lines} = await answer(snapshot, asked, format)
      expect(lines.join('\n').length).toBeLessThan(20_000_000)
    }
  }
})
