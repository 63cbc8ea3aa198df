import {expect, test} from 'vitest'
import {textLines} from '../../src/render/text.ts'
import {whatIfView} from '../../src/render/views/what-if.ts'
import {widthOf} from '../../src/render/width.ts'
import type {Change} from '../../src/reports/what-if/change.ts'
import {node, pod, statefulSet} from '../builders.ts'
import {named, web, whatIf} from '../reports/what-if/asking.ts'

const LONG = 'cassandra-timeseries-production-europe-west-primary-datacen'
const NAMESPACE = 'search-platform-production-shared-services-tenant-number-42'
const nodes = ['a', 'b'].map((letter) =>
  node({
    name: `gke-production-europe-west-one-stateful-pool-17c3be90-${letter}xhq6`,
    status: {allocatable: {cpu: '4', pods: '10'}},
  }),
)
const NODE = nodes[0]?.metadata?.name ?? ''
const status = {replicas: 2, currentRevision: `${LONG}-1`, updateRevision: `${LONG}-1`}
const facts = {
  nodes,
  statefulSets: [{...statefulSet({name: LONG, namespace: NAMESPACE, replicas: 2, templates: []}), status}],
  pods: [0, 1].map((ordinal) =>
    pod({
      name: `${LONG}-${ordinal}`,
      set: LONG,
      namespace: NAMESPACE,
      spec: {nodeName: NODE, volumes: [{name: 'cache', emptyDir: {}}]},
    }),
  ),
}

const UPDATE: Change = {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []}
const ofSet = () => whatIf(facts, UPDATE, named('statefulSets', LONG))
const ofNode = () => whatIf(facts, {action: 'drain', neverReady: []}, named('nodes', NODE))

function linesOf(report: ReturnType<typeof whatIf>, width?: number): readonly string[] {
  const options = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: true}
  const whole = {...options, ...(width !== undefined && {width})}
  return [...textLines(whatIfView(report, whole), whole)]
}

test.for([120, 160])('at %i columns no line but a command is wider', (width) => {
  for (const report of [ofSet(), ofNode()]) {
    const wide = linesOf(report, width).filter((line) => widthOf(line) > width && !line.includes('kubectl '))
    expect(wide).toEqual([])
  }
})

test('names stand without the namespace in which it was asked, so that more is left of them', () => {
  const rowOf = (lines: readonly string[]) => lines.find((line) => /datacen-0 .*Deleted/.test(line)) ?? ''
  expect(rowOf(linesOf(ofSet(), 300))).toMatch(new RegExp(`^${LONG}-0 `))
  expect(rowOf(linesOf(ofSet()))).toMatch(new RegExp(`^${NAMESPACE}/${LONG}-0 `))
  // who drains a node has named no namespace
  expect(linesOf(ofNode(), 400).some((line) => line.startsWith(`${NAMESPACE}/${LONG}-0 `))).toBe(true)
})

test('why stands in a column where the end does not say it already', () => {
  const facts = web(2, {pinned: true})
  const onOne = {
    ...facts,
    pods: (facts.pods ?? []).map((each) => ({
      ...each,
      spec: {containers: [], ...each.spec, nodeName: 'node-a'},
    })),
  }
  const ask = (of: typeof facts) =>
    linesOf(whatIf(of, {action: 'drain', neverReady: []}, named('nodes', 'node-a')), 200)
  const hasWhy = (lines: readonly string[]) => lines.some((line) => /^POD .* WHY$/.test(line))
  expect(hasWhy(ask(facts))).toBe(false)
  expect(hasWhy(ask(onOne))).toBe(true)
})

test('what is deleted and created again is named once', () => {
  const happens = linesOf(ofSet()).filter((line) => line.includes('recreate'))
  expect(happens.map((line) => line.split(/ {3,}/)[1])).toEqual(
    [1, 0].map((ordinal) => `Delete and recreate ${LONG}-${ordinal}`),
  )
})
