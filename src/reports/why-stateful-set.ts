import {requestOf} from '../model/claim.ts'
import {
  nameOf,
  namespaceOf,
  type PersistentVolumeClaim,
  type Pod,
  type StatefulSet,
} from '../model/objects.ts'
import {type Ordinal, ordinalsOf} from '../model/ordinals.ts'
import {isAvailable, isReady, isTerminating} from '../model/pod.ts'
import {quantity} from '../model/quantity.ts'
import type {Relations} from '../model/relations.ts'
import type {Need, Scope} from '../model/scope.ts'
import {mapQuestion} from './map.ts'
import type {MappedWorkload} from './map-report.ts'
import {mapStatefulSet} from './map-stateful-set.ts'
import {furtherPodFindings} from './pod-findings.ts'
import type {RolledWorkload} from './rollout-report.ts'
import {rollStatefulSet} from './rollout-stateful-set.ts'
import {disruptionFindings} from './why-disruption.ts'
import {type Explainer, type Explanation, NOTHING} from './why-explanation.ts'
import {inNamespace} from './why-links.ts'
import {all, eventsAbout, leaseNeeds} from './why-needs.ts'
import {ordinalLinks} from './why-ordinal-links.ts'
import {askedFor, theOne} from './why-subject.ts'
import {workloadLink} from './why-workload-link.ts'

/** One StatefulSet: the ordinal that holds it up, and what that stands on. */
export const statefulSetExplainer: Explainer = {
  needs: (scope) => [
    ...mapQuestion.needs(scope),
    all('controllerRevisions', scope.namespace),
    all('podDisruptionBudgets', scope.namespace),
    ...eventsAbout('StatefulSet', scope.namespace, [askedFor(scope).name]),
  ],
  more: (relations, scope) => {
    const set = setIn(relations, scope)
    if (!set || !relations.sees('pods')) return []
    return [...setNeeds(set, relations), ...leaseNeeds(relations, scope)]
  },
  explain: (relations, scope) => {
    const set = setIn(relations, scope)
    return set ? explainSet(set, relations) : NOTHING
  },
}

function setIn({snapshot}: Relations, scope: Scope): StatefulSet | undefined {
  return theOne(snapshot.statefulSets, scope, askedFor(scope).name)
}

/** Events of what is not well; and Pods that are not the set's, where one may hold a name or use a claim that is to go. */
function setNeeds(set: StatefulSet, relations: Relations): readonly Need[] {
  const namespace = namespaceOf(set)
  const ordinals = ordinalsOf(set, relations)
  const claims = troubledClaims(set, ordinals, relations)
  const isWanted = ordinals.some(({state, pod}) => state === 'desired' && !pod)
  const isLeaving = claims.some((name) => relations.claim(namespace, name)?.metadata?.deletionTimestamp)
  const label = '!statefulset.kubernetes.io/pod-name'
  return [
    ...(isWanted || isLeaving ? [{...all('pods', namespace), labelSelector: label}] : []),
    ...eventsAbout('Pod', namespace, troubledPods(set, ordinals, relations).map(nameOf)),
    ...eventsAbout('PersistentVolumeClaim', namespace, claims),
  ]
}

/** One that is ready and does not stay so for minReadySeconds is in trouble as well. */
function troubledPods(
  {spec}: StatefulSet,
  ordinals: readonly Ordinal[],
  {snapshot}: Relations,
): readonly Pod[] {
  const isWell = (pod: Pod) =>
    isAvailable(pod, spec?.minReadySeconds ?? 0, snapshot.observedAt) && !isTerminating(pod)
  return ordinals.flatMap(({pod, state}) => (pod && (!isWell(pod) || state === 'condemned') ? [pod] : []))
}

function troubledClaims(
  set: StatefulSet,
  ordinals: readonly Ordinal[],
  relations: Relations,
): readonly string[] {
  return ordinals
    .filter(({state}) => state !== 'leftover')
    .flatMap(({claims}) => claims.map(({name}) => name))
    .filter((name) => {
      const claim = relations.claim(namespaceOf(set), name)
      return (
        claim && (claim.status?.phase !== 'Bound' || claim.metadata?.deletionTimestamp || isChanging(claim))
      )
    })
}

/** It is to grow, or to get another VolumeAttributesClass; only events tell whether anybody works on it. */
function isChanging(claim: PersistentVolumeClaim): boolean {
  const {spec, status} = claim
  const [wanted, has] = [quantity(requestOf(claim)) ?? 0, quantity(status?.capacity?.storage) ?? Infinity]
  const wantedClass = spec?.volumeAttributesClassName || undefined
  return (
    wanted > has || (wantedClass !== undefined && wantedClass !== status?.currentVolumeAttributesClassName)
  )
}

function explainSet(set: StatefulSet, relations: Relations): Explanation {
  const ordinals = ordinalsOf(set, relations)
  const mapped = mapStatefulSet(set, relations)
  const rolled = rollStatefulSet(set, relations)
  const pods = troubledPods(set, ordinals, relations)
  // where no Pods were seen, nothing tells which one is not well
  const seen = relations.sees('pods') ? ordinals : []
  const held = holdingOrdinal(seen, mapped, rolled)
  const holding = ordinals.find(({ordinal}) => ordinal === held)
  const known = new Map(mapped.ordinals.map(({pod, findings}) => [pod?.name, findings]))
  const namespace = namespaceOf(set)
  return {
    chain: [workloadLink(rolled), ...(holding ? ordinalLinks(set, holding, relations) : [])],
    findings: [
      ...mapped.ordinals.flatMap(({findings}) => findings),
      ...pods.flatMap((pod) => furtherPodFindings(pod, relations, known.get(nameOf(pod)) ?? [])),
      ...(rolled.blockedBy?.findings ?? []),
      ...rolled.findings,
      ...mapped.findings,
      ...disruptionFindings({kind: 'StatefulSet', set}, relations),
    ],
    others: [
      ...pods.map((pod) => inNamespace('Pod', namespace, nameOf(pod))),
      ...troubledClaims(set, ordinals, relations).map((name) =>
        inNamespace('PersistentVolumeClaim', namespace, name),
      ),
    ],
  }
}

/** The one that is in the way; else one that is wanted and broken, waited for, or not well; else one that is to go. */
function holdingOrdinal(
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
