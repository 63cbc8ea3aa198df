import {expect, test} from 'vitest'
import {drawn} from '../../src/render/drawn.ts'
import {textLines} from '../../src/render/text.ts'
import type {Section, TextOptions} from '../../src/render/view.ts'
import {allNodesView, coverageView, oneNodeView} from '../../src/render/views/coverage.ts'
import {matrixView} from '../../src/render/views/coverage-matrix.ts'
import type {CoverageReport, CoveredDaemonSet, CoveredNode} from '../../src/reports/coverage/report.ts'

const NOW = '2026-05-01T12:00:00Z'
const DOMAIN = '.eu-central-1.compute.internal'
const TAINT = 'untolerated taint node-role.kubernetes.io/control-plane:NoSchedule'

const terminal: TextOptions = {
  isColored: false,
  isWide: false,
  hasHeaders: true,
  hasNamespaces: true,
  width: 80,
  draw: drawn,
}

function node(name: string, change: Partial<CoveredNode> = {}): CoveredNode {
  return {
    name: `${name}${DOMAIN}`,
    shouldRun: true,
    shouldContinueRunning: true,
    state: 'Missing',
    updated: null,
    rule: null,
    ready: true,
    schedulable: true,
    createdAt: NOW,
    pods: [],
    finding: null,
    findings: [],
    ...change,
  }
}

const excluded: Partial<CoveredNode> = {
  state: 'Excluded',
  shouldRun: false,
  rule: {kind: 'Taint', detail: TAINT, summary: TAINT},
}

const counters = {
  desiredNumberScheduled: 1,
  currentNumberScheduled: 0,
  numberReady: 0,
  updatedNumberScheduled: 0,
  numberAvailable: 0,
  numberUnavailable: 1,
  numberMisscheduled: 0,
}

function daemonSet(name: string, nodes: readonly CoveredNode[]): CoveredDaemonSet {
  const updateStrategy = {type: 'RollingUpdate', maxUnavailable: 1, maxSurge: null}
  const rest = {updateRevision: 'h1', reported: counters, differing: [], budget: null, findings: []}
  return {namespace: 'kube-system', name, uid: name, updateStrategy, ...counters, ...rest, nodes}
}

function report(names: readonly string[]): CoverageReport {
  return {
    apiVersion: 'kubectl-stateful/v1alpha1',
    kind: 'CoverageReport',
    observedAt: NOW,
    omissions: [],
    daemonSets: names.map((name) => daemonSet(name, [node('ip-10-0-0-1'), node('ip-10-0-0-2', excluded)])),
  }
}

type View = (report: CoverageReport, options: TextOptions) => readonly unknown[]

function text(view: View, names: readonly string[], options: Partial<TextOptions> = {}): readonly string[] {
  const all = {...terminal, ...options}
  return [...textLines(view(report(names), all) as readonly Section<unknown>[], all)]
}

test('one DaemonSet is named once, the nodes without what they share, and a rule is never cut', () => {
  expect(text(coverageView, ['agent'])).toEqual([
    'nodes *.eu-central-1.compute.internal',
    '',
    'NAMESPACE     DAEMONSET   DESIRED   CURRENT   READY   UP-TO-DATE   MISSCHEDULED',
    'kube-system   agent       1         0         0       0            0',
    '',
    'NODE          STATE     UPDATED   POD      READY    STATUS   WHY',
    'ip-10-0-0-1   Missing   <none>    <none>   <none>   <none>   <none>',
    '',
    'NODES   STATE      FIRST         WHY',
    '1       Excluded   ip-10-0-0-2   untolerated taint',
    '                                 node-role.kubernetes.io/control-plane:',
    '                                 NoSchedule',
  ])
})

test('a list of all nodes has one line for each', () => {
  const lines = text(allNodesView, ['agent'], {width: 60})
  expect(lines.slice(-2)).toEqual([
    'ip-10-0-0-1   Missing    <none>',
    'ip-10-0-0-2   Excluded   untolerated taint node-role.kubern…',
  ])
})

test('one node is named once', () => {
  const view: View = (given, options) => oneNodeView(given, `ip-10-0-0-2${DOMAIN}`, options)
  expect(text(view, ['agent', 'logs']).slice(0, 3)).toEqual([
    'Node ip-10-0-0-2.eu-central-1.compute.internal',
    '',
    'NAMESPACE     DAEMONSET   STATE      WHY',
  ])
})

test('the matrix colours each letter by what it means', () => {
  const lines = text(matrixView, ['agent', 'logs'], {isColored: true})
  expect(lines[3]).toBe('1       \u001b[31mM\u001b[39m \u001b[31mM\u001b[39m   ip-10-0-0-1')
  expect(lines[4]).toBe('1       \u001b[2m.\u001b[22m \u001b[2m.\u001b[22m   ip-10-0-0-2')
})

test('a matrix of more DaemonSets than fit beside each other is several tables', () => {
  const names = Array.from({length: 30}, (_, index) => `set-${index}`)
  const lines = text(matrixView, names)
  expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(80)
  expect(lines.filter((line) => line.startsWith('NODES'))).toHaveLength(2)
  expect(lines.join('\n')).toMatch(
    /^NODES +1 {2}2 {2}3 [\s\S]*^NODES +16 17 18 [\s\S]*^30 +kube-system\/set-29$/m,
  )
})
