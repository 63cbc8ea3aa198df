import {diagnoseStatefulSet} from '../../diagnosis/stateful-set/diagnosis.ts'
import {nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import type {Ordinal} from '../../model/ordinals.ts'
import {isReady} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need, Scope} from '../../model/scope.ts'
import {namedSubjects} from '../map/narrow.ts'
import {mapWithNamesQuestion} from '../map/question.ts'
import type {MappedWorkload} from '../map/report.ts'
import {mapStatefulSet} from '../map/stateful-set.ts'
import {leftoverUsers} from '../needs/leftover-users.ts'
import {all, beyond, eventsAbout, isNarrow} from '../needs/lists.ts'
import {oneSetNeeds, publishedNeeds} from '../needs/one-set.ts'
import {owned} from '../needs/owned.ts'
import {statefulSetNeeds} from '../needs/stateful-sets.ts'
import {undeletedNeeds} from '../needs/storage.ts'
import type {RolledWorkload} from '../rollout/report.ts'
import {rollStatefulSet} from '../rollout/stateful-set.ts'
import {type Explainer, type Explanation, NOTHING} from './explanation.ts'
import {inNamespace} from './links.ts'
import {ordinalLinks} from './ordinal-links.ts'
import {OTHERS, setNeeds, troubledClaims, troubledPods} from './set-troubles.ts'
import {requestedSubject, theOne} from './subject.ts'
import {workloadSummary} from './summary.ts'
import {workloadLink} from './workload-link.ts'

/** One StatefulSet: the ordinal that blocks it, and what that stands on. */
export const statefulSetExplainer: Explainer = {
  needs,
  more: (relations, scope) => {
    const set = setIn(relations, scope)
    if (!set) return []
    const {general, further} = troubles(set, relations, scope, OTHERS)
    return [...general, ...beyond(needs(scope), further)]
  },
  narrow: (scope) => (isNarrow(scope) ? {needs: narrowNeeds, more: narrowMore} : undefined),
  explain: (relations, scope) => {
    const set = setIn(relations, scope)
    return set ? explainSet(set, relations) : NOTHING
  },
}

function needs(scope: Scope): readonly Need[] {
  return [
    ...mapWithNamesQuestion.needs(scope),
    all('controllerRevisions', scope.namespace),
    ...aboutSet(scope),
  ]
}

function narrowNeeds(scope: Scope): readonly Need[] {
  return [...namedSubjects(scope, ['statefulSets']), ...aboutSet(scope)]
}

/** Which budgets select its Pods only all of the namespace tell. */
function aboutSet(scope: Scope): readonly Need[] {
  return [
    all('podDisruptionBudgets', scope.namespace),
    ...eventsAbout('StatefulSet', scope.namespace, [requestedSubject(scope).name]),
  ]
}

function narrowMore(relations: Relations, scope: Scope): readonly Need[] {
  const set = setIn(relations, scope)
  if (!set) return []
  const {general, further} = troubles(set, relations, scope, undefined)
  return [
    ...oneSetNeeds([set], relations),
    ...publishedNeeds([set]),
    ...owned('controllerRevisions', [set]),
    ...general,
    ...further,
  ]
}

/** What is read of any set, and what only trouble calls for; `others` as for `statefulSetNeeds`. */
function troubles(set: StatefulSet, relations: Relations, scope: Scope, others: string | undefined) {
  // another set may select the same Pods
  const general = [all('statefulSets', namespaceOf(set)), ...undeletedNeeds([set], relations)]
  if (!relations.sees('pods') && relations.snapshot.pods.length === 0) return {general, further: []}
  const further = [
    ...setNeeds(set, others, relations),
    ...statefulSetNeeds([set], others, scope, relations),
    ...leftoverUsers([set], others, relations),
  ]
  return {general, further}
}

function setIn({snapshot}: Relations, scope: Scope): StatefulSet | undefined {
  return theOne(snapshot.statefulSets, scope, requestedSubject(scope).name)
}

function explainSet(set: StatefulSet, relations: Relations): Explanation {
  const {ordinals, findings} = diagnoseStatefulSet(set, relations)
  const mapped = mapStatefulSet(set, relations)
  const rolled = rollStatefulSet(set, relations)
  const pods = troubledPods(set, ordinals, relations)
  // where no Pods were seen, nothing tells which one is not well
  const seen = ordinals.filter(({pod}) => pod || relations.seesPodsOf(set))
  const blocking = blockingOrdinal(seen, mapped, rolled)
  const blocked = ordinals.find(({ordinal}) => ordinal === blocking)
  const namespace = namespaceOf(set)
  return {
    summary: workloadSummary(rolled),
    chain: [workloadLink(rolled), ...(blocked ? ordinalLinks(set, blocked, relations) : [])],
    findings,
    others: [
      ...pods.map((pod) => inNamespace('Pod', namespace, nameOf(pod))),
      ...troubledClaims(set, ordinals, relations).map((name) =>
        inNamespace('PersistentVolumeClaim', namespace, name),
      ),
    ],
  }
}

/** The one that is in the way; else one that is wanted and broken, waited for, or not well; else one that is condemned. */
function blockingOrdinal(
  ordinals: readonly Ordinal[],
  mapped: MappedWorkload,
  {blockedBy, next}: RolledWorkload,
): number | null | undefined {
  if (blockedBy) return blockedBy.ordinal
  const bad = mapped.ordinals.filter(({findings}) => findings.some(({severity}) => severity === 'error'))
  const awaited = ordinals.find(({ordinal, pod}) => pod && ordinal === next.waitsFor?.ordinal)
  const unwell = ordinals.find(({state, pod}) => state === 'desired' && !(pod && isReady(pod)))
  const condemned = ordinals.find(({state}) => state === 'condemned')
  const wanted = bad.find(({state}) => state === 'desired') ?? awaited ?? unwell
  return (wanted ?? bad[0] ?? condemned)?.ordinal
}
