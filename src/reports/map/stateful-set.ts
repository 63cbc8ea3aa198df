import {blame} from '../../diagnosis/blame.ts'
import {rankOf} from '../../diagnosis/causes.ts'
import type {Finding} from '../../diagnosis/finding.ts'
import {diagnoseStatefulSet} from '../../diagnosis/stateful-set/diagnosis.ts'
import {ordinalFindings} from '../../diagnosis/stateful-set/ordinal-findings.ts'
import {nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import type {Ordinal} from '../../model/ordinals.ts'
import type {Relations} from '../../model/relations.ts'
import {desiredReplicas, ordinalStart, podManagementPolicy} from '../../model/stateful-set.ts'
import {duplicates, mapClaim, mapNode, mapPod} from '../objects.ts'
import {mapIdentity} from './identity.ts'
import type {MappedOrdinal, MappedWorkload} from './report.ts'
import {mapSpread} from './spread.ts'

/** Every ordinal that should exist, is condemned, or left claims behind. */
export function mapStatefulSet(set: StatefulSet, relations: Relations): MappedWorkload {
  return relations.once('mapStatefulSet', set, () => mapped(set, relations))
}

function mapped(set: StatefulSet, relations: Relations): MappedWorkload {
  const {ordinals, findings, ofRollout} = diagnoseStatefulSet(set, relations)
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
    ordinals: ordinals.map((ordinal) => {
      const isShared = ordinal.claims.map(({name}) => shared.has(name))
      const find = () => mapOrdinal(set, ordinal, isShared, relations)
      return relations.once(`mapOrdinal ${ordinal.ordinal}`, set, find, [ordinal, ...isShared])
    }),
    spread: mapSpread(set, relations),
    findings: findings.filter(
      ({id, object}) => rankOf(id) !== 'aside' || !ofRollout.has(id) || object.kind === 'Pod',
    ),
  }
}

function mapOrdinal(
  set: StatefulSet,
  ordinal: Ordinal,
  isShared: readonly boolean[],
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
    claims: ordinal.claims.map((claim, index) =>
      mapClaim(
        {
          name: claim.name,
          template: claim.template ?? null,
          mounted: claim.isMounted,
          shared: isShared[index] ?? false,
          nodeName: pod?.spec?.nodeName,
        },
        relations.claim(namespaceOf(set), claim.name),
        relations,
      ),
    ),
    node: mapNode(pod ?? holder, relations),
    identity: mapIdentity(set, ordinal, relations),
    findings: findingsOf(set, ordinal, relations),
  }
}

/** What is wrong with one ordinal, the cause first. */
function findingsOf(set: StatefulSet, ordinal: Ordinal, relations: Relations): readonly Finding[] {
  const found = ordinalFindings(set, ordinal, relations)
  const subject = {kind: 'Pod', namespace: namespaceOf(set), name: `${nameOf(set)}-${ordinal.ordinal}`}
  return blame(found, {subject, blockers: []}, relations)
}

/** Names of claims that more than one ordinal mounts. */
function sharedClaims(ordinals: readonly Ordinal[]): ReadonlySet<string> {
  const mounted = ordinals.flatMap(({claims}) =>
    claims.filter((claim) => claim.isMounted).map(({name}) => name),
  )
  return duplicates(mounted)
}
