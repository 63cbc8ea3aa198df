import {announcedTrouble, notReadyTrouble, pressures} from '../../diagnosis/node-trouble.ts'
import {targetNode} from '../../model/daemon-pods.ts'
import type {PersistentVolumeClaim, Pod} from '../../model/objects.ts'
import {controllerUid, nameOf, namespaceOf} from '../../model/objects.ts'
import {isReady, isTerminal, isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {MappedClaim, MappedNode, MappedPod} from '../map/report.ts'
import {mapClaim, mapNode, mapPod} from '../objects.ts'
import type {ChainLink, LinkState} from './report.ts'
import {volumeLinks} from './volume-links.ts'

/** Waiting reasons of a container that has been tried; all others belong to a start. */
const STARTING: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing'])

/** A Pod, and how it is. */
export function podLink(pod: Pod, relations: Relations, about = ''): ChainLink {
  const mapped = mapPod(pod, 0, relations.snapshot.observedAt)
  return {
    ...inNamespace('Pod', namespaceOf(pod), nameOf(pod)),
    state: podState(pod),
    text: [about, podText(mapped, updateRevisionOf(pod, relations))].filter(Boolean).join('; '),
  }
}

function podState(pod: Pod): LinkState {
  if (isReady(pod) && !isTerminating(pod)) return 'ok'
  if (isTerminal(pod)) return pod.status?.phase === 'Succeeded' ? 'ok' : 'broken'
  return isFailing(pod) ? 'broken' : 'waiting'
}

/** One of its containers has terminated, or can't be started. */
function isFailing({status}: Pod): boolean {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
  return all.some(({state}) => {
    const reason = state?.waiting?.reason
    return (reason !== undefined && !STARTING.has(reason)) || (state?.terminated?.exitCode ?? 0) !== 0
  })
}

/** Revision that the Pod's StatefulSet updates to; undefined of other Pods, and where the set was not seen. */
function updateRevisionOf(pod: Pod, {statefulSetWith}: Relations): string | undefined {
  return statefulSetWith(controllerUid(pod))?.status?.updateRevision
}

function podText(
  {status, containers, restarts, nodeName, revision}: MappedPod,
  updateRevision: string | undefined,
): string {
  return [
    status,
    `${containers.ready}/${containers.total} ready`,
    restarts > 0 ? `${restarts} ${restarts === 1 ? 'restart' : 'restarts'}` : '',
    // its node is a link of its own
    nodeName ? '' : 'on no node',
    revision && updateRevision && revision !== updateRevision ? `of the old revision ${revision}` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** A Pod that is not there, or was not seen. */
export function missingPodLink(namespace: string, name: string, relations: Relations): ChainLink {
  const isSeen = relations.sees('pods')
  return {
    ...inNamespace('Pod', namespace, name),
    state: isSeen ? 'missing' : 'unknown',
    text: isSeen ? 'does not exist' : '<unknown>',
  }
}

/** A claim by its name, whether it exists or not, and what it stands on. */
export function claimLinks(
  namespace: string,
  name: string,
  nodeName: string | undefined,
  relations: Relations,
): readonly ChainLink[] {
  const place = {name, template: null, mounted: true, shared: false, nodeName}
  const claim = relations.claim(namespace, name)
  const mapped = mapClaim(place, claim, relations)
  return [
    {...inNamespace('PersistentVolumeClaim', namespace, name), ...claimState(mapped, claim)},
    ...volumeLinks(mapped, nodeName, relations),
  ]
}

function claimState(
  mapped: MappedClaim,
  claim: PersistentVolumeClaim | undefined,
): Pick<ChainLink, 'state' | 'text'> {
  const {phase, requested, capacity, storageClassName, terminating} = mapped
  if (phase === 'Unknown') return {state: 'unknown', text: '<unknown>'}
  if (phase === 'Missing') return {state: 'missing', text: 'does not exist'}
  const of = storageClassName ? ` of class ${storageClassName}` : ''
  const size = capacity ?? (requested && `wants ${requested}`)
  const deleted = terminating ? `, deletion requested at ${claim?.metadata?.deletionTimestamp}` : ''
  const good: LinkState = terminating ? 'waiting' : 'ok'
  return {
    state: phase === 'Bound' ? good : phase === 'Lost' ? 'broken' : 'waiting',
    text: `${phase}${size ? `, ${size}` : ''}${of}${deleted}`,
  }
}

/** The node that a Pod is bound to, or pinned to as daemons are; nothing for a Pod without one. */
export function nodeLinks(pod: Pod | undefined, relations: Relations): readonly ChainLink[] {
  const name = pod && targetNode(pod)
  const mapped = mapNode({spec: {...(name && {nodeName: name}), containers: []}}, relations)
  return mapped ? [nodeLink(mapped, relations)] : []
}

export function nodeLink(
  {name, state, ready, schedulable, zone}: MappedNode,
  relations: Relations,
): ChainLink {
  const reference = {kind: 'Node', name}
  if (state === 'Missing') return {...reference, state: 'missing', text: 'no longer exists'}
  if (state === 'Unknown') return {...reference, state: 'unknown', text: '<unknown>'}
  const node = relations.node(name)
  const trouble = notReadyTrouble(node) ?? announcedTrouble(node)
  const words = [
    trouble ? trouble.text + (trouble.said && ` (${trouble.said})`) : 'is ready',
    schedulable ? '' : 'is cordoned',
    ...pressures(node).map((text) => text.split(' ').at(-1)),
    zone ? `zone ${zone}` : '',
  ]
  const good = pressures(node).length > 0 ? 'waiting' : 'ok'
  return {...reference, state: ready ? good : 'broken', text: words.filter(Boolean).join(', ')}
}

export function inNamespace(kind: string, namespace: string, name: string) {
  return {kind, namespace, name}
}
