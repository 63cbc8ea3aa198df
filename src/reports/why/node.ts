import {type Blamed, blame, concerns} from '../../diagnosis/blame.ts'
import {disruptionsOf} from '../../diagnosis/disruption/findings.ts'
import {nodeNetwork} from '../../diagnosis/node/network.ts'
import {diagnosePod} from '../../diagnosis/pod/diagnosis.ts'
import {mountedClaims} from '../../model/mounted-claims.ts'
import {controllerOf, type Node, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isTerminal, isWell} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need, Scope} from '../../model/scope.ts'
import type {ResourceKey} from '../../model/snapshot.ts'
import {webhookNeeds} from '../needs/agents.ts'
import {all, eventsAbout, named} from '../needs/lists.ts'
import {isDaemon, troubleNeeds} from '../needs/pods.ts'
import {storageNeeds} from '../needs/storage.ts'
import {mapNode} from '../objects.ts'
import {type Explainer, type Explanation, NOTHING} from './explanation.ts'
import {nodeLink} from './links.ts'
import {daemonNotes, missingDaemons} from './node-daemons.ts'
import {daemonLinks, isStateful, pinnedLinks, statefulLinks} from './node-links.ts'
import {revisionNeeds} from './pod-needs.ts'
import {requestedSubject} from './subject.ts'
import {nodeSummary} from './summary.ts'

/** One node: what it holds, what is pinned to it, and what would not come back if it went. */
export const nodeExplainer: Explainer = {
  needs: (scope) => {
    const {name} = requestedSubject(scope)
    return [
      {resource: 'nodes', isSubject: true, name},
      {resource: 'pods', fieldSelector: `spec.nodeName=${name}`},
      // those that no node has taken: it may be to blame
      {resource: 'pods', fieldSelector: 'spec.nodeName='},
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
  return relations.node(requestedSubject(scope).name)
}

function podsOn(node: Node, {snapshot}: Relations): readonly Pod[] {
  return snapshot.pods.filter(({spec}) => spec?.nodeName === nameOf(node))
}

/** Pods of sets that no node has taken. */
function waitingPods({snapshot}: Relations): readonly Pod[] {
  return snapshot.pods.filter((pod) => !pod.spec?.nodeName && isOurs(pod))
}

/** Not what the plugin is for, and a sign all the same: Pods of others that are not well here, or wait for a node. */
function bystanders(node: Node, {snapshot}: Relations): readonly Pod[] {
  return snapshot.pods.filter(
    (pod) =>
      ['', nameOf(node)].includes(pod.spec?.nodeName ?? '') &&
      !isOurs(pod) &&
      !isTerminal(pod) &&
      !isWell(pod),
  )
}

function isOurs(pod: Pod): boolean {
  return isStateful(pod) || isDaemon(pod)
}

/** All nodes, for some of them may take over; who created the Pods, and what they mount. */
function nodeNeeds(node: Node, relations: Relations): readonly Need[] {
  const pods = [...podsOn(node, relations), ...waitingPods(relations)]
  const stateful = pods.filter(isStateful)
  const troubled = [...pods.filter((pod) => isOurs(pod) && !isWell(pod)), ...bystanders(node, relations)]
  const claims = stateful.flatMap((pod) =>
    mountedClaims(pod).map((name) => ({namespace: namespaceOf(pod), name})),
  )
  const waiting = claims
    .flatMap(({namespace, name}) => relations.claim(namespace, name) ?? [])
    .filter(({status}) => status?.phase !== 'Bound')
  return [
    all('nodes'),
    all('podDisruptionBudgets'),
    ...owners('statefulSets', 'StatefulSet', pods),
    // also those that the node refuses
    all('daemonSets'),
    ...pods.flatMap((pod) => revisionNeeds(pod, relations)),
    ...missingDaemons(node, relations).flatMap((set) =>
      eventsAbout('DaemonSet', namespaceOf(set), [nameOf(set)]),
    ),
    ...webhookNeeds(relations),
    ...named('persistentVolumeClaims', claims),
    ...[...Map.groupBy(waiting, namespaceOf).values()].flatMap((few) => storageNeeds(few, relations)),
    ...troubleNeeds(troubled, relations),
  ]
}

function owners(resource: ResourceKey, kind: string, pods: readonly Pod[]): readonly Need[] {
  const places = pods.flatMap((pod) => {
    const owner = controllerOf(pod)
    return owner?.kind === kind && owner.name ? [{namespace: namespaceOf(pod), name: owner.name}] : []
  })
  return named(resource, places)
}

function explainNode(node: Node, relations: Relations): Explanation {
  const pods = podsOn(node, relations)
  const stateful = pods.filter(isStateful)
  const ours = pods.filter(isOurs)
  const mapped = mapNode({spec: {nodeName: nameOf(node), containers: []}}, relations)
  return {
    summary: nodeSummary(node),
    chain: [
      ...(mapped ? [nodeLink(mapped, relations)] : []),
      ...stateful.flatMap((pod) => statefulLinks(pod, node, relations)),
      ...pinnedLinks(node, stateful, relations),
      ...daemonLinks(pods.filter(isDaemon), relations),
    ],
    findings: nodeFindings(node, ours, relations),
    others: [],
  }
}

function nodeFindings(node: Node, pods: readonly Pod[], relations: Relations): readonly Blamed[] {
  const subject = {kind: 'Node', name: nameOf(node)}
  const network = nodeNetwork(node, relations)
  const own = [
    ...pods.flatMap((pod) => diagnosePod(pod, relations)),
    // only of a node that is being drained a budget matters
    ...(node.spec?.unschedulable ? disruptionsOf(pods, relations) : []),
    ...daemonNotes(node, relations),
    ...(network ? [network] : []),
    ...waitingPods(relations)
      .flatMap((pod) => diagnosePod(pod, relations))
      .filter((finding) => concerns(finding, subject)),
  ]
  const isQuiet = own.every(({severity}) => severity === 'info')
  const found = isQuiet ? [...own, ...othersHere(node, relations)] : own
  return blame(found, {subject, blockers: []}, relations)
}

function othersHere(node: Node, relations: Relations): readonly Blamed[] {
  return bystanders(node, relations).flatMap((pod) =>
    diagnosePod(pod, relations).filter(
      (each) => pod.spec?.nodeName || concerns(each, {kind: 'Node', name: nameOf(node)}),
    ),
  )
}
