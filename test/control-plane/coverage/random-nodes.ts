import type {V1Taint} from '@kubernetes/client-node'
import * as fc from 'fast-check'

/** What may change in a node while it is there. A label that is null is taken away. */
export interface Traits {
  readonly labels: Readonly<Record<string, string | null>>
  readonly taints: readonly V1Taint[]
  readonly unschedulable: boolean
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  disk: ['ssd', 'hdd', ''],
  zone: ['a', 'b', 'c'],
  size: ['1', '3', '03', '007', '10', 'abc', '1.5', '', '9223372036854775807', '9223372036854775808'],
  'example.com/tier': ['gold', 'GOLD', ''],
}

export const LABELS = Object.keys(VALUES)

export const TAINTS = [
  'dedicated',
  'gpu',
  'node-role.kubernetes.io/control-plane',
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
  'node.kubernetes.io/disk-pressure',
  'node.kubernetes.io/memory-pressure',
  'node.kubernetes.io/pid-pressure',
  'node.kubernetes.io/unschedulable',
  'node.kubernetes.io/network-unavailable',
  'node.kubernetes.io/out-of-service',
]
export const TAINT_VALUES = ['', 'a', 'b', '10']
export const EFFECTS = ['NoSchedule', 'NoExecute', 'PreferNoSchedule']

export function labelValue(label: string): fc.Arbitrary<string> {
  return fc.constantFrom(...(VALUES[label] ?? []))
}

export function sometimes(percent: number): fc.Arbitrary<boolean> {
  return fc.integer({min: 0, max: 99}).map((roll) => roll < percent)
}

const taint: fc.Arbitrary<V1Taint> = fc.record({
  key: fc.constantFrom(...TAINTS),
  value: fc.constantFrom(...TAINT_VALUES),
  effect: fc.constantFrom('NoSchedule', 'NoExecute', ...EFFECTS),
})

// The API has no two of one key and effect.
const taints = fc.uniqueArray(taint, {
  minLength: 1,
  maxLength: 2,
  selector: ({key, effect}) => `${key} ${effect}`,
})

const labels = fc.tuple(...LABELS.map((label) => fc.option(labelValue(label), {freq: 3})))

const traits: fc.Arbitrary<Traits> = fc.record({
  labels: labels.map((values) => Object.fromEntries(LABELS.map((label, at) => [label, values[at] ?? null]))),
  taints: fc.oneof(fc.constant([]), taints),
  unschedulable: sometimes(15),
})

/** That many nodes' traits; the same seed gives the same ones. */
export function randomTraits(seed: number, count: number): readonly Traits[] {
  return fc.sample(traits, {seed, numRuns: count})
}

/** The same, but each taint that keeps Pods away stands alone on a node of its own first. */
export function taintByTaint(seed: number, count: number): readonly Traits[] {
  const alone = ['NoSchedule', 'NoExecute'].flatMap((effect) => TAINTS.map((key) => ({key, effect})))
  return randomTraits(seed, count).map((each, index) => {
    const one = alone[index]
    return one ? {...each, taints: [one]} : each
  })
}
