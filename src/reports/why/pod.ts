import {type Blamed, blame, concerns} from '../../diagnosis/blame.ts'
import {disruptionsOf} from '../../diagnosis/disruption/findings.ts'
import type {Finding} from '../../diagnosis/finding.ts'
import {diagnosePod, ordinalOfPod} from '../../diagnosis/pod/diagnosis.ts'
import {podReference} from '../../diagnosis/pod/reference.ts'
import {diagnoseStatefulSet} from '../../diagnosis/stateful-set/diagnosis.ts'
import {hostPortsOf, portHolders} from '../../model/host-ports.ts'
import {mountedClaims} from '../../model/mounted-claims.ts'
import {controllerOf, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {own} from '../../model/own.ts'
import type {Relations} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {ordinalIn} from '../../model/stateful-set.ts'
import {eventsAbout} from '../needs/lists.ts'
import {type Explainer, type Explanation, NOTHING} from './explanation.ts'
import {claimLinks, inNamespace, nodeLinks, podLink} from './links.ts'
import {isDrained, OWNERS, podNeeds} from './pod-needs.ts'
import type {ChainLink} from './report.ts'
import {requestedSubject, theOne} from './subject.ts'
import {podSummary} from './summary.ts'

/** One Pod: who created it, what it mounts, where it runs. */
export const podExplainer: Explainer = {
  needs,
  more: (relations, scope) => {
    const pod = podIn(relations, scope)
    return pod ? podNeeds(pod, relations) : []
  },
  narrow: () => ({
    needs,
    more: (relations, scope) => {
      const pod = podIn(relations, scope)
      return pod ? podNeeds(pod, relations, true) : []
    },
  }),
  explain: (relations, scope) => {
    const pod = podIn(relations, scope)
    return pod ? explainPod(pod, relations) : NOTHING
  },
}

function needs(scope: Scope): readonly Need[] {
  const {name} = requestedSubject(scope)
  return [
    {resource: 'pods', isSubject: true, ...within(scope), name},
    ...eventsAbout('Pod', scope.namespace, [name]),
  ]
}

function podIn({snapshot}: Relations, scope: Scope): Pod | undefined {
  return theOne(snapshot.pods, scope, requestedSubject(scope).name)
}

/** What is wrong with the Pod itself, and what it is blamed for: by its set, or by others that use what it uses. */
function findingsAbout(pod: Pod, relations: Relations): readonly Blamed[] {
  const {statefulSets} = relations.snapshot
  const own = [...diagnosePod(pod, relations), ...evictions(pod, relations)]
  const others = [...sharingPods(pod, relations), ...waitingForPorts(pod, relations)]
  const blaming = [
    ...statefulSets.flatMap((set) => diagnoseStatefulSet(set, relations).findings),
    ...others.flatMap((each) => diagnosePod(each, relations)),
  ].filter((finding) => concerns(finding, podReference(pod)))
  return blame([...own, ...blaming], {subject: podReference(pod), blockers: []}, relations)
}

/** What keeps it on a node that somebody drains. */
function evictions(pod: Pod, relations: Relations): readonly Finding[] {
  return isDrained(pod, relations) ? disruptionsOf([pod], relations) : []
}

/** Other Pods that mount one of its claims. */
function sharingPods(pod: Pod, relations: Relations): readonly Pod[] {
  const claims = mountedClaims(pod).flatMap((name) => relations.claim(namespaceOf(pod), name) ?? [])
  return claims.flatMap(relations.podsMounting).filter((each) => each !== pod)
}

/** Pods that no node has taken, and that want a port which it has. */
function waitingForPorts(pod: Pod, {snapshot}: Relations): readonly Pod[] {
  const nodeName = pod.spec?.nodeName
  if (!nodeName || hostPortsOf(pod).length === 0) return []
  return snapshot.pods.filter((each) => !each.spec?.nodeName && portHolders(each, nodeName, [pod]).length > 0)
}

function explainPod(pod: Pod, relations: Relations): Explanation {
  const namespace = namespaceOf(pod)
  const claims = ordinalOfPod(pod, relations)?.ordinal.claims.map(({name}) => name) ?? mountedClaims(pod)
  return {
    summary: podSummary(pod),
    chain: [
      ...ownerLinks(pod, relations),
      podLink(pod, relations),
      ...claims.flatMap((name) => claimLinks(namespace, name, pod.spec?.nodeName, relations)),
      ...nodeLinks(pod, relations),
    ],
    findings: findingsAbout(pod, relations),
    others: [],
  }
}

/** Who created it: of a StatefulSet with the ordinal that the Pod is. */
function ownerLinks(pod: Pod, {snapshot, sees}: Relations): readonly ChainLink[] {
  const owner = controllerOf(pod)
  if (!owner?.kind || !owner.name) return []
  const namespace = namespaceOf(pod)
  const key = own(OWNERS, owner.kind)
  const isThere = !key || snapshot[key].some(({metadata}) => metadata?.uid === owner.uid)
  const isSeen = key !== undefined && sees(key)
  const ordinal = owner.kind === 'StatefulSet' ? ordinalIn(nameOf(pod), owner.name) : undefined
  return [
    {
      ...inNamespace(owner.kind, namespace, owner.name),
      state: isThere ? 'ok' : isSeen ? 'missing' : 'unknown',
      text: isThere ? `controls the Pod` : isSeen ? 'no longer exists' : '<unknown>',
    },
    ...(ordinal === undefined
      ? []
      : [{...inNamespace('Ordinal', namespace, String(ordinal)), state: 'ok', text: 'has its Pod'} as const]),
  ]
}
