import {seesPodsIn} from '../../model/foretold/unseen.ts'
import {type DaemonSet, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {ResourceKey} from '../../model/snapshot.ts'
import type {Answer} from './answer.ts'
import type {Change} from './change.ts'
import type {WhatIfEnd} from './report.ts'
import type {Subjects} from './subjects.ts'
import {few} from './words.ts'

/** An end that says that all is well is none where what decides it was not seen. */
export function endAsSeen(
  {end, losses}: Answer,
  change: Change,
  subjects: Subjects,
  relations: Relations,
): WhatIfEnd {
  const isFine = end.state === 'Done' || (change.action === 'delete' && losses.length === 0)
  const unseen = unseenOf(change, subjects, relations)
  if (!isFine || (unseen.length === 0 && losses.every(({destroysData}) => destroysData !== null))) return end
  if (unseen.includes('pods') && subjects.persistentVolumeClaims.length === 0)
    return unknown('pods could not be read: what becomes of them is <unknown>')
  const why = unseen.length > 0 ? few(unseen.map((key) => key.toLowerCase())) : 'what holds the data'
  return unknown(`${why} could not be read, and may change this: ${end.message}`)
}

function unknown(message: string): WhatIfEnd {
  return {state: 'Unknown', message, waitsFor: null}
}

const OF_NODES: Readonly<Partial<Record<Change['action'], readonly ResourceKey[]>>> = {
  drain: ['pods', 'podDisruptionBudgets'],
  lose: ['pods', 'persistentVolumes'],
  taint: ['pods', 'daemonSets'],
  label: ['pods', 'daemonSets', 'persistentVolumes'],
}

/** Kinds without which nobody can say that nothing bad happens. */
function unseenOf({action}: Change, subjects: Subjects, relations: Relations): readonly ResourceKey[] {
  const among = (keys: readonly ResourceKey[]) => keys.filter((key) => !relations.sees(key))
  const [set] = [...subjects.statefulSets, ...subjects.daemonSets]
  const [claim] = subjects.persistentVolumeClaims
  const isDaemonUpdate = action === 'update' && subjects.daemonSets.length > 0
  if (set) {
    const pods = seesAllPodsOf(set, relations) ? [] : (['pods'] as const)
    return [...pods, ...among(isDaemonUpdate ? ['nodes', 'controllerRevisions'] : [])]
  }
  if (claim) return seesPodsIn(namespaceOf(claim), relations) ? [] : ['pods']
  return among(OF_NODES[action] ?? [])
}

/** Who may read one namespace only has seen all that the set itself counts. */
function seesAllPodsOf(set: StatefulSet | DaemonSet, relations: Relations): boolean {
  const {replicas, currentNumberScheduled, numberMisscheduled = 0}: Counts = set.status ?? {}
  const counted = replicas ?? (currentNumberScheduled ?? 1) + numberMisscheduled
  return relations.seesPodsOf(set) || relations.podsOf(set.metadata?.uid).length >= counted
}

type Counts = Partial<NonNullable<StatefulSet['status']> & NonNullable<DaemonSet['status']>>
