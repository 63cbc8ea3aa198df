import {daemonTolerations} from '../../../model/daemon-eligibility.ts'
import {controllerUid, type Node, type Taint} from '../../../model/objects.ts'
import {tolerates, untoleratedTaints} from '../../../model/taints.ts'
import type {PodSubject} from '../subject.ts'

/** What to say in place of a way to tolerate it. */
export const TOLERATED_BY_NOW =
  'the template of its set tolerates that by now, and this Pod is of an older revision: it has to be created again from the new one'

/** The template of the Pod's set tolerates all that keeps it off one of the nodes, or, where none was seen, all that the scheduler names. */
export function isToleratedByNow(
  {pod, relations}: Pick<PodSubject, 'pod' | 'relations'>,
  nodes: readonly Node[],
  told: readonly {readonly text: string}[],
): boolean {
  const set = relations.statefulSetWith(controllerUid(pod))
  const daemonSet = relations.daemonSetWith(controllerUid(pod))
  if (!set && !daemonSet) return false
  const tolerations = set
    ? (set.spec?.template?.spec?.tolerations ?? [])
    : daemonTolerations(daemonSet?.spec?.template)
  const taints = told.flatMap(({text}) => toldTaints(text))
  const isMet = (taint: Taint) => tolerations.some((toleration) => tolerates(toleration, taint))
  return nodes.length > 0
    ? relations.once(`tolerated by ${JSON.stringify(tolerations)}`, nodes, () =>
        nodes.some((node) => untoleratedTaints(node, tolerations).length === 0),
      )
    : taints.some(isMet)
}

const NAMED = /\{([^:{}]+): ?([^{}]*)\}/g

/** Taints that the scheduler names, up to 1.34; it does not name their effects. */
export function toldTaints(text: string): readonly Taint[] {
  return [...text.matchAll(NAMED)].map(([, key = '', value = '']) => ({key, value, effect: 'NoSchedule'}))
}
