import {at, countAt, countOrShareAt, flagAt, textAt} from './content.ts'
import type {CustomObject} from './object.ts'

/** How an operator updates its Pods, as far as its object says it. */
export interface CustomStrategy {
  readonly type: string
  readonly partition: number | null
  readonly maxUnavailable: number | string | null
  readonly maxSurge: number | string | null
  /** Of Kruise: whether Pods are recreated, or changed where they are. */
  readonly podUpdatePolicy?: string
  readonly isPaused: boolean
  /** Who decides what comes next, and what is known of that. */
  readonly decidedBy: string
}

const NONE = {partition: null, maxUnavailable: null, maxSurge: null, isPaused: false} as const

/** Of a kind that nobody here knows. */
export function unknownStrategy({of: {kind}}: CustomObject): CustomStrategy {
  const decidedBy = `not foretold: what the controller of ${kind} does is not known`
  return {...NONE, type: 'ByOperator', decidedBy}
}

export function strimziStrategy(): CustomStrategy {
  const decidedBy =
    'not foretold: the cluster operator of Strimzi rolls one Pod after the other in an order of its own, the active controller last'
  return {...NONE, type: 'ByOperator', decidedBy}
}

export function kruiseStatefulSetStrategy({spec}: CustomObject): CustomStrategy {
  const rolling = at(spec, 'updateStrategy', 'rollingUpdate')
  const isUnordered = at(rolling, 'unorderedUpdate') !== undefined
  const order = isUnordered ? 'by the priorities of unorderedUpdate' : 'from the highest ordinal down'
  return {
    type: textAt(spec, 'updateStrategy', 'type') ?? 'RollingUpdate',
    partition: countAt(rolling, 'partition') ?? 0,
    maxUnavailable: countOrShareAt(rolling, 'maxUnavailable') ?? 1,
    maxSurge: null,
    podUpdatePolicy: textAt(rolling, 'podUpdatePolicy') ?? 'ReCreate',
    isPaused: flagAt(rolling, 'paused'),
    decidedBy: `not foretold: OpenKruise updates ${order}, as far as maxUnavailable and partition let it`,
  }
}

export function kruiseDaemonSetStrategy({spec}: CustomObject): CustomStrategy {
  const rolling = at(spec, 'updateStrategy', 'rollingUpdate')
  return {
    type: textAt(spec, 'updateStrategy', 'type') ?? 'RollingUpdate',
    partition: countAt(rolling, 'partition') ?? 0,
    maxUnavailable: countOrShareAt(rolling, 'maxUnavailable') ?? 1,
    maxSurge: countOrShareAt(rolling, 'maxSurge') ?? null,
    podUpdatePolicy: textAt(rolling, 'rollingUpdateType') ?? 'Standard',
    isPaused: flagAt(rolling, 'paused'),
    decidedBy: 'not foretold: OpenKruise picks the nodes, as far as maxUnavailable and partition let it',
  }
}

export function cnpgStrategy({spec}: CustomObject): CustomStrategy {
  const method = textAt(spec, 'primaryUpdateMethod') ?? 'restart'
  const isSupervised = textAt(spec, 'primaryUpdateStrategy') === 'supervised'
  const last = isSupervised
    ? `the primary when a person says so (primaryUpdateStrategy supervised)`
    : `the primary last, by ${method}`
  return {
    ...NONE,
    type: 'ByOperator',
    decidedBy: `not foretold: CloudNativePG updates the replicas one after the other, and ${last}`,
  }
}
