import {selects} from './labels.ts'
import type {PodTemplate} from './objects.ts'

/** What a Pod template asks of the scheduler, so that its Pods do not share a zone or a node. */
export interface TemplateSpreadRule {
  readonly rule: 'topologySpreadConstraints' | 'podAntiAffinity'
  readonly over: 'zone' | 'node'
  /** `DoNotSchedule` and `required` bind the scheduler, though only when a Pod is scheduled; the others it tries to keep to. */
  readonly strength: 'DoNotSchedule' | 'ScheduleAnyway' | 'required' | 'preferred'
  readonly maxSkew?: number
}

const KEYS: Readonly<Record<string, TemplateSpreadRule['over']>> = {
  'topology.kubernetes.io/zone': 'zone',
  'failure-domain.beta.kubernetes.io/zone': 'zone',
  'kubernetes.io/hostname': 'node',
}

/** Those that concern the template's own Pods, the strictest first. */
export function spreadRulesOf(template: PodTemplate | undefined): readonly TemplateSpreadRule[] {
  return [...constraints(template), ...antiAffinity(template)].toSorted(
    (left, right) => Number(isBinding(right)) - Number(isBinding(left)),
  )
}

/** The scheduler may not break it. */
export function isBinding({strength}: TemplateSpreadRule): boolean {
  return strength === 'DoNotSchedule' || strength === 'required'
}

function constraints(template: PodTemplate | undefined): readonly TemplateSpreadRule[] {
  return (template?.spec?.topologySpreadConstraints ?? []).flatMap((constraint) => {
    const over = overOf(constraint.topologyKey)
    if (!over || !selects(constraint.labelSelector, template?.metadata?.labels)) return []
    const strength = constraint.whenUnsatisfiable === 'ScheduleAnyway' ? 'ScheduleAnyway' : 'DoNotSchedule'
    return [{rule: 'topologySpreadConstraints', over, strength, maxSkew: constraint.maxSkew} as const]
  })
}

function antiAffinity(template: PodTemplate | undefined): readonly TemplateSpreadRule[] {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = template?.spec?.affinity?.podAntiAffinity ?? {}
  const rules = (terms: readonly Term[], strength: TemplateSpreadRule['strength']) =>
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

function overOf(topologyKey: string | undefined): TemplateSpreadRule['over'] | undefined {
  return topologyKey !== undefined && Object.hasOwn(KEYS, topologyKey) ? KEYS[topologyKey] : undefined
}

/** The template may want its Pods beside others of one zone or node, and they cannot be spread over more. */
export function isKeptTogether(template: PodTemplate | undefined, over: TemplateSpreadRule['over']): boolean {
  const terms = template?.spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return terms?.some(({topologyKey}) => overOf(topologyKey) === over) ?? false
}

/** Whether a binding rule, asked now, would not let that many of a place's Pods be there; `least` are where fewest are. */
export function isBrokenBy(rule: TemplateSpreadRule, pods: number, least: number): boolean {
  if (!isBinding(rule)) return false
  return rule.rule === 'podAntiAffinity' ? pods > 1 : pods - least > (rule.maxSkew ?? 1)
}
