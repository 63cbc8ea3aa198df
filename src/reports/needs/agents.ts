import {calledWebhook} from '../../diagnosis/creation/webhook-pods.ts'
import {networkTrouble} from '../../diagnosis/node-trouble.ts'
import {PREEMPTED} from '../../diagnosis/pod/failed/disrupted.ts'
import {judgePod} from '../../diagnosis/pod/judge.ts'
import {isAboutRoom} from '../../diagnosis/pod/scheduling/room.ts'
import {missingDriver} from '../../diagnosis/pod/volumes/driver-missing.ts'
import {targetNode} from '../../model/daemon-pods.ts'
import {mountedClaims} from '../../model/mounted-claims.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import {all, FEW} from './lists.ts'

/** The Pods of these nodes; of many nodes one list is cheaper. */
function podsOnNodes(names: Iterable<string>): readonly Need[] {
  const nodes = [...new Set(names)].filter(Boolean)
  if (nodes.length > FEW) return [all('pods')]
  return nodes.map((name) => ({resource: 'pods', fieldSelector: `spec.nodeName=${name}`}))
}

/** What brings a node its network and its storage drivers, where one of these is missing for a Pod. */
export function agentNeeds(unwell: readonly Pod[], relations: Relations): readonly Need[] {
  const lacking = unwell.filter((pod) => lacksAgent(pod, relations))
  if (lacking.length === 0) return []
  return [all('daemonSets'), ...podsOnNodes(lacking.flatMap((pod) => placesOf(pod, relations)))]
}

const NETWORK = ['NetworkNotReady', 'FailedCreatePodSandBox']

function lacksAgent(pod: Pod, relations: Relations): boolean {
  const events = relations.eventsOf('Pod', namespaceOf(pod), nameOf(pod))
  const said = [
    ...events.map(({message}) => message),
    ...(pod.status?.conditions ?? []).map(({message}) => message),
    ...attachmentsOf(pod, relations).map(({status}) => status?.attachError?.message),
  ]
  return (
    said.some((text) => missingDriver(text) !== undefined) ||
    events.some(({reason = ''}) => NETWORK.includes(reason)) ||
    (Boolean(pod.spec?.nodeName) && networkTrouble(relations.node(pod.spec?.nodeName ?? '')) !== undefined)
  )
}

function attachmentsOf(pod: Pod, {claim, attachmentsOf: of}: Relations) {
  return mountedClaims(pod).flatMap((name) => of(claim(namespaceOf(pod), name)?.spec?.volumeName ?? ''))
}

/** What else is on the nodes that have no room, or no port, for Pods that wait for them. */
export function crowdNeeds(unwell: readonly Pod[], relations: Relations): readonly Need[] {
  const waiting = unwell.filter((pod) => !pod.spec?.nodeName && isAboutRoom(judgePod(pod, relations)?.id))
  // who took the room of these is there by now
  const preempted = unwell.filter((pod) => judgePod(pod, relations)?.id === PREEMPTED)
  return podsOnNodes([...waiting, ...preempted].flatMap((pod) => placesOf(pod, relations)))
}

/** Where it is or has to be; else the few nodes that alone could take it. */
function placesOf(pod: Pod, relations: Relations): readonly string[] {
  const node = targetNode(pod)
  if (node !== undefined) return [node]
  const blames = judgePod(pod, relations)?.blames ?? []
  return blames.filter(({kind}) => kind === 'Node').map(({name}) => name)
}

/** Who should answer the webhooks that refuse to let Pods be created. */
export function webhookNeeds({snapshot}: Relations): readonly Need[] {
  const namespaces = snapshot.events
    .filter(({reason}) => reason === 'FailedCreate')
    .flatMap(({message}) => calledWebhook(message ?? '')?.namespace ?? [])
  return [...new Set(namespaces)].map((namespace) => all('pods', namespace))
}
