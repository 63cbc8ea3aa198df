import {blame} from '../../diagnosis/blame.ts'
import {claimRules} from '../../diagnosis/claim/index.ts'
import {claimSubject} from '../../diagnosis/claim/subject.ts'
import {diagnose} from '../../diagnosis/finding.ts'
import {withPod} from '../../diagnosis/stateful-set/ordinal-findings.ts'
import {customSet} from '../../model/custom/known-kinds.ts'
import type {CustomMember, CustomSet} from '../../model/custom/members.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import {type Relations, relate} from '../../model/relations.ts'
import type {MappedOrdinal, MappedWorkload, MapReport} from '../map/report.ts'
import {usageNeeds} from '../map/usage.ts'
import {duplicates, mapClaim, mapNode, mapPod} from '../objects.ts'
import {headerOf, type Question} from '../report.ts'
import {customNeeds} from './needs.ts'

/** Which Pods has an object of another operator, on which claims, volumes and nodes? */
export const customMapQuestion: Question<MapReport> = {
  needs: () => [],
  more: customNeeds,
  build: (snapshot) => ({...headerOf('MapReport', snapshot), workloads: mapped(relate(snapshot))}),
  findings: (report) => report.workloads.flatMap(({findings}) => findings),
  namespaces: (report) => report.workloads.map(({namespace}) => namespace),
  names: (report) => report.workloads.map(({kind, group, name}) => `${kind.toLowerCase()}.${group}/${name}`),
}

/** The same, with what is on the disks. */
export const customMapWithUsageQuestion: Question<MapReport> = {
  ...customMapQuestion,
  usage: (snapshot) => usageNeeds(mapped(relate(snapshot))),
}

function mapped(relations: Relations): readonly MappedWorkload[] {
  return (relations.snapshot.custom ?? []).map((object) => mapCustom(customSet(object, relations), relations))
}

/** Member by member; what is wrong is judged Pod by Pod, and claim by claim, for these are alike whoever made them. */
export function mapCustom(set: CustomSet, relations: Relations): MappedWorkload {
  const {object, members} = set
  const names = members.flatMap(({claims}) => claims.map(({name}) => name))
  const shared = duplicates(names)
  const ordinals = members.map((member) => mapMember(set, member, shared, relations))
  const subject = {kind: object.of.kind, namespace: namespaceOf(object), name: nameOf(object)}
  return {
    ...subject,
    group: object.of.group,
    uid: object.metadata?.uid ?? '',
    desiredReplicas: set.desired,
    ordinalStart: set.ordinalStart,
    podManagementPolicy: set.podManagementPolicy,
    serviceName: set.serviceName,
    spread: null,
    ordinals,
    findings: blame(
      ordinals.flatMap(({findings}) => findings),
      {subject, blockers: []},
      relations,
    ),
  }
}

function mapMember(
  {object, minReadySeconds}: CustomSet,
  member: CustomMember,
  shared: ReadonlySet<string>,
  relations: Relations,
): MappedOrdinal {
  const {ordinal, state, pod, claims, revision, role} = member
  const namespace = namespaceOf(object)
  const seen = pod ? mapPod(pod, minReadySeconds, relations.snapshot.observedAt) : null
  return {
    ordinal,
    ...(role && {role}),
    state,
    pod: seen && {...seen, revision: revision ?? seen.revision},
    nameHeldBy: null,
    identity: null,
    claims: claims.map((claim) =>
      mapClaim(
        {
          name: claim.name,
          template: claim.template ?? null,
          mounted: claim.isMounted,
          shared: shared.has(claim.name),
          nodeName: pod?.spec?.nodeName,
        },
        relations.claim(namespace, claim.name),
        relations,
      ),
    ),
    node: mapNode(pod, relations),
    findings: memberFindings(object, member, relations),
  }
}

/** What is wrong with one Pod and its claims, the cause first. */
export function memberFindings(
  object: CustomSet['object'],
  {pod, claims, name}: CustomMember,
  relations: Relations,
) {
  const namespace = namespaceOf(object)
  const ofClaims = claims.flatMap((claim) =>
    diagnose(claimRules, claimSubject(namespace, claim.name, relations)),
  )
  return blame(
    withPod(ofClaims, pod, relations),
    {subject: {kind: 'Pod', namespace, name}, blockers: []},
    relations,
  )
}
