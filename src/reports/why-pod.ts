import {nameOf, namespaceOf, type Pod} from '../model/objects.ts'
import {isReady, isTerminating} from '../model/pod.ts'
import {mountedClaims, type Relations} from '../model/relations.ts'
import type {Need, Scope} from '../model/scope.ts'
import type {ResourceKey} from '../model/snapshot.ts'
import {ordinalIn} from '../model/stateful-set.ts'
import {withPodFindings} from './pod-findings.ts'
import {type Explainer, type Explanation, NOTHING} from './why-explanation.ts'
import {claimLinks, inNamespace, nodeLinks, podLink} from './why-links.ts'
import {all, eventsAbout, named} from './why-needs.ts'
import {placeOfPod, podStanding} from './why-pod-standing.ts'
import type {ChainLink} from './why-report.ts'
import {storageNeeds} from './why-storage-needs.ts'
import {askedFor, theOne} from './why-subject.ts'

/** One Pod: who made it, what it mounts, where it runs. */
export const podExplainer: Explainer = {
  needs: (scope) => {
    const {name} = askedFor(scope)
    return [
      {resource: 'pods', isSubject: true, ...placeOf(scope), name},
      ...eventsAbout('Pod', scope.namespace, [name]),
    ]
  },
  more: (relations, scope) => {
    const pod = podIn(relations, scope)
    return pod ? podNeeds(pod, relations) : []
  },
  explain: (relations, scope) => {
    const pod = podIn(relations, scope)
    return pod ? explainPod(pod, relations) : NOTHING
  },
}

function placeOf({namespace}: Scope): Pick<Need, 'namespace'> {
  return namespace === undefined ? {} : {namespace}
}

function podIn({snapshot}: Relations, scope: Scope): Pod | undefined {
  return theOne(snapshot.pods, scope, askedFor(scope).name)
}

const OWNERS: Readonly<Record<string, ResourceKey>> = {
  StatefulSet: 'statefulSets',
  DaemonSet: 'daemonSets',
  ReplicaSet: 'replicaSets',
}

/** Its owner, what it mounts and where it is; where it could be only if it is not well. */
function podNeeds(pod: Pod, relations: Relations): readonly Need[] {
  const namespace = namespaceOf(pod)
  const owner = ownerOf(pod)
  const key = owner && OWNERS[owner.kind]
  const names = mountedClaims(pod)
  const claims = names.flatMap((name) => relations.claim(namespace, name) ?? [])
  const node = pod.spec?.nodeName
  const isWell = node && isReady(pod) && !isTerminating(pod)
  const isHeld = names.length > 0 && !isReady(pod) && !hasStarted(pod)
  return [
    ...(key && owner.name ? named(key, [{namespace, name: owner.name}]) : []),
    ...named(
      'persistentVolumeClaims',
      names.map((name) => ({namespace, name})),
    ),
    ...(isWell ? named('nodes', [{name: node}]) : [all('nodes')]),
    // another Pod may hold what it wants to mount
    ...(isHeld ? [all('pods', namespace)] : []),
    ...storageNeeds(claims, relations),
  ]
}

function hasStarted({status}: Pod): boolean {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
  return all.some(({state, lastState}) => state?.running ?? state?.terminated ?? lastState?.terminated)
}

function ownerOf({metadata}: Pod) {
  return metadata?.ownerReferences?.find(({controller}) => controller === true)
}

function explainPod(pod: Pod, relations: Relations): Explanation {
  const namespace = namespaceOf(pod)
  const claims = placeOfPod(pod, relations)?.ordinal.claims.map(({name}) => name) ?? mountedClaims(pod)
  const standing = podStanding(pod, relations)
  return {
    chain: [
      ...ownerLinks(pod, relations),
      podLink(pod, relations),
      ...claims.flatMap((name) => claimLinks(namespace, name, pod.spec?.nodeName, relations)),
      ...nodeLinks(pod, relations),
    ],
    findings: withPodFindings(standing, pod, relations),
    others: [],
  }
}

/** Who made it: of a StatefulSet with the ordinal that the Pod is. */
function ownerLinks(pod: Pod, {snapshot}: Relations): readonly ChainLink[] {
  const owner = ownerOf(pod)
  if (!owner?.kind || !owner.name) return []
  const namespace = namespaceOf(pod)
  const key = OWNERS[owner.kind]
  const isThere = !key || snapshot[key].some(({metadata}) => metadata?.uid === owner.uid)
  const isSeen = !snapshot.omissions.some(({resource}) => resource === key?.toLowerCase())
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
