import {expect, test} from 'vitest'
import {textLines} from '../../src/render/text.ts'
import type {TextOptions} from '../../src/render/view.ts'
import {mapView} from '../../src/render/views/map.ts'
import type {MappedClaim, MappedOrdinal, MappedPod, MapReport} from '../../src/reports/map/report.ts'

const NOW = '2026-05-01T12:00:00Z'
const SET = 'postgres-cluster-main'
const DOMAIN = '.eu-central-1.compute.internal'
const UUID = '6d23841c-3579-5574-a63c-473854b589a7'

const terminal: TextOptions = {
  isColored: false,
  isWide: false,
  hasHeaders: true,
  hasNamespaces: true,
  width: 120,
}

function pod(name: string): MappedPod {
  return {
    name,
    uid: name,
    status: 'Running',
    phase: 'Running',
    ready: true,
    available: true,
    terminating: false,
    containers: {ready: 1, total: 1},
    restarts: 0,
    revision: null,
    nodeName: null,
    ip: null,
    createdAt: NOW,
  }
}

function claim(name: string, volume: string, template: string | null = 'data'): MappedClaim {
  const bound = {phase: 'Bound', terminating: false, mounted: true, shared: false, attachments: []} as const
  const size = {requested: '10Gi', capacity: '10Gi', storageClassName: 'gp3', accessModes: [], createdAt: NOW}
  const rest = {capacity: '10Gi', reclaimPolicy: 'Delete', source: null, allowedNodes: {}, reachesNode: true}
  return {template, name, ...bound, ...size, volume: {name: volume, phase: 'Bound', ...rest}}
}

function ordinal(number: number, node: string, change: Partial<MappedOrdinal> = {}): MappedOrdinal {
  const volume = `pvc-${number}${UUID.slice(1)}`
  return {
    ordinal: number,
    state: 'desired',
    pod: pod(`${SET}-${number}`),
    nameHeldBy: null,
    claims: [claim(`data-${SET}-${number}`, volume)],
    node: {name: node, state: 'Present', ready: true, schedulable: true, zone: 'eu-central-1a'},
    identity: null,
    findings: [],
    ...change,
  }
}

function report(ordinals: readonly MappedOrdinal[], names: readonly string[] = [SET]): MapReport {
  return {
    apiVersion: 'kubectl-stateful/v1alpha1',
    kind: 'MapReport',
    observedAt: NOW,
    omissions: [],
    workloads: names.map((name) => ({
      kind: 'StatefulSet',
      namespace: 'shop',
      name,
      uid: name,
      desiredReplicas: 3,
      ordinalStart: 0,
      podManagementPolicy: 'OrderedReady',
      serviceName: name,
      ordinals,
      spread: null,
      findings: [],
    })),
  }
}

function text(given: MapReport, options: Partial<TextOptions> = {}): readonly string[] {
  const all = {...terminal, ...options}
  return [...textLines(mapView(given, all), all)]
}

const cloud = [ordinal(0, `ip-10-0-12-34${DOMAIN}`), ordinal(1, `ip-10-0-12-35${DOMAIN}`)]

test('what every row would repeat stands in the heading, and names are as short as they still say which', () => {
  expect(text(report(cloud))).toEqual([
    'StatefulSet shop/postgres-cluster-main   2/3 ready   nodes *.eu-central-1.compute.internal',
    '',
    'ORDINAL   READY   STATUS    CLAIM   CAPACITY   VOLUME     NODE            ZONE',
    '0         1/1     Running   data    10Gi       0d23841c   ip-10-0-12-34   eu-central-1a',
    '1         1/1     Running   data    10Gi       1d23841c   ip-10-0-12-35   eu-central-1a',
  ])
})

test.for([
  ['a pipe', {width: undefined}],
  ['-o wide', {isWide: true}],
  ['no headers', {hasHeaders: false, width: 400}],
] as const)('%s has full names and every column', ([, options]) => {
  const {width, ...rest} = {width: 120, ...options}
  const lines = text(report(cloud), {
    ...rest,
    ...(width === undefined ? {width: undefined as never} : {width}),
  })
  expect(lines.at(-1)).toMatch(
    /^shop +postgres-cluster-main +1 +postgres-cluster-main-1 +1\/1 +Running +data-postgres-cluster-main-1 +10Gi +pvc-1d23841c-\S{27} +ip-10-0-12-35\.eu-central-1\.compute\.internal +eu-central-1a/,
  )
})

