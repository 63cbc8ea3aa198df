import {claimRules} from '../diagnosis/claim/index.ts'
import {diagnose, type Finding} from '../diagnosis/finding.ts'
import {targetNode} from '../model/daemon-pods.ts'
import {controllerUid, nameOf, namespaceOf, type Pod, type StatefulSet} from '../model/objects.ts'
import {type Ordinal, ordinalsOf} from '../model/ordinals.ts'
import {mountedClaims, type Relations} from '../model/relations.ts'
import {coverNode, daemonSetSubject} from './coverage-daemon-set.ts'
import {claimSubject} from './map-parts.ts'
import {ordinalFindings} from './map-stateful-set.ts'

/** The ordinal of a set that a Pod is. */
export interface Place {
  readonly set: StatefulSet
  readonly ordinal: Ordinal
}

/** Undefined for a Pod that is not a StatefulSet's, or whose set was not seen. */
export function placeOfPod(pod: Pod, relations: Relations): Place | undefined {
  const set = relations.snapshot.statefulSets.find(({metadata}) => isOwner(metadata?.uid, pod))
  if (!set) return undefined
  const ordinal = ordinalsByPod(set, relations).get(nameOf(pod))
  return ordinal && {set, ordinal}
}

type ByPod = ReadonlyMap<string, Ordinal>
/** A node may hold many Pods of one set. */
const known = new WeakMap<Relations, Map<StatefulSet, ByPod>>()

function ordinalsByPod(set: StatefulSet, relations: Relations): ByPod {
  const sets = known.get(relations) ?? new Map<StatefulSet, ByPod>()
  const found = sets.get(set) ?? byPod(ordinalsOf(set, relations))
  known.set(relations, sets.set(set, found))
  return found
}

function byPod(ordinals: readonly Ordinal[]): ByPod {
  return new Map(ordinals.flatMap((each) => (each.pod ? [[nameOf(each.pod), each]] : [])))
}

function isOwner(uid: string | undefined, pod: Pod): boolean {
  return uid !== undefined && controllerUid(pod) === uid
}

/** What is wrong with the place that a Pod has: its ordinal, its claims, its set on its node. */
export function podStanding(pod: Pod, relations: Relations): readonly Finding[] {
  const place = placeOfPod(pod, relations)
  return [
    ...(place ? ordinalFindings(place.set, place.ordinal, relations) : claimFindings(pod, relations)),
    ...daemonFindings(pod, relations),
  ]
}

function claimFindings(pod: Pod, relations: Relations): readonly Finding[] {
  return mountedClaims(pod).flatMap((name) =>
    diagnose(claimRules, claimSubject(namespaceOf(pod), name, relations)),
  )
}

/** What is wrong with a DaemonSet on the node that its Pod is for. */
function daemonFindings(pod: Pod, relations: Relations): readonly Finding[] {
  const set = relations.snapshot.daemonSets.find(({metadata}) => isOwner(metadata?.uid, pod))
  const name = targetNode(pod)
  if (!set || name === undefined) return []
  const subject = daemonSetSubject(set, relations)
  const counted = subject.nodes.find(({node}) => nameOf(node) === name)
  const pods = counted?.pods ?? subject.strays.get(name) ?? [pod]
  return coverNode(subject, name, counted, pods).findings
}
