import {claimRules} from '../diagnosis/claim/index.ts'
import {bySeverity, diagnose, type Finding} from '../diagnosis/finding.ts'
import {ordinalRules, setRules} from '../diagnosis/stateful-set/index.ts'
import {nameOf, namespaceOf, type Pod, type StatefulSet} from '../model/objects.ts'
import {type Ordinal, ordinalsOf} from '../model/ordinals.ts'
import {isReady, isTerminating} from '../model/pod.ts'
import type {Relations} from '../model/relations.ts'
import {desiredReplicas, ordinalStart, podManagementPolicy} from '../model/stateful-set.ts'
import {claimSubject, duplicates, mapClaim, mapNode, mapPod} from './map-parts.ts'
import type {MappedOrdinal, MappedWorkload} from './map-report.ts'
import {withPodFindings} from './pod-findings.ts'

/** Every ordinal that should exist, is on its way out, or left claims behind. */
export function mapStatefulSet(set: StatefulSet, relations: Relations): MappedWorkload {
  const ordinals = ordinalsOf(set, relations)
  const shared = sharedClaims(ordinals)
  return {
    kind: 'StatefulSet',
    namespace: namespaceOf(set),
    name: nameOf(set),
    uid: set.metadata?.uid ?? '',
    desiredReplicas: desiredReplicas(set),
    ordinalStart: ordinalStart(set),
    podManagementPolicy: podManagementPolicy(set),
    serviceName: set.spec?.serviceName || null,
    ordinals: ordinals.map((ordinal) => mapOrdinal(set, ordinal, shared, relations)),
    findings: bySeverity(diagnose(setRules, {set, ordinals, relations})),
  }
}

function mapOrdinal(
  set: StatefulSet,
  ordinal: Ordinal,
  shared: ReadonlySet<string>,
  relations: Relations,
): MappedOrdinal {
  const {pod, holder} = ordinal
  const minReadySeconds = set.spec?.minReadySeconds ?? 0
  const {observedAt} = relations.snapshot
  return {
    ordinal: ordinal.ordinal,
    state: ordinal.state,
    pod: pod ? mapPod(pod, minReadySeconds, observedAt) : null,
    nameHeldBy: holder ? mapPod(holder, 0, observedAt) : null,
    claims: ordinal.claims.map((claim) =>
      mapClaim(
        {
          name: claim.name,
          template: claim.template ?? null,
          mounted: claim.isMounted,
          shared: shared.has(claim.name),
          nodeName: pod?.spec?.nodeName,
        },
        relations.claim(namespaceOf(set), claim.name),
        relations,
      ),
    ),
    node: mapNode(pod ?? holder, relations),
    findings: withPod(ordinalFindings(set, ordinal, relations), pod, relations),
  }
}

/** Events of Pods are not read for a map: what a Pod itself says is told, and `why` tells the rest. */
function withPod(known: readonly Finding[], pod: Pod | undefined, relations: Relations): readonly Finding[] {
  if (!pod || (isReady(pod) && !isTerminating(pod))) return known
  return bySeverity(withPodFindings(known, pod, relations))
}

/** What is wrong with an ordinal, its claims included, worst first. */
export function ordinalFindings(
  set: StatefulSet,
  ordinal: Ordinal,
  relations: Relations,
): readonly Finding[] {
  const subject = {set, ordinal, relations}
  const ofClaims = ordinal.claims.flatMap((ordinalClaim) =>
    diagnose(claimRules, {
      ...claimSubject(namespaceOf(set), ordinalClaim.name, relations),
      of: {...subject, ordinalClaim},
    }),
  )
  return bySeverity([...diagnose(ordinalRules, subject), ...ofClaims])
}

/** Names of claims that more than one ordinal mounts. */
function sharedClaims(ordinals: readonly Ordinal[]): ReadonlySet<string> {
  const mounted = ordinals.flatMap(({claims}) =>
    claims.filter((claim) => claim.isMounted).map(({name}) => name),
  )
  return duplicates(mounted)
}
