import {isOverdue} from '../../diagnosis/pod/grace-period-over.ts'
import {mountedClaims} from '../../model/mounted-claims.ts'
import {
  controllerOf,
  type DaemonSet,
  nameOf,
  namespaceOf,
  type Pod,
  type StatefulSet,
} from '../../model/objects.ts'
import {isAvailable, isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import {agentNeeds, crowdNeeds} from './agents.ts'
import {all, eventsAbout, FEW, named, type ObjectName} from './lists.ts'
import {storageNeeds} from './storage.ts'

/** Those that are not at work, or have not been for long enough. */
function unwellPods(pods: readonly Pod[], minReadySeconds: number, now: string): readonly Pod[] {
  return pods.filter((pod) => isTerminating(pod) || !isAvailable(pod, minReadySeconds, now))
}

/** Those of a set. */
export function unwellPodsOf(set: StatefulSet | DaemonSet, relations: Relations): readonly Pod[] {
  return relations.once('unwellPods', set, () => {
    const pods = relations.podsOf(set.metadata?.uid)
    return unwellPods(pods, set.spec?.minReadySeconds ?? 0, relations.snapshot.observedAt)
  })
}

/**
 * What tells why these Pods are not at work, the same for every question: what was said of them, and what those stand on
 * that wait for volumes, or that can't let go of them.
 */
export function troubleNeeds(unwell: readonly Pod[], relations: Relations): readonly Need[] {
  const byNamespace = Map.groupBy(unwell, namespaceOf)
  const holding = unwell.filter((pod) => !isDaemon(pod) && holdsVolumes(pod))
  const places = holding.flatMap((pod) =>
    mountedClaims(pod).map((name) => ({namespace: namespaceOf(pod), name})),
  )
  const claims = places.flatMap(({namespace, name}) => relations.claim(namespace, name) ?? [])
  return [
    ...eventsOfPods(byNamespace),
    ...named('persistentVolumeClaims', places),
    ...[...Map.groupBy(claims, namespaceOf).values()].flatMap((few) => storageNeeds(few, relations)),
    ...missingClaims(places, relations),
    ...companionNeeds(unwell),
    ...neighbourNeeds(unwell, relations.snapshot.observedAt),
    ...holderNeeds(holding, relations),
    ...agentNeeds(unwell, relations),
    ...crowdNeeds(unwell, relations),
  ]
}

/** What was said of claims that were looked for and are not there: why they are gone. */
export function missingClaims(places: readonly ObjectName[], relations: Relations): readonly Need[] {
  if (!relations.sees('persistentVolumeClaims')) return []
  const missing = places.filter(({namespace = '', name}) => !relations.claim(namespace, name))
  return [...Map.groupBy(missing, ({namespace}) => namespace)].flatMap(([namespace, few]) =>
    eventsAbout(
      'PersistentVolumeClaim',
      namespace,
      few.map(({name}) => name),
    ),
  )
}

const BESIDE_OTHERS = /pod (anti-)?affinity|pods anti-affinity/i

/** All Pods of the namespace, where the scheduler says that one of them, or the want of one, keeps these away. */
function companionNeeds(unwell: readonly Pod[]): readonly Need[] {
  const kept = unwell.filter(({status}) =>
    status?.conditions?.some(
      ({type, status: is, message}) =>
        type === 'PodScheduled' && is === 'False' && BESIDE_OTHERS.test(message ?? ''),
    ),
  )
  return [...new Set(kept.map(namespaceOf))].map((namespace) => all('pods', namespace))
}

function eventsOfPods(byNamespace: ReadonlyMap<string, readonly Pod[]>): readonly Need[] {
  if (byNamespace.size > FEW) return [{resource: 'events', fieldSelector: 'involvedObject.kind=Pod'}]
  return [...byNamespace].flatMap(([namespace, few]) => eventsAbout('Pod', namespace, few.map(nameOf)))
}

/** It has no node yet, its containers have not begun, or it is terminating: that may be its volumes. */
function holdsVolumes(pod: Pod): boolean {
  const isStarting = !pod.spec?.nodeName || pod.status?.phase === 'Pending'
  return mountedClaims(pod).length > 0 && (isStarting || isTerminating(pod))
}

/** Pods of the nodes elsewhere that their volumes are attached to: one of them may hold a volume. */
function holderNeeds(holding: readonly Pod[], relations: Relations): readonly Need[] {
  const places = holding.flatMap((pod) =>
    mountedClaims(pod)
      .flatMap((name) => relations.claim(namespaceOf(pod), name)?.spec?.volumeName ?? [])
      .flatMap(relations.attachmentsOf)
      .filter(({spec}) => spec?.nodeName !== pod.spec?.nodeName)
      .map(({spec}) => ({namespace: namespaceOf(pod), node: spec?.nodeName ?? ''})),
  )
  return [...Map.groupBy(places, ({namespace}) => namespace)].flatMap(([namespace, few]) => {
    const nodes = [...new Set(few.map(({node}) => node))]
    if (nodes.length > FEW) return [all('pods', namespace)]
    return nodes.map((name) => ({...all('pods', namespace), fieldSelector: `spec.nodeName=${name}`}))
  })
}

/** Pods of the nodes that these Pods can't leave, or wait for, and what serves volumes there: it may be down. */
export function neighbourNeeds(unwell: readonly Pod[], now: string): readonly Need[] {
  const unmounting = unwell.filter((pod) => isOverdue(pod, now) && mountedClaims(pod).length > 0)
  const nodes = new Set([
    ...unmounting.flatMap(({spec}) => spec?.nodeName ?? []),
    ...unwell.flatMap((pod) => (isTerminating(pod) ? [] : (pod.status?.nominatedNodeName ?? []))),
  ])
  const onNodes: readonly Need[] =
    nodes.size > FEW
      ? [all('pods')]
      : [...nodes].map((name) => ({resource: 'pods', fieldSelector: `spec.nodeName=${name}`}))
  return [...(unmounting.length > 0 ? [all('daemonSets')] : []), ...onNodes]
}

export function isDaemon(pod: Pod): boolean {
  return controllerOf(pod)?.kind === 'DaemonSet'
}
