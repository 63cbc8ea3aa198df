import type {
  V1DaemonSet,
  V1NodeSelectorRequirement,
  V1NodeSelectorTerm,
  V1PodSpec,
  V1Toleration,
} from '@kubernetes/client-node'
import * as fc from 'fast-check'
import {behaviourOf} from '../situations/behaviours.ts'
import {daemonSet} from '../situations/workloads.ts'
import {EFFECTS, LABELS, labelValue, sometimes, TAINT_VALUES, TAINTS} from './random-nodes.ts'

/** Half of what is drawn from here is what the API takes and the matcher rejects, half the API refuses itself. */
const ODD_EXPRESSIONS: readonly V1NodeSelectorRequirement[] = [
  {key: 'size', operator: 'Gt', values: ['abc']},
  {key: 'size', operator: 'Lt', values: ['']},
  {key: 'size', operator: 'Lt', values: ['1.5']},
  {key: 'size', operator: 'Gt', values: ['9223372036854775808']},
  {key: 'size', operator: 'Gt', values: ['-5']},
  {key: 'disk', operator: 'In', values: []},
  {key: 'disk', operator: 'Exists', values: ['ssd']},
  {key: 'disk', operator: 'Foo', values: ['ssd']},
]

const label = fc.constantFrom(...LABELS)

const membership = label.chain((key) =>
  fc.record({
    key: fc.constant(key),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(labelValue(key), {minLength: 1, maxLength: 3}),
  }),
)
const existence = fc.record({key: label, operator: fc.constantFrom('Exists', 'DoesNotExist')})
const comparison: fc.Arbitrary<V1NodeSelectorRequirement> = fc.record({
  key: fc.constantFrom('size', 'size', 'size', 'zone'),
  operator: fc.constantFrom('Gt', 'Lt'),
  values: fc
    .constantFrom('0', '2', '03', '9', '9223372036854775806', '9223372036854775807')
    .map((limit) => [limit]),
})

const expression: fc.Arbitrary<V1NodeSelectorRequirement> = fc.oneof(
  {weight: 6, arbitrary: membership},
  {weight: 3, arbitrary: existence},
  {weight: 4, arbitrary: comparison},
  {weight: 1, arbitrary: fc.constantFrom(...ODD_EXPRESSIONS)},
)

function termOf(nodes: readonly string[]): fc.Arbitrary<V1NodeSelectorTerm> {
  const field = fc.record({
    key: fc.constant('metadata.name'),
    operator: fc.constantFrom('In', 'NotIn', 'NotIn'),
    values: fc.constantFrom(...nodes, 'nowhere').map((name) => [name]),
  })
  return fc.record(
    {
      matchExpressions: fc.array(expression, {maxLength: 2}),
      matchFields: fc.array(field, {minLength: 1, maxLength: 2}),
    },
    {requiredKeys: ['matchExpressions']},
  )
}

const toleration: fc.Arbitrary<V1Toleration> = fc
  .record({
    key: fc.oneof(
      {weight: 8, arbitrary: fc.constantFrom(...TAINTS)},
      {weight: 1, arbitrary: fc.constant(undefined)},
    ),
    operator: fc.oneof(
      {weight: 30, arbitrary: fc.constantFrom('', 'Equal', 'Exists', 'Exists')},
      {weight: 1, arbitrary: fc.constantFrom('Gt', 'Lt', 'Foo')},
    ),
    value: fc.constantFrom(...TAINT_VALUES),
    effect: fc.constantFrom('', '', ...EFFECTS),
    isBrief: sometimes(20),
  })
  .map(({key, operator, value, effect, isBrief}) => ({
    ...(key === undefined ? {operator: 'Exists'} : {key, operator}),
    ...(key !== undefined && operator !== 'Exists' && {value}),
    effect,
    ...(isBrief && effect === 'NoExecute' && {tolerationSeconds: 3600}),
  }))

function podSpecOf(nodes: readonly string[]): fc.Arbitrary<Partial<V1PodSpec>> {
  const rarely = <T>(freq: number, arbitrary: fc.Arbitrary<T>) =>
    fc.oneof({weight: freq, arbitrary}, {weight: 10 - freq, arbitrary: fc.constant(undefined)})
  return fc
    .record({
      nodeSelector: rarely(
        3,
        label.chain((key) => labelValue(key).map((value) => ({[key]: value}))),
      ),
      terms: rarely(6, fc.array(termOf(nodes), {minLength: 1, maxLength: 3})),
      nodeName: rarely(1, fc.constantFrom(...nodes, 'nowhere')),
      tolerations: fc.array(toleration, {maxLength: 3}),
      hostNetwork: sometimes(25),
    })
    .map(({nodeSelector, terms, nodeName, ...rest}) => ({
      ...rest,
      ...(nodeSelector && {nodeSelector}),
      ...(nodeName && {nodeName}),
      ...(terms && {
        affinity: {
          nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: terms}},
        },
      }),
    }))
}

/** That many DaemonSets, of which some Pods do not become ready, or not available. */
export function randomDaemonSets(
  seed: number,
  count: number,
  namespace: string,
  nodes: readonly string[],
): readonly V1DaemonSet[] {
  const arbitrary = fc.record({
    podSpec: podSpecOf(nodes),
    unready: fc.subarray([...nodes], {maxLength: 5}),
    minReadySeconds: fc.constantFrom(0, 0, 0, 3600),
    type: fc.constantFrom('RollingUpdate', 'OnDelete'),
  })
  return fc.sample(arbitrary, {seed, numRuns: count}).map(({podSpec, unready, minReadySeconds, type}, at) => {
    const name = `random-${seed}-${at}`
    const annotations = behaviourOf(Object.fromEntries(unready.map((node) => [node, 'not-ready'])))
    const {spec, ...made} = daemonSet({name, namespace, podSpec, annotations})
    if (!spec) return made
    return {...made, spec: {...spec, minReadySeconds, updateStrategy: {type}}}
  })
}
