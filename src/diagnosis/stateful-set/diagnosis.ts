import {nameOf, namespaceOf, type ObjectReference, type StatefulSet} from '../../model/objects.ts'
import {type Ordinal, ordinalsOf} from '../../model/ordinals.ts'
import type {Relations} from '../../model/relations.ts'
import type {NextStep} from '../../model/rollout/next-step.ts'
import {type Slot, type StatefulSetFacts, statefulSetFacts} from '../../model/rollout/stateful-set-facts.ts'
import {statefulSetNext} from '../../model/rollout/stateful-set-next.ts'
import {type Blamed, blame, onTrail} from '../blame.ts'
import {covers} from '../causes.ts'
import {disruptionFindings} from '../disruption/findings.ts'
import {diagnose, type Finding} from '../finding.ts'
import {isLeft} from '../pod/failed/left.ts'
import {workloadRules} from '../workload/index.ts'
import {changedAtOwner, withoutIdleOwner} from '../workload/owner.ts'
import {setRules, statusRules} from './index.ts'
import {ordinalFindings} from './ordinal-findings.ts'
import {blockerRule, rolloutRules} from './rollout/index.ts'
import {type StatefulSetProgress, statefulSetProgress} from './rollout/progress.ts'
import {refusalOf} from './rollout/refused.ts'

/** A rollout that its controller has looked at. */
export interface Rollout extends StatefulSetProgress {
  readonly facts: StatefulSetFacts
  readonly next: NextStep
}

export interface SetDiagnosis {
  readonly ordinals: readonly Ordinal[]
  /** Undefined where Pods were not seen, or the newest generation is not observed. */
  readonly rollout: Rollout | undefined
  /** Everything that was found, the cause first. */
  readonly findings: readonly Blamed[]
  /** Of these, what is wrong with who is in the way, and with what that stands on; empty where nobody is. */
  readonly ofBlocker: readonly Blamed[]
  /** Ids of what is to be known of the rollout. */
  readonly ofRollout: ReadonlySet<string>
  /** Ids of what is to be known of the rollout, or of the set itself, apart from its ordinals. */
  readonly ofSet: ReadonlySet<string>
}

/** What is wrong with a StatefulSet and all that belongs to it: the one answer that every command shows a part of. */
export function diagnoseStatefulSet(set: StatefulSet, relations: Relations): SetDiagnosis {
  return relations.once('diagnoseStatefulSet', set, () => diagnosisOf(set, relations))
}

function diagnosisOf(set: StatefulSet, relations: Relations): SetDiagnosis {
  const ordinals = ordinalsOf(set, relations)
  const rollout = rolloutOf(set, relations)
  const ofRollout = rollout ? rolloutFindings(rollout, relations) : []
  const ofSet = [
    ...ofRollout,
    ...diagnose(workloadRules, {kind: 'StatefulSet', set, relations}),
    ...diagnose(statusRules, {set, ordinals, relations}),
  ]
  const found = [
    ...ordinals.flatMap((ordinal) => ordinalFindings(set, ordinal, relations)),
    ...ofSet,
    ...diagnose(setRules, {set, ordinals, relations}),
    ...disruptionFindings({kind: 'StatefulSet', set}, relations),
  ]
  const subject = {kind: 'StatefulSet', namespace: namespaceOf(set), name: nameOf(set)}
  const trail = {subject, blockers: blockersOf(set, rollout, ordinals)}
  const findings = blame(changedAtOwner(withoutIdleOwner(found), set), trail, relations)
  return {
    ordinals,
    rollout,
    findings,
    ofBlocker: trail.blockers.length > 0 ? onTrail(findings, trail, relations) : [],
    ofRollout: new Set(ofRollout.map(({id}) => id)),
    ofSet: new Set(ofSet.map(({id}) => id)),
  }
}

/** Undefined where Pods were not seen, or while the set's newest generation is not observed. */
export function rolloutOf(set: StatefulSet, relations: Relations): Rollout | undefined {
  const known = relations.seesPodsOf(set) ? statefulSetFacts(set, relations) : undefined
  if (!known) return undefined
  const isRefused = (slot: Slot) => !slot.pod && refusalOf(slot, set, relations) !== undefined
  const named = (slots: readonly Slot[]) => new Set(slots.map(({name}) => name))
  const facts = {
    ...known,
    refused: named(known.slots.filter(isRefused)),
    left: named(known.slots.filter(({pod}) => pod && isLeft(pod, relations))),
  }
  const next = statefulSetNext(facts)
  return {facts, next, ...statefulSetProgress(next, facts, relations)}
}

/** What is to be known of the rollout of a set. */
export function rolloutFindings(
  {facts, next, blocker, missing}: Rollout,
  relations: Relations,
): readonly Finding[] {
  const subject = {facts, next, blocker, relations}
  const others = missing.filter((each) => each !== blocker)
  const own = [...(blocker && !blocker.slot.pod ? [blocker] : []), ...others]
  const found = diagnose([blockerRule, ...rolloutRules], subject)
  const refused = own.map(({trouble}) => trouble.finding).filter((finding) => finding !== undefined)
  return [...refused.filter((each) => !found.some(({id}) => covers(id, each.id))), ...found]
}

/** The ordinal that is in the way: its Pod, whether it exists or not, and its claims. */
function blockersOf(
  set: StatefulSet,
  rollout: Rollout | undefined,
  ordinals: readonly Ordinal[],
): readonly ObjectReference[] {
  const slot = rollout?.blocker?.slot
  if (!slot) return []
  const namespace = namespaceOf(set)
  const claims = ordinals.find(({ordinal}) => ordinal === slot.ordinal)?.claims ?? []
  return [
    {kind: 'Pod', namespace, name: slot.name},
    ...claims.map(({name}) => ({kind: 'PersistentVolumeClaim', namespace, name})),
  ]
}
