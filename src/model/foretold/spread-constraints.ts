import {selects} from '../labels.ts'
import {namespaceOf, type Pod} from '../objects.ts'
import {isTerminal, isTerminating} from '../pod.ts'

/** How evenly Pods that are alike have to be spread over zones, or over nodes. */
export type SpreadConstraint = NonNullable<NonNullable<Pod['spec']>['topologySpreadConstraints']>[number]

/** Those that keep a Pod off a node; `ScheduleAnyway`, which defaults of the scheduler are too, keeps it off none. */
export function spreadConstraints({spec}: Pod): readonly SpreadConstraint[] {
  return (spec?.topologySpreadConstraints ?? []).filter(
    ({whenUnsatisfiable}) => whenUnsatisfiable === 'DoNotSchedule',
  )
}

/** Values of `matchLabelKeys` that the Pod has, `label=value`: whom the rule counts has them too. */
export function sharedLabels(
  {matchLabelKeys}: SpreadConstraint,
  {metadata}: Pod,
): readonly [string, string][] {
  return (matchLabelKeys ?? []).flatMap((key) => {
    const value = metadata?.labels?.[key]
    return value === undefined ? [] : [[key, value] as [string, string]]
  })
}

/** Whether the rule of a Pod is about another one, or about that Pod itself. */
export function isAbout(rule: SpreadConstraint, owner: Pod, pod: Pod): boolean {
  const {labels} = pod.metadata ?? {}
  return (
    selects(rule.labelSelector ?? undefined, labels) &&
    sharedLabels(rule, owner).every(([key, value]) => labels?.[key] === value)
  )
}

/** Whether the rule counts that Pod where it is: not if it is to go, and none where all Pods are meant (countPodsMatchSelector). */
export function isCounted(rule: SpreadConstraint, owner: Pod, pod: Pod): boolean {
  const {matchLabels, matchExpressions} = rule.labelSelector ?? {}
  const wanted = Object.keys(matchLabels ?? {}).length + (matchExpressions?.length ?? 0)
  const isOfAll = wanted + sharedLabels(rule, owner).length === 0
  const isThere = !isTerminating(pod) && !isTerminal(pod) && namespaceOf(pod) === namespaceOf(owner)
  return !isOfAll && isThere && isAbout(rule, owner, pod)
}
