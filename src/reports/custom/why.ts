import {customSet} from '../../model/custom/known-kinds.ts'
import type {CustomMember, CustomSet} from '../../model/custom/members.ts'
import {nameOf, namespaceOf, type ObjectReference} from '../../model/objects.ts'
import {isReady} from '../../model/pod.ts'
import {type Relations, relate} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import {eventsAbout} from '../needs/lists.ts'
import {headerOf, type Question} from '../report.ts'
import {claimLinks, inNamespace, missingPodLink, nodeLinks, podLink} from '../why/links.ts'
import {wantedLogs} from '../why/logs.ts'
import {marked} from '../why/marked.ts'
import {repeatedWarning} from '../why/repeated-warning.ts'
import type {ChainLink, WhyReport} from '../why/report.ts'
import {workloadSummary} from '../why/summary.ts'
import {timelineOf} from '../why/timeline.ts'
import {workloadLink} from '../why/workload-link.ts'
import {mapCustom, memberFindings} from './map.ts'
import {customNeeds} from './needs.ts'
import {rollCustom} from './rollout.ts'

/** Why is an object of an operator not well: the first of its Pods that is not, and what that stands on. */
export const customWhyQuestion: Question<WhyReport> = {
  needs: () => [],
  more: (snapshot) => [...customNeeds(snapshot), ...(snapshot.custom ?? []).flatMap(eventsOf)],
  build,
  findings: ({findings}) => findings,
  namespaces: ({subject}) => [subject.namespace ?? ''],
  names: ({subject: {kind, name, group}}) => [`${kind.toLowerCase()}.${group}/${name}`],
}

export const customWhyWithLogsQuestion: Question<WhyReport> = {
  ...customWhyQuestion,
  logs: (snapshot) => {
    const relations = relate(snapshot)
    return (snapshot.custom ?? []).flatMap((object) =>
      wantedLogs(chainOf(customSet(object, relations), relations), relations),
    )
  },
}

function eventsOf(object: CustomSet['object']): readonly Need[] {
  return eventsAbout(object.of.kind, namespaceOf(object), [nameOf(object)])
}

function build(snapshot: ClusterSnapshot): WhyReport {
  const relations = relate(snapshot)
  const [object] = snapshot.custom ?? []
  if (!object) throw new Error('bug: nothing was asked about')
  const set = customSet(object, relations)
  const {findings} = mapCustom(set, relations)
  const subject = {...referenceTo(set), group: object.of.group}
  const chain = marked(chainOf(set, relations), findings)
  const pods = set.members.flatMap(({pod}) => (pod && !isReady(pod) ? [podReference(set, nameOf(pod))] : []))
  const timeline = timelineOf(
    [referenceTo(set), ...chain, ...pods, ...findings.map((finding) => finding.object)],
    relations,
  )
  const warning = repeatedWarning(timeline, findings, snapshot.observedAt)
  return {
    ...headerOf('WhyReport', snapshot),
    subject,
    summary: workloadSummary(rollCustom(set, relations)),
    chain,
    timeline,
    findings,
    ...(warning && {warning}),
    ...(snapshot.logs && {logs: snapshot.logs}),
  }
}

function referenceTo({object}: CustomSet): ObjectReference {
  return inNamespace(object.of.kind, namespaceOf(object), nameOf(object))
}

function podReference({object}: CustomSet, name: string): ObjectReference {
  return inNamespace('Pod', namespaceOf(object), name)
}

function chainOf(set: CustomSet, relations: Relations): readonly ChainLink[] {
  const link = workloadLink(rollCustom(set, relations))
  const member = unwellMember(set, relations)
  return [link, ...(member ? memberLinks(set, member, relations) : [])]
}

/** One with something wrong that takes a person, else one that is not there, or not ready. */
function unwellMember({object, members}: CustomSet, relations: Relations): CustomMember | undefined {
  const isBroken = (member: CustomMember) =>
    memberFindings(object, member, relations).some(({severity}) => severity === 'error')
  return members.find(isBroken) ?? members.find(({pod}) => !pod || !isReady(pod))
}

function memberLinks(
  {object}: CustomSet,
  {pod, name, claims}: CustomMember,
  relations: Relations,
): readonly ChainLink[] {
  const namespace = namespaceOf(object)
  return [
    pod ? podLink(pod, relations) : missingPodLink(namespace, name, relations),
    ...claims.flatMap((claim) => claimLinks(namespace, claim.name, pod?.spec?.nodeName, relations)),
    ...nodeLinks(pod, relations),
  ]
}
