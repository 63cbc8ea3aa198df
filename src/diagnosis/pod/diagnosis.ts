import {targetNode} from '../../model/daemon-pods.ts'
import {groupedByEach} from '../../model/grouping.ts'
import {mountedClaims} from '../../model/mounted-claims.ts'
import {controllerUid, nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import type {Ordinal} from '../../model/ordinals.ts'
import type {Relations} from '../../model/relations.ts'
import {referenceKey} from '../../model/stands-on.ts'
import {type Blamed, blame, concernedBy} from '../blame.ts'
import {claimRules} from '../claim/index.ts'
import {claimSubject} from '../claim/subject.ts'
import {diagnoseDaemonSet} from '../daemon-set/diagnosis.ts'
import {diagnose, type Finding} from '../finding.ts'
import {diagnoseStatefulSet} from '../stateful-set/diagnosis.ts'
import {ordinalFindings, withPod} from '../stateful-set/ordinal-findings.ts'
import {podReference} from './reference.ts'

/** The ordinal of a set that a Pod is. */
export interface SetOrdinal {
  readonly set: StatefulSet
  readonly ordinal: Ordinal
}

/** Undefined for a Pod that is not a StatefulSet's, or whose set was not seen. */
export function ordinalOfPod(pod: Pod, relations: Relations): SetOrdinal | undefined {
  const set = relations.statefulSetWith(controllerUid(pod))
  if (!set) return undefined
  const ordinal = relations.once('ordinalsByPod', set, () => byPod(set, relations)).get(nameOf(pod))
  return ordinal && {set, ordinal}
}

function byPod(set: StatefulSet, relations: Relations): ReadonlyMap<string, Ordinal> {
  const {ordinals} = diagnoseStatefulSet(set, relations)
  return new Map(ordinals.flatMap((each) => (each.pod ? [[nameOf(each.pod), each]] : [])))
}

/** What is wrong with a Pod, with its place in its set and with what it stands on, the cause first. */
export function diagnosePod(pod: Pod, relations: Relations): readonly Blamed[] {
  const found = [...placeFindings(pod, relations), ...daemonFindings(pod, relations)]
  return blame(found, {subject: podReference(pod), blockers: []}, relations)
}

function placeFindings(pod: Pod, relations: Relations): readonly Finding[] {
  const place = ordinalOfPod(pod, relations)
  if (place) return ordinalFindings(place.set, place.ordinal, relations)
  const ofClaims = mountedClaims(pod).flatMap((name) =>
    diagnose(claimRules, claimSubject(namespaceOf(pod), name, relations)),
  )
  return withPod(ofClaims, pod, relations)
}

/** What is wrong with a DaemonSet on the node that its Pod is for. */
function daemonFindings(pod: Pod, relations: Relations): readonly Finding[] {
  const set = relations.daemonSetWith(controllerUid(pod))
  const name = targetNode(pod)
  if (!set || name === undefined) return []
  const {ofNodes, ofSet, findings} = diagnoseDaemonSet(set, relations)
  const concerned = relations.once('concerned', set, () =>
    groupedByEach(
      findings.filter(({id}) => ofSet.has(id)),
      concernedBy,
    ),
  )
  // what the set is going to do to this Pod
  return [...(ofNodes.get(name) ?? []), ...(concerned.get(referenceKey(podReference(pod))) ?? [])]
}
