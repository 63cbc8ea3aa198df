import {controllerUid, type Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {diagnose, type Finding} from '../finding.ts'
import {disruptionRules} from './index.ts'
import {type DisruptionSubject, disruptionSubject} from './subject.ts'

/** What keeps the Pods of a set from being evicted, and what only seems to hold its rollout up. */
export function disruptionFindings(
  of: Pick<DisruptionSubject, 'kind' | 'set'>,
  relations: Relations,
): readonly Finding[] {
  if (!relations.sees('podDisruptionBudgets')) return []
  const {podDisruptionBudgets} = relations.snapshot
  return diagnose(disruptionRules, disruptionSubject(of, podDisruptionBudgets, relations))
}

/** The same for each set that one of these Pods belongs to, as far as sets were read. */
export function disruptionsOf(pods: readonly Pod[], relations: Relations): readonly Finding[] {
  const owners = new Set(pods.map(controllerUid))
  const {statefulSets, daemonSets} = relations.snapshot
  const isOwner = ({metadata}: {readonly metadata?: {readonly uid?: string}}) => owners.has(metadata?.uid)
  return [
    ...statefulSets
      .filter(isOwner)
      .flatMap((set) => disruptionFindings({kind: 'StatefulSet', set}, relations)),
    ...daemonSets.filter(isOwner).flatMap((set) => disruptionFindings({kind: 'DaemonSet', set}, relations)),
  ]
}
