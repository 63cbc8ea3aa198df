import {eligibility} from '../../model/daemon-eligibility.ts'
import {hostPortsOf} from '../../model/host-ports.ts'
import {mountedClaims} from '../../model/mounted-claims.ts'
import {
  controllerOf,
  type DaemonSet,
  nameOf,
  namespaceOf,
  type Pod,
  type StatefulSet,
} from '../../model/objects.ts'
import {own} from '../../model/own.ts'
import {isWell} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import type {ResourceKey} from '../../model/snapshot.ts'
import {agentNeeds, crowdNeeds, webhookNeeds} from '../needs/agents.ts'
import {all, eventsAbout, named} from '../needs/lists.ts'
import {owned} from '../needs/owned.ts'
import {missingClaims, neighbourNeeds, troubleNeeds} from '../needs/pods.ts'
import {storageNeeds} from '../needs/storage.ts'

/** Kinds of sets that own Pods, as the snapshot has them. */
export const OWNERS: Readonly<Record<string, ResourceKey>> = {
  StatefulSet: 'statefulSets',
  DaemonSet: 'daemonSets',
  ReplicaSet: 'replicaSets',
}

/**
 * Its owner, what it mounts and where it is; where it could be only if it is not well. Of the others of its namespace those are
 * enough that wait, where it is at work and not all are read.
 */
export function podNeeds(pod: Pod, relations: Relations, isNarrow = false): readonly Need[] {
  const namespace = namespaceOf(pod)
  const owner = controllerOf(pod)
  const key = owner && own(OWNERS, owner.kind)
  const names = mountedClaims(pod)
  const claims = names.flatMap((name) => relations.claim(namespace, name) ?? [])
  const isAtWork = isHosted(pod)
  const kin = [pod, ...kinOf(pod, relations)]
  return [
    ...(key && owner.name && owner.kind !== 'StatefulSet' ? named(key, [{namespace, name: owner.name}]) : []),
    ...setNeeds(pod, relations, isNarrow),
    ...revisionNeeds(pod, relations),
    ...named(
      'persistentVolumeClaims',
      names.map((name) => ({namespace, name})),
    ),
    ...(kin.every(isHosted)
      ? named(
          'nodes',
          kin.map(({spec}) => ({name: spec?.nodeName ?? ''})),
        )
      : [all('nodes')]),
    ...(isAtWork ? [] : daemonNeeds(pod, relations)),
    ...(isDrained(pod, relations) ? drainNeeds(pod, relations) : []),
    // another Pod may hold what it wants to mount, or want what it holds
    ...(names.length > 0 ? [isNarrow && isAtWork ? pendingPods(namespace) : all('pods', namespace)] : []),
    ...storageNeeds(claims, relations),
    ...(isAtWork
      ? []
      : missingClaims(
          names.map((name) => ({namespace, name})),
          relations,
        )),
    ...(isAtWork ? [] : neighbourNeeds([pod], relations.snapshot.observedAt)),
    ...(isAtWork ? [] : [...agentNeeds([pod], relations), ...crowdNeeds([pod], relations)]),
    ...webhookNeeds(relations),
    // one that no node has taken may want a port that it has
    ...(hostPortsOf(pod).length > 0 ? [{resource: 'pods', fieldSelector: 'spec.nodeName='} as const] : []),
  ]
}

/** What a Pod wants to mount, and can't, keeps it pending. */
function pendingPods(namespace: string): Need {
  return {...all('pods', namespace), fieldSelector: 'status.phase=Pending'}
}

/** Its node was cordoned, so somebody may want to evict it: only then a budget matters. */
export function isDrained({spec}: Pod, relations: Relations): boolean {
  const node = spec?.nodeName ? relations.node(spec.nodeName) : undefined
  return node?.spec?.unschedulable === true
}

/** Budgets, and what the drain may wait for: a member that was evicted before, and can't come back. */
function drainNeeds(pod: Pod, relations: Relations): readonly Need[] {
  const namespace = namespaceOf(pod)
  const away = relations.podsOf(controllerOf(pod)?.uid).filter(({spec}) => !spec?.nodeName)
  return [
    all('podDisruptionBudgets', namespace),
    all('pods', namespace),
    ...(away.length > 0 ? [all('nodes'), ...troubleNeeds(away, relations)] : []),
  ]
}

function isHosted(pod: Pod): boolean {
  return Boolean(pod.spec?.nodeName) && isWell(pod)
}

/** A daemon Pod on a node that takes no new one of its set: whether an update takes it away is told by its revision. */
export function revisionNeeds(pod: Pod, {daemonSetWith, node}: Relations): readonly Need[] {
  const set = daemonSetWith(controllerOf(pod)?.uid)
  const host = node(pod.spec?.nodeName ?? '')
  const isUnwanted = set && host && eligibility(set.spec?.template, host).rule?.kind === 'Taint'
  return isUnwanted ? [all('controllerRevisions', namespaceOf(pod))] : []
}

/** Other Pods that were read, of its set or with one of its claims: what is wrong with them may be blamed on it. */
function kinOf(pod: Pod, {snapshot, podsOf}: Relations): readonly Pod[] {
  const claims = new Set(mountedClaims(pod))
  const members = podsOf(controllerOf(pod)?.uid)
  const sharing = snapshot.pods.filter(
    (each) => namespaceOf(each) === namespaceOf(pod) && mountedClaims(each).some((name) => claims.has(name)),
  )
  return [...new Set([...members, ...sharing])].filter((each) => each !== pod)
}

/** The set that it belongs to with all its Pods, or the one whose ordinal's name it has: either may be blocked by it. */
function setNeeds(pod: Pod, relations: Relations, isNarrow: boolean): readonly Need[] {
  const [namespace, owner] = [namespaceOf(pod), controllerOf(pod)]
  const name = owner?.kind === 'StatefulSet' ? owner.name : setNameOf(nameOf(pod))
  if (name === undefined) return []
  const set = relations.snapshot.statefulSets.find((each) => nameOf(each) === name)
  // those that mount claims are there with all of the namespace, if these are read
  return [
    ...named('statefulSets', [{namespace, name}]),
    ...(isHosted(pod) ? [] : governingNeeds(set)),
    ...(mountedClaims(pod).length > 0 && !isNarrow ? [] : membersOf(set)),
  ]
}

/** The Service that publishes the members' names: one that is not ready may wait for the others. */
function governingNeeds(set: StatefulSet | undefined): readonly Need[] {
  const name = set?.spec?.serviceName
  return set && name ? named('services', [{namespace: namespaceOf(set), name}]) : []
}

/** Of a DaemonSet's Pod: another Pod of the set may be on its node, or events may tell why none is. */
function daemonNeeds(pod: Pod, {daemonSetWith}: Relations): readonly Need[] {
  const owner = controllerOf(pod)
  if (owner?.kind !== 'DaemonSet') return []
  const set = daemonSetWith(owner.uid)
  return [...eventsAbout('DaemonSet', namespaceOf(pod), [owner.name]), ...membersOf(set)]
}

/** The Pods of a set. */
function membersOf(set: StatefulSet | DaemonSet | undefined): readonly Need[] {
  return set ? owned('pods', [set]) : []
}

/** `db` of `db-3`. */
function setNameOf(pod: string): string | undefined {
  return /^(.+)-\d+$/.exec(pod)?.[1]
}