test('the Pod is named where it is not the one that the ordinal should have', () => {
  const foreign = {pod: null, nameHeldBy: pod(`${SET}-1`)}
  const lines = text(report([ordinal(0, 'a'), ordinal(1, 'b', foreign)]))
  expect(lines[2]).toMatch(/^ORDINAL +POD +READY/)
  expect(lines.slice(3)).toEqual([
    expect.stringMatching(/^0 {10,}1\/1/),
    expect.stringMatching(/^1 +postgres-cluster-main-1 \(foreign\) +1\/1/),
  ])
})

test('volumes whose first digits are alike, and claims that no rule names, keep their names', () => {
  const claims = [
    claim(`data-${SET}-0`, `pvc-${UUID}`),
    claim('by-hand', `pvc-${UUID.replace('3579', '3570')}`, null),
  ]
  const lines = text(report([ordinal(0, 'a', {claims})]), {width: 160})
  expect(lines.slice(3)).toEqual([
    expect.stringMatching(new RegExp(` data +10Gi +pvc-${UUID} `)),
    expect.stringMatching(/ by-hand +10Gi +pvc-6d23841c-3570-/),
  ])
})

test('a claim by hand that is called as a template makes all claims keep their names', () => {
  const claims = [claim(`data-${SET}-0`, 'pv-0'), claim('data', 'pv-1', null)]
  const lines = text(report([ordinal(0, 'a', {claims})]))
  expect(lines.slice(3).map((line) => line.split(/ {2,}/)[3])).toEqual([`data-${SET}-0`, 'data'])
})

const gke = [0, 1].map((number) =>
  ordinal(number, `gke-prod-euw1-stateful-pool-5f2a9c1b-x${number}kq`, {
    pod: {...pod(`${SET}-${number}`), status: 'Init:CrashLoopBackOff'},
  }),
)

test.for([
  [160, 'ORDINAL READY STATUS CLAIM CAPACITY VOLUME NODE ZONE'],
  [120, 'ORDINAL READY STATUS CLAIM CAPACITY VOLUME NODE ZONE'],
  [80, 'ORDINAL READY STATUS VOLUME NODE ZONE'],
] as const)('at %s columns names give way before columns that matter: %s', ([width, kept]) => {
  const lines = text(report(gke), {width})
  expect(lines[2]?.split(/\s+/).join(' ')).toBe(kept)
  expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(width)
  expect(lines[4]).toMatch(/ (gke-\S*x1kq) /)
})

test('of several sets each row says which; the nodes are still named once', () => {
  const lines = text(report(cloud, ['a', 'b']))
  expect(lines.slice(0, 3)).toEqual([
    'nodes *.eu-central-1.compute.internal',
    '',
    expect.stringMatching(/^NAMESPACE {3}STATEFULSET {3}ORDINAL {3}POD /),
  ])
})

test('long names of several sets stand above their rows', () => {
  const lines = text(report(cloud, ['postgres-cluster-main', 'postgres-cluster-copy']))
  expect(lines.map((line) => line.split(/ {3,}/).slice(0, 2).join(' '))).toEqual([
    'nodes *.eu-central-1.compute.internal',
    '',
    'ORDINAL POD',
    'shop/postgres-cluster-main 2/3 ready',
    '0 1/1',
    '1 1/1',
    'shop/postgres-cluster-copy 2/3 ready',
    '0 postgres-cluster-main-0',
    '1 postgres-cluster-main-1',
  ])
})

test('the end of an address is no domain', () => {
  expect(text(report([ordinal(0, '10.0.12.34'), ordinal(1, '10.0.13.34')]))[0]).toBe(
    'StatefulSet shop/postgres-cluster-main   2/3 ready',
  )
})

test('columns that say nothing go before any name is shortened', () => {
  const bare = [0, 1].map((number) => ordinal(number, `${'n'.repeat(40)}-${number}`, {claims: []}))
  const [, , header, row] = text(report(bare), {width: 100})
  expect(header?.split(/\s+/)).toEqual(['ORDINAL', 'READY', 'STATUS', 'NODE', 'ZONE'])
  expect(row).toContain(`${'n'.repeat(40)}-0`)
})
