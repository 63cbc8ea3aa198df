import {selects} from './labels.ts'
import type {PodTemplate} from './objects.ts'

/** What a Pod template asks of the scheduler, so that its Pods do not share a zone or a node. */
export interface SpreadRule {
  readonly rule: 'topologySpreadConstraints' | 'podAntiAffinity'
  readonly over: 'zone' | 'node'
  /** `DoNotSchedule` and `required` bind the scheduler, though only when a Pod is scheduled; the others it tries to keep to. */
  readonly strength: 'DoNotSchedule' | 'ScheduleAnyway' | 'required' | 'preferred'
  readonly maxSkew?: number
}

const KEYS: Readonly<Record<string, SpreadRule['over']>> = {
  'topology.kubernetes.io/zone': 'zone',
  'failure-domain.beta.kubernetes.io/zone': 'zone',
  'kubernetes.io/hostname': 'node',
}

/** Those that concern the template's own Pods, the strictest first. */
export function spreadRulesOf(template: PodTemplate | undefined): readonly SpreadRule[] {
  return [...constraints(template), ...antiAffinity(template)].toSorted(
    (left, right) => Number(isBinding(right)) - Number(isBinding(left)),
  )
}

/** The scheduler may not break it. */
export function isBinding({strength}: SpreadRule): boolean {
  return strength === 'DoNotSchedule' || strength === 'required'
}

function constraints(template: PodTemplate | undefined): readonly SpreadRule[] {
  return (template?.spec?.topologySpreadConstraints ?? []).flatMap((constraint) => {
    const over = overOf(constraint.topologyKey)
    if (!over || !selects(constraint.labelSelector, template?.metadata?.labels)) return []
    const strength = constraint.whenUnsatisfiable === 'ScheduleAnyway' ? 'ScheduleAnyway' : 'DoNotSchedule'
    return [{rule: 'topologySpreadConstraints', over, strength, maxSkew: constraint.maxSkew} as const]
  })
}

function antiAffinity(template: PodTemplate | undefined): readonly SpreadRule[] {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = template?.spec?.affinity?.podAntiAffinity ?? {}
  const rules = (terms: readonly Term[], strength: SpreadRule['strength']) =>
    terms.flatMap(({topologyKey, labelSelector}) => {
      const over = overOf(topologyKey)
      return over && selects(labelSelector, template?.metadata?.labels)
        ? [{rule: 'podAntiAffinity', over, strength} as const]
        : []
    })
  return [
    ...rules(required ?? [], 'required'),
    ...rules(preferred?.flatMap(({podAffinityTerm}) => podAffinityTerm ?? []) ?? [], 'preferred'),
  ]
}

type Affinity = NonNullable<NonNullable<PodTemplate['spec']>['affinity']>
type Term = NonNullable<
  NonNullable<Affinity['podAntiAffinity']>['requiredDuringSchedulingIgnoredDuringExecution']
>[number]

function overOf(topologyKey: string | undefined): SpreadRule['over'] | undefined {
  return topologyKey !== undefined && Object.hasOwn(KEYS, topologyKey) ? KEYS[topologyKey] : undefined
}
