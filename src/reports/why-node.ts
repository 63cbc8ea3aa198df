import {type Node, nameOf, namespaceOf, type Pod} from '../model/objects.ts'
import {isReady, isTerminating} from '../model/pod.ts'
import {mountedClaims, type Relations} from '../model/relations.ts'
import type {Need, Scope} from '../model/scope.ts'
import type {ResourceKey} from '../model/snapshot.ts'
import {mapNode} from './map-parts.ts'
import {withPodFindings} from './pod-findings.ts'
import {disruptionsOf} from './why-disruption.ts'
import {type Explainer, type Explanation, NOTHING} from './why-explanation.ts'
import {nodeLink} from './why-links.ts'
import {all, eventsAbout, named} from './why-needs.ts'
import {daemonNotes} from './why-node-daemons.ts'
import {daemonLinks, isStateful, pinnedLinks, statefulLinks} from './why-node-links.ts'
import {podStanding} from './why-pod-standing.ts'
import {askedFor} from './why-subject.ts'

/** One node: what it holds, what is pinned to it, and what would not come back if it went. */
export const nodeExplainer: Explainer = {
  needs: (scope) => {
    const {name} = askedFor(scope)
    return [
      {resource: 'nodes', isSubject: true, name},
      {resource: 'pods', fieldSelector: `spec.nodeName=${name}`},
      all('persistentVolumes'),
      all('volumeAttachments'),
      // events about nodes are kept in this namespace
      ...eventsAbout('Node', 'default', [name]),
    ]
  },
  more: (relations, scope) => {
    const node = nodeIn(relations, scope)
    return node ? nodeNeeds(node, relations) : []
  },
  explain: (relations, scope) => {
    const node = nodeIn(relations, scope)
    return node ? explainNode(node, relations) : NOTHING
  },
}

function nodeIn(relations: Relations, scope: Scope): Node | undefined {
  return relations.node(askedFor(scope).name)
}

function podsOn(node: Node, {snapshot}: Relations): readonly Pod[] {
  return snapshot.pods.filter(({spec}) => spec?.nodeName === nameOf(node))
}

/** All nodes, for some of them may take over; who made the Pods, and what they mount. */
function nodeNeeds(node: Node, relations: Relations): readonly Need[] {
  const pods = podsOn(node, relations)
  const stateful = pods.filter(isStateful)
  const troubled = pods.filter((pod) => (isStateful(pod) || isDaemon(pod)) && !isWell(pod))
  const claims = stateful.flatMap((pod) =>
    mountedClaims(pod).map((name) => ({namespace: namespaceOf(pod), name})),
  )
  const isUnbound = claims.some(
    ({namespace, name}) => (relations.claim(namespace, name)?.status?.phase ?? 'Bound') !== 'Bound',
  )
  const byNamespace = Map.groupBy(troubled, namespaceOf)
  return [
    all('nodes'),
    // only of a node that is being drained a budget matters
    ...(node.spec?.unschedulable ? [all('podDisruptionBudgets')] : []),
    ...owners('statefulSets', 'StatefulSet', pods),
    // also those that the node refuses
    all('daemonSets'),
    ...named('persistentVolumeClaims', claims),
    // rules about claims that wait look at classes
    ...(isUnbound ? [all('storageClasses')] : []),
    ...[...byNamespace].flatMap(([namespace, few]) => eventsAbout('Pod', namespace, few.map(nameOf))),
  ]
}

function isWell(pod: Pod): boolean {
  return isReady(pod) && !isTerminating(pod)
}

function isDaemon(pod: Pod): boolean {
  return (
    pod.metadata?.ownerReferences?.some(({kind, controller}) => controller && kind === 'DaemonSet') ?? false
  )
}

function owners(resource: ResourceKey, kind: string, pods: readonly Pod[]): readonly Need[] {
  const places = pods.flatMap((pod) => {
    const owner = pod.metadata?.ownerReferences?.find(({controller}) => controller)
    return owner?.kind === kind && owner.name ? [{namespace: namespaceOf(pod), name: owner.name}] : []
  })
  return named(resource, places)
}

function explainNode(node: Node, relations: Relations): Explanation {
  const pods = podsOn(node, relations)
  const stateful = pods.filter(isStateful)
  const ours = pods.filter((pod) => isStateful(pod) || isDaemon(pod))
  const mapped = mapNode({spec: {nodeName: nameOf(node), containers: []}}, relations)
  return {
    chain: [
      ...(mapped ? [nodeLink(mapped, relations)] : []),
      ...stateful.flatMap((pod) => statefulLinks(pod, node, relations)),
      ...pinnedLinks(node, stateful, relations),
      ...daemonLinks(pods.filter(isDaemon), relations),
    ],
    findings: [
      ...ours.flatMap((pod) => {
        const standing = podStanding(pod, relations)
        return withPodFindings(standing, pod, relations)
      }),
      ...(node.spec?.unschedulable ? disruptionsOf(ours, relations) : []),
      ...daemonNotes(node, relations),
    ],
    others: [],
  }
}
