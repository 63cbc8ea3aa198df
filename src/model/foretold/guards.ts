import {groupedByEach} from '../grouping.ts'
import type {Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'

type Rules = NonNullable<NonNullable<NonNullable<Pod['spec']>['affinity']>['podAffinity']>

/** A required rule about other Pods. */
export type Term = NonNullable<Rules['requiredDuringSchedulingIgnoredDuringExecution']>[number]

export function termsOf({spec}: Pod, kind: 'podAffinity' | 'podAntiAffinity'): readonly Term[] {
  return spec?.affinity?.[kind]?.requiredDuringSchedulingIgnoredDuringExecution ?? []
}

export const HOSTNAME = 'kubernetes.io/hostname'

/** What it has against others is about nodes, and about nothing larger. */
export function isNodeByNode(pod: Pod): boolean {
  return (
    termsOf(pod, 'podAffinity').length === 0 &&
    termsOf(pod, 'podAntiAffinity').every(({topologyKey}) => topologyKey === HOSTNAME)
  )
}

/** A label of whom the Pod keeps away, `label=value`, one for each of its rules; nothing where any may be meant. */
export function guardedLabels(pod: Pod): readonly string[] {
  return termsOf(pod, 'podAntiAffinity').map(labelOfTerm)
}

/** A label of whom a rule is about, `label=value`; nothing where any may be meant. */
export function labelOfTerm({labelSelector}: Term): string {
  const [label] = Object.entries(labelSelector?.matchLabels ?? {})
  return label ? label.join('=') : ''
}

/** Labels of a Pod by which those are found that may keep it away. */
export function guardKeys({metadata}: Pod): readonly string[] {
  return ['', ...Object.entries(metadata?.labels ?? {}).map((label) => label.join('='))]
}

/** Pods that were read and that keep those with a label away. */
export function guardsAgainst(label: string, {once, snapshot: {pods}}: Relations): readonly Pod[] {
  const guards = once('guards by label', pods, () => groupedByEach(pods, guardedLabels))
  return guards.get(label) ?? []
}
