import {expect, test} from 'vitest'
import {identityColumns} from '../../src/render/views/map-identity-columns.ts'
import {spreadParagraphs} from '../../src/render/views/map-spread.ts'
import type {
  MappedIdentity,
  MappedOrdinal,
  MappedPlace,
  MappedSpread,
  MappedWorkload,
} from '../../src/reports/map/report.ts'

const identity: MappedIdentity = {
  hostname: 'db-0',
  dnsName: 'db-0.db.shop.svc',
  published: true,
  reason: null,
  headless: true,
  publishNotReadyAddresses: false,
  ready: true,
  serving: true,
  terminating: false,
  addresses: ['10.0.0.1'],
  ofPod: true,
}

function cells(of: Partial<MappedIdentity> | null, omitted: readonly string[] = []): readonly string[] {
  const ordinal = {identity: of && {...identity, ...of}} as MappedOrdinal
  const omissions = omitted.map((resource) => ({resource, reason: 'Forbidden', message: ''}))
  const row = {ordinal, report: {omissions}} as never
  return identityColumns.map(({cell}) => {
    const found = cell(row)
    return typeof found === 'string' ? found : found.text
  })
}

const NONE = {addresses: [], ofPod: null}

test.for<[string, Partial<MappedIdentity> | null, readonly string[]]>([
  ['a headless Service', {}, ['db-0.db.shop.svc', 'true', '10.0.0.1']],
  [
    'one with an address of its own',
    {headless: false},
    ['db-0.db.shop.svc', 'true (CoreDNS only)', '10.0.0.1'],
  ],
  [
    'a Pod that is not ready',
    {published: false, reason: 'NotReady'},
    ['db-0.db.shop.svc', 'false (not ready)', '10.0.0.1'],
  ],
  [
    'no Service',
    {...NONE, published: false, reason: 'NoService'},
    ['db-0.db.shop.svc', 'false (no Service)', '<none>'],
  ],
  [
    'no serviceName',
    {...NONE, dnsName: null, published: false, reason: 'NoServiceName'},
    ['<none>', 'false (no serviceName)', '<none>'],
  ],
  [
    'another address',
    {addresses: ['10.0.0.1', '10.0.0.9'], ofPod: false},
    ['db-0.db.shop.svc', 'true', '10.0.0.1,10.0.0.9 (not its Pod)'],
  ],
  ['claims that are left over', null, ['<none>', '<none>', '<none>']],
])('the name of an ordinal with %s', ([, of, wanted]) => {
  expect(cells(of)).toEqual(wanted)
})

test('what was not seen is <unknown>', () => {
  const unseen = {...NONE, published: null}
  expect(cells(unseen, ['endpointslices'])).toEqual(['db-0.db.shop.svc', '<unknown>', '<unknown>'])
})

const at = (name: string, pods: number, leaves: number | null, volumes: number | null = 0): MappedPlace => ({
  name,
  pods,
  volumes,
  leaves,
})

const FIVE: MappedSpread = {
  zones: [at('zone-a', 2, 3), at('zone-b', 2, 3), at('zone-c', 1, 4)],
  sharedNodes: [],
  zoneless: 0,
  unseen: 0,
  unplaced: 0,
  rules: [],
}

function lines(spread: Partial<MappedSpread> | null, desiredReplicas = 5): readonly string[] {
  const workload = {desiredReplicas, spread: spread && {...FIVE, ...spread}} as MappedWorkload
  return spreadParagraphs([workload]).flatMap((each) =>
    each.lines.map(({label, text}) => `${label}: ${text}`),
  )
}

test.for<[string, Partial<MappedSpread> | null, readonly string[]]>([
  ['zones', {}, ['Spread: zone-a 2 · zone-b 2 · zone-c 1 · losing zone-a leaves 3 of 5']],
  [
    'volumes that are where the Pods are',
    {zones: [at('a', 3, 2, 3), at('b', 2, 3, 2)]},
    ['Spread: a 3 · b 2 · losing a leaves 2 of 5'],
  ],
  [
    'volumes elsewhere',
    {zones: [at('a', 2, 1, 4), at('b', 1, 2, 1)], unplaced: 2},
    ['Spread: a 2 · b 1 · on no node 2 · losing a leaves 1 of 5', ': volumes a 4 · b 1'],
  ],
  [
    'volumes that were not seen',
    {zones: [at('a', 3, null, null), at('b', 2, null, null)]},
    ['Spread: a 3 · b 2', ': volumes <unknown>'],
  ],
  ['a node that was not seen', {zones: [at('a', 2, null)], unseen: 3}, ['Spread: a 2 · <unknown> 3']],
  ['nodes without zone', {zones: [at('a', 2, 3)], zoneless: 3}, ['Spread: a 2 · no zone 3']],
  ['one zone', {zones: [at('a', 5, 0)]}, []],
  [
    'one zone, and two on one node',
    {zones: [at('a', 5, 0)], sharedNodes: [at('node-1', 2, 3)]},
    ['Spread: nodes node-1 2 · losing it leaves 3 of 5'],
  ],
  [
    'one zone, and two volumes on one node',
    {zones: [at('a', 5, 0)], sharedNodes: [at('node-1', 0, 3, 2)]},
    [],
  ],
  [
    'many nodes with several',
    {zones: [], sharedNodes: [1, 2, 3, 4, 5, 6, 7].map((index) => at(`n${index}`, 2, 3))},
    ['Spread: nodes n1 2 · n2 2 · n3 2 · n4 2 · n5 2 · 2 more nodes with several · losing n1 leaves 3 of 5'],
  ],
  ['nothing seen', null, []],
])('a spread over %s', ([, spread, wanted]) => {
  expect(lines(spread)).toEqual(wanted)
})

test('of one ordinal, and of several sets, nothing is said', () => {
  expect(lines({}, 1)).toEqual([])
  const workload = {desiredReplicas: 5, spread: FIVE} as unknown as MappedWorkload
  expect(spreadParagraphs([workload, workload])).toEqual([])
})
