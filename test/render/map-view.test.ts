import {expect, test} from 'vitest'
import type {Finding} from '../../src/diagnosis/finding.ts'
import {textLines} from '../../src/render/text.ts'
import type {TextOptions} from '../../src/render/view.ts'
import {mapView} from '../../src/render/views/map.ts'
import type {
  MappedClaim,
  MappedNode,
  MappedOrdinal,
  MappedPod,
  MappedVolume,
  MappedWorkload,
  MapReport,
} from '../../src/reports/map/report.ts'

const NOW = '2026-05-01T12:00:00Z'
const plain: TextOptions = {isColored: false, isWide: false, hasHeaders: false, hasNamespaces: false}

const pod: MappedPod = {
  name: 'web-0',
  uid: 'u',
  status: 'Running',
  phase: 'Running',
  ready: true,
  available: true,
  terminating: false,
  containers: {ready: 1, total: 1},
  restarts: 2,
  revision: 'web-1',
  nodeName: 'node-a',
  ip: '10.0.0.1',
  createdAt: '2026-05-01T10:00:00Z',
}
const volume: MappedVolume = {
  name: 'pv-0',
  phase: 'Bound',
  capacity: '1Gi',
  reclaimPolicy: 'Delete',
  source: 'csi.test',
  allowedNodes: {},
  reachesNode: true,
}
const claim: MappedClaim = {
  template: 'data',
  name: 'data-web-0',
  phase: 'Bound',
  terminating: false,
  mounted: true,
  shared: false,
  requested: '1Gi',
  capacity: '1Gi',
  storageClassName: 'fast',
  accessModes: ['ReadWriteOnce'],
  createdAt: NOW,
  volume,
  attachments: [{nodeName: 'node-a', attached: true}],
}
const node: MappedNode = {name: 'node-a', state: 'Present', ready: true, schedulable: true, zone: 'a'}
const ordinal: MappedOrdinal = {
  ordinal: 0,
  state: 'desired',
  pod,
  nameHeldBy: null,
  claims: [claim],
  node,
  identity: null,
  findings: [],
}

function report(
  ordinals: readonly MappedOrdinal[],
  others: Partial<MappedWorkload> = {},
  unseen: readonly string[] = [],
): MapReport {
  return {
    apiVersion: 'kubectl-stateful/v1alpha1',
    kind: 'MapReport',
    observedAt: NOW,
    omissions: unseen.map((resource) => ({resource, reason: 'Forbidden', message: ''})),
    workloads: [
      {
        kind: 'StatefulSet',
        namespace: 'shop',
        name: 'web',
        uid: 'u',
        desiredReplicas: 1,
        ordinalStart: 0,
        podManagementPolicy: 'OrderedReady',
        serviceName: 'web',
        ordinals,
        spread: null,
        findings: [],
        ...others,
      },
    ],
  }
}

function text(given: MapReport, options: Partial<TextOptions> = {}): readonly string[] {
  const all = {...plain, ...options}
  return [...textLines(mapView(given, all), all)]
}

/** One row, its columns by single spaces. */
function row(
  change: Partial<MappedOrdinal>,
  unseen: readonly string[] = [],
  options: Partial<TextOptions> = {},
): string {
  return text(report([{...ordinal, ...change}], {}, unseen), options)
    .join('\n')
    .replaceAll(/ {2,}/g, ' | ')
}

test('one row says which Pod, claim, volume and node', () => {
  expect(text(report([ordinal]), {hasHeaders: true, hasNamespaces: true})).toEqual([
    'NAMESPACE   STATEFULSET   ORDINAL   POD     READY   STATUS    CLAIM        CAPACITY   VOLUME   NODE     ZONE',
    'shop        web           0         web-0   1/1     Running   data-web-0   1Gi        pv-0     node-a   a',
  ])
})

test('-o wide adds at the end', () => {
  const [header, line] = text(report([ordinal]), {hasHeaders: true, isWide: true})
  expect([header?.split(/\s+/), line?.split(/\s+/)]).toEqual([
    [
      'STATEFULSET',
      'ORDINAL',
      'POD',
      'READY',
      'STATUS',
      'CLAIM',
      'CAPACITY',
      'VOLUME',
      'NODE',
      'ZONE',
      'REVISION',
      'AVAILABLE',
      'RESTARTS',
      'CLASS',
      'ACCESS',
      'PHASE',
      'RECLAIM',
      'ATTACHED',
      'PINNED-TO',
      'IP',
      'AGE',
      'DNS-NAME',
      'PUBLISHED',
      'ENDPOINT',
    ],
    [
      'web',
      '0',
      'web-0',
      '1/1',
      'Running',
      'data-web-0',
      '1Gi',
      'pv-0',
      'node-a',
      'a',
      'web-1',
      'true',
      '2',
      'fast',
      'RWO',
      'Bound',
      'Delete',
      'node-a',
      '<any>',
      '10.0.0.1',
      '120m',
      '<none>',
      '<none>',
      '<none>',
    ],
  ])
})

const gone = {...claim, phase: 'Missing', capacity: null, volume: null, attachments: []} as const

