import {expect, test} from 'vitest'
import type {DaemonSet, Node, Pod} from '../../../src/model/objects.ts'
import {snapshotOf} from '../../../src/model/snapshot.ts'
import {textLines} from '../../../src/render/text.ts'
import type {Section} from '../../../src/render/view.ts'
import {allNodesView, coverageView, oneNodeView} from '../../../src/render/views/coverage.ts'
import {matrixView} from '../../../src/render/views/coverage-matrix.ts'
import {coverageQuestion} from '../../../src/reports/coverage/question.ts'

const NOW = '2026-01-01T00:10:00Z'
const OLD = '2026-01-01T00:00:00Z'
const plain = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}
const scope = {names: []}

function node(name: string, labels: Record<string, string> = {}): Node {
  const conditions = [{type: 'Ready', status: 'True', lastTransitionTime: OLD}]
  return {metadata: {name, labels, creationTimestamp: OLD}, status: {conditions}}
}

function daemonSet(name: string, nodeSelector: Record<string, string> = {}): DaemonSet {
  const labels = {app: name}
  const containers = [{name: 'app'}]
  return {
    metadata: {name, namespace: 'shop', uid: name, generation: 1, creationTimestamp: OLD},
    spec: {selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {nodeSelector, containers}}},
    status: {
      observedGeneration: 1,
      currentNumberScheduled: 0,
      desiredNumberScheduled: 0,
      numberMisscheduled: 0,
      numberReady: 0,
    },
  }
}

function pod(of: string, nodeName: string): Pod {
  const ownerReferences = [{apiVersion: 'apps/v1', kind: 'DaemonSet', name: of, uid: of, controller: true}]
  const labels = {app: of, 'controller-revision-hash': 'h1'}
  return {
    metadata: {name: `${of}-${nodeName}`, namespace: 'shop', labels, ownerReferences, creationTimestamp: OLD},
    spec: {nodeName, containers: [{name: 'app'}]},
    status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True', lastTransitionTime: OLD}]},
  }
}

const revision = {
  revision: 1,
  metadata: {
    name: 'agent-h1',
    namespace: 'shop',
    labels: {'controller-revision-hash': 'h1'},
    ownerReferences: [
      {apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'agent', controller: true},
    ],
  },
}

const facts = {
  daemonSets: [daemonSet('agent'), daemonSet('driver', {gpu: 'yes'})],
  nodes: ['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7'].map((name, index) => node(name, {rack: `r${index}`})),
  pods: ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'].map((name) => pod('agent', name)),
  controllerRevisions: [revision],
}

function report(changes = {}) {
  return coverageQuestion.build(snapshotOf(NOW, {...facts, ...changes}), scope)
}

function text(sections: readonly unknown[], width?: number): readonly string[] {
  return [...textLines(sections as readonly Section<unknown>[], {...plain, ...(width && {width})})]
}

test('events are wanted only while a node that should run a Pod has none', () => {
  const more = (changes = {}) => coverageQuestion.more(snapshotOf(NOW, {...facts, ...changes}), scope)
  expect(more()).toEqual([{resource: 'events', fieldSelector: 'involvedObject.kind=DaemonSet'}])
  expect(more({pods: [...facts.pods, pod('agent', 'n7')]})).toEqual([])
  expect(more({pods: [], omissions: [{resource: 'pods', reason: 'Forbidden', message: ''}]})).toEqual([])
})

test('one node is missing, and nodes that one rule excludes are one line whatever their labels say', () => {
  const [counters, nodes, groups] = coverageView(report(), plain)
  const lines = text([counters, nodes, groups].map((section) => ({...section, paragraphs: []})))
  expect(lines).toEqual([
    'DAEMONSET   DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   MISSCHEDULED',
    'agent       7 (0)     6 (0)     6 (0)   6 (0)        6 (0)       0',
    'driver      0         0         0       0            0           0',
    '',
    'DAEMONSET   NODE   STATE     UPDATED   POD      READY    STATUS   WHY',
    'agent       n7     Missing   <none>    <none>   <none>   <none>   node lacks its Pod',
    '',
    'DAEMONSET   NODES   STATE      UPDATED   STATUS   FIRST   WHY',
    'driver      7       Excluded   <none>    <none>   n1      selector wants gpu=yes',
  ])
})

test('the matrix folds equal nodes, troubled ones first', () => {
  const [section] = matrixView(report(), plain)
  expect(text([{...section, paragraphs: []}])).toEqual([
    'NODES   1 2   NODE',
    '1       M .   n7',
    '6       R .   n1,n2,n3,…',
  ])
})

test('one node shows its own rows, and what was found there', () => {
  const lines = text(oneNodeView(report(), 'n7', plain))
  expect(lines.slice(0, 3)).toEqual([
    'DAEMONSET   NODE   STATE      UPDATED   POD      READY    STATUS   WHY',
    'agent       n7     Missing    <none>    <none>   <none>   <none>   node lacks its Pod',
    'driver      n7     Excluded   <none>    <none>   <none>   <none>   no label gpu, selector wants gpu=yes',
  ])
  expect(lines.some((line) => line.includes('ds-node-missing-pod') && line.startsWith('Error'))).toBe(true)
})

test('one node shows what holds its set up, named in the text or not, unless it is done there', () => {
  const onDelete = daemonSet('agent')
  const changed = report({
    daemonSets: [{...onDelete, spec: {...onDelete.spec, updateStrategy: {type: 'OnDelete'}}}],
    controllerRevisions: [
      {
        ...revision,
        revision: 2,
        metadata: {...revision.metadata, labels: {'controller-revision-hash': 'h2'}},
      },
    ],
    pods: [
      ...facts.pods,
      {
        ...pod('agent', 'n7'),
        metadata: {...pod('agent', 'n7').metadata, labels: {app: 'agent', 'controller-revision-hash': 'h2'}},
      },
    ],
  })
  const says = (name: string) => text(oneNodeView(changed, name, plain)).join('\n')
  expect(says('n6')).toContain('still has its old revision on nodes n1, n2, n3, n4, n5 and 1 more')
  expect(says('n7')).not.toContain('ds-ondelete')
})

test('on a narrow terminal the last column is cut, and no line is longer than the terminal', () => {
  for (const width of [80, 100])
    for (const view of [allNodesView, coverageView]) {
      const lines = text(view(report(), {...plain, width}), width).filter((line) => !line.includes('kubectl'))
      expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(width)
    }
})

test('without the right to list nodes, what Pods tell is told, and the rest is unknown', () => {
  const [agent] = report({
    nodes: [],
    omissions: [{resource: 'nodes', reason: 'Forbidden', message: ''}],
  }).daemonSets
  expect(agent?.desiredNumberScheduled).toBeNull()
  expect(agent?.nodes.map(({name, state, shouldRun, rule}) => [name, state, shouldRun, rule])).toEqual(
    ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'].map((name) => [name, 'Running', null, null]),
  )
})
