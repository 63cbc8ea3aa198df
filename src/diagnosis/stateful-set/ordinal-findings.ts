import {namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import type {Ordinal} from '../../model/ordinals.ts'
import type {Relations} from '../../model/relations.ts'
import {rankOf} from '../causes.ts'
import {claimRules} from '../claim/index.ts'
import {claimSubject} from '../claim/subject.ts'
import {diagnose, type Finding} from '../finding.ts'
import {judgePod} from '../pod/judge.ts'
import {OUT_OF_REACH} from '../pod/scheduling/reasons-place.ts'
import {ordinalRules} from './index.ts'

/** What is wrong with an ordinal: its place, its claims and its Pod, in no order. */
export function ordinalFindings(
  set: StatefulSet,
  ordinal: Ordinal,
  relations: Relations,
): readonly Finding[] {
  const find = () => findingsOf(set, ordinal, relations)
  // the first is for whoever asks twice, the second for who asks again of the next snapshot
  return relations.once('ordinalFindings', ordinal, () =>
    relations.once(`ordinalFindings ${ordinal.ordinal}`, set, find, [ordinal]),
  )
}

function findingsOf(set: StatefulSet, ordinal: Ordinal, relations: Relations): readonly Finding[] {
  const subject = {set, ordinal, relations}
  const ofClaims = ordinal.claims.flatMap((ordinalClaim) =>
    diagnose(claimRules, {
      ...claimSubject(namespaceOf(set), ordinalClaim.name, relations),
      of: {...subject, ordinalClaim},
    }),
  )
  return withPod([...diagnose(ordinalRules, subject), ...ofClaims], ordinal.pod, relations)
}

/** What is known of a Pod's place, and what the Pod itself adds to that. */
export function withPod(
  known: readonly Finding[],
  pod: Pod | undefined,
  relations: Relations,
): readonly Finding[] {
  const judged = pod && judgePod(pod, relations)
  if (!judged) return known
  const isKnown = known.some(
    (each) =>
      (each.id === judged.id && (each.id === OUT_OF_REACH || !isExpected(each))) || saysOfClaim(each, judged),
  )
  if (isKnown) return known
  // where the scheduler has judged the Pod, that is truer than what its volume alone lets one expect
  const kept = judged.id.startsWith('sched-') ? known.filter((each) => !isExpected(each)) : known
  return [...kept, judged]
}

/** What a volume alone lets one expect of its Pod. */
function isExpected({id, object}: Finding): boolean {
  return id.startsWith('sched-') && object.kind === 'PersistentVolume'
}

/** What is wrong with the claim that the Pod points at; that the claim waits for the Pod says nothing of that. */
function saysOfClaim({id, object}: Finding, judged: Finding): boolean {
  return (
    isClaim(judged.object) &&
    isClaim(object) &&
    object.name === judged.object.name &&
    rankOf(id) !== 'summary'
  )
}

const isClaim = ({kind}: Finding['object']) => kind === 'PersistentVolumeClaim'