test.for<[string, Partial<MappedOrdinal>, string, (readonly string[])?]>([
  [
    'no Pod',
    {pod: null, node: null},
    'web | 0 | <none> | <none> | Missing | data-web-0 | 1Gi | pv-0 | <none> | <none>',
  ],
  [
    'Pods that were not seen',
    {pod: null, node: null},
    'web | 0 | <unknown> | <unknown> | <unknown> | data-web-0 | 1Gi | pv-0 | <unknown> | <unknown>',
    ['pods'],
  ],
  [
    'a condemned ordinal',
    {state: 'condemned'},
    'web | 0 (condemned) | web-0 | 1/1 | Running | data-web-0 | 1Gi | pv-0 | node-a | a',
  ],
  [
    'a leftover claim',
    {state: 'leftover', pod: null, node: null},
    'web | 0 (leftover) | <none> | <none> | <none> | data-web-0 | 1Gi | pv-0 | <none> | <none>',
  ],
  [
    'a foreign Pod',
    {pod: null, nameHeldBy: pod},
    'web | 0 | web-0 (foreign) | 1/1 | Running | data-web-0 | 1Gi | pv-0 | node-a | a',
  ],
  [
    'an ordinal without claims',
    {claims: []},
    'web | 0 | web-0 | 1/1 | Running | <none> | <none> | <none> | node-a | a',
  ],
  [
    'a claim that is missing',
    {claims: [gone]},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 | <none> | <missing> | node-a | a',
  ],
  [
    'a claim that was not seen',
    {claims: [{...gone, phase: 'Unknown'}]},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 | <unknown> | <unknown> | node-a | a',
  ],
  [
    'a claim that waits',
    {claims: [{...gone, phase: 'Pending'}]},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 | <none> | <pending> | node-a | a',
  ],
  [
    'a claim that is lost',
    {claims: [{...claim, phase: 'Lost'}]},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 | 1Gi | <lost> | node-a | a',
  ],
  [
    'a claim that is going',
    {claims: [{...claim, terminating: true}]},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 (terminating) | 1Gi | pv-0 | node-a | a',
  ],
  [
    'a claim of no template',
    {claims: [{...claim, template: null, mounted: false}]},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 (no template) | 1Gi | pv-0 | node-a | a',
  ],
  [
    'a claim that is shared',
    {claims: [{...claim, template: null, shared: true}]},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 (shared) | 1Gi | pv-0 | node-a | a',
  ],
  [
    'a volume that is deleted',
    {claims: [{...claim, volume: {...volume, phase: 'Missing'}}]},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 | 1Gi | pv-0 (deleted) | node-a | a',
  ],
  [
    'a node that is deleted',
    {node: {...node, state: 'Missing', ready: null, schedulable: null, zone: null}},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 | 1Gi | pv-0 | node-a (deleted) | <unknown>',
  ],
  [
    'a node that is not ready',
    {node: {...node, ready: false}},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 | 1Gi | pv-0 | node-a (NotReady) | a',
  ],
  [
    'a node that is cordoned',
    {node: {...node, schedulable: false}},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 | 1Gi | pv-0 | node-a (cordoned) | a',
  ],
  [
    'a node that was not seen',
    {node: {...node, state: 'Unknown', ready: null, schedulable: null, zone: null}},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 | 1Gi | pv-0 | node-a | <unknown>',
    ['nodes'],
  ],
  [
    'a node without zone',
    {node: {...node, zone: null}},
    'web | 0 | web-0 | 1/1 | Running | data-web-0 | 1Gi | pv-0 | node-a | <none>',
  ],
])('%s', ([, change, expected, unseen]) => {
  expect(row(change, unseen)).toBe(expected)
})

test('every claim of an ordinal has a row', () => {
  const lines = text(report([{...ordinal, claims: [claim, {...claim, name: 'logs-web-0'}]}]))
  expect(lines.map((line) => line.split(/\s+/)[5])).toEqual(['data-web-0', 'logs-web-0'])
})

const finding: Finding = {
  id: 'crash-loop',
  severity: 'error',
  message: 'It is broken',
  object: {kind: 'Pod', name: 'web-0'},
  since: '2026-05-01T11:00:00Z',
  evidence: ['this', 'that'],
  selfHealing: 'no',
  remedy: {
    look: ['kubectl get x'],
    act: [
      {text: 'think', commands: ['kubectl delete x']},
      {text: '', commands: ['kubectl delete y']},
    ],
    risk: 'all is lost',
    avoid: 'panic',
    rung: 6,
  },
}

test('what was found stands under the table, as the report orders it, what to do before the proof', () => {
  const note: Finding = {
    id: 'image-slow-pull',
    severity: 'info',
    message: 'By the way',
    object: finding.object,
    evidence: ['so'],
    selfHealing: 'yes',
    remedy: null,
  }
  const {workloads, ...others} = report([{...ordinal, findings: [finding]}])
  const found = {...others, workloads: workloads.map((each) => ({...each, findings: [finding, note]}))}
  expect(text(found, {hasHeaders: true}).slice(2)).toEqual([
    '',
    'Error     It is broken, for 60m, needs you   crash-loop',
    'Look      kubectl get x',
    'Act       1. think',
    '          kubectl delete x',
    '          2.',
    '          kubectl delete y',
    'Risk 6/6  all is lost',
    "Don't     panic",
    'Proof     this',
    '          that',
    '',
    'Note      By the way, heals by itself   image-slow-pull',
    'Proof     so',
  ])
})
