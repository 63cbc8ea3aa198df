import type {Expectations} from '../../model/foretold/aftermath.ts'
import type {Arrival} from '../../model/foretold/arrivals.ts'
import {ownerKindOf} from '../../model/foretold/owner.ts'
import type {Unseen} from '../../model/foretold/unseen.ts'
import {controllerOf, nameOf, namespaceOf, type ObjectReference, type Pod} from '../../model/objects.ts'
import {isTerminal, keepersOf} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {lackText} from './lack-text.ts'
import type {PodFate} from './report.ts'
import {few} from './words.ts'

/** What the controller of a Pod is called; null for a Pod of its own. */
export function ownerOf(pod: Pod): ObjectReference | null {
  const owner = controllerOf(pod)
  return owner ? {kind: owner.kind, namespace: namespaceOf(pod), name: owner.name} : null
}

/** It is of a controller that nobody here knows, and that alone decides. */
export function upTo(kind: string | undefined): string {
  return `whether it comes back is up to its ${kind}`
}

/** The beginning of what becomes of a Pod. */
export function fateOf(pod: Pod, fate: PodFate['fate']): PodFate {
  return {
    namespace: namespaceOf(pod),
    name: nameOf(pod),
    owner: ownerOf(pod),
    nodeName: pod.spec?.nodeName ?? null,
    fate,
    wants: [],
    onlyIf: [],
    returns: null,
    nodes: null,
    hasMoreNodes: false,
    message: null,
  }
}

/** Nothing is done to it unless enough of these are at work by then. */
export function onlyOnce(fate: PodFate, onlyIf: readonly string[] = []): PodFate {
  if (onlyIf.length === 0) return fate
  const isCreated = fate.fate === 'Created' && fate.returns === 'Yes'
  const only = `only if ${few(onlyIf)} ${onlyIf.length === 1 ? 'is' : 'are'} at work by then`
  const message = fate.returns === 'No' ? `${fate.message}; it comes so far ${only}` : only
  return {...fate, onlyIf, message, returns: isCreated ? 'Maybe' : fate.returns}
}

/** Why a Pod that was asked to go is still there. */
export const NOT_ENDED = 'nobody ends it: its node does not answer, or a finalizer keeps it'

/** The same of one Pod. */
export function notEnded(pod: Pod): string {
  return `nobody ends it: ${keptText(keepersOf(pod)) ?? 'its node does not answer'}`
}

/** Undefined: no finalizer does. */
export function keptText(keepers: readonly string[]): string | undefined {
  if (keepers.length === 0) return undefined
  return `${keepers.length === 1 ? 'finalizer' : 'finalizers'} ${few(keepers)} ${keepers.length === 1 ? 'keeps' : 'keep'} it`
}

const RETURNS = {Some: 'Yes', Maybe: 'Maybe', None: 'No', Unknown: null} as const

type Back = Pick<PodFate, 'returns' | 'nodes' | 'hasMoreNodes' | 'message'>

/** Whether a Pod that has come is at work. */
export function returnOf(arrival: Arrival, isNeverReady: boolean): Back {
  const {finds} = arrival
  const where = {nodes: arrival.nodes ?? null, hasMoreNodes: arrival.hasMore ?? false}
  if (isNeverReady && finds !== 'None')
    return {...where, returns: 'No', message: 'it never becomes ready, as you said'}
  return {...where, returns: RETURNS[finds], message: whyOf(arrival)}
}

/** It is chance whether others have taken its node by then. */
export const IF_ROOM = 'only if others leave it room'

/** Some node is open to it only while those who leave with it are still there. */
export const IF_EARLY = 'only if it is back before the others are gone'

/** Why no node takes a Pod, or nobody can say; null where one does, or where that was not seen. */
function whyOf({finds, lacks, waitsFor, unseen, shared, rivals, isEarly}: Arrival): string | null {
  if (waitsFor !== undefined) {
    const isByChance = finds === 'Maybe' ? ', unless this Pod is gone first' : ''
    return `it is not created: its set waits for ${waitsFor}${isByChance}`
  }
  if (unseen) return unseenText(unseen)
  if (shared)
    return `its claim ${nameOf(shared.claim)} is for one node at a time, and ${nameOf(shared.holder)} may have it on another`
  if (finds === 'Maybe' && lacks) return `${lackText(lacks)}, unless Pods of lower priority make way for it`
  if (isEarly) return IF_EARLY
  if (finds === 'Maybe') return rivals ? rivalText(rivals) : IF_ROOM
  return finds === 'None' && lacks ? lackText(lacks) : null
}

function rivalText(rivals: readonly Pod[]): string {
  const names = few(rivals.map((pod) => `${namespaceOf(pod)}/${nameOf(pod)}`))
  return `${names} ${rivals.length === 1 ? 'waits' : 'wait'} for a node as well, and may have its room`
}

function unseenText({about, resource}: Unseen): string {
  if (about === 'Refusal') return 'the scheduler refuses it so far, for a reason that is not seen here'
  if (about === 'Attachments')
    return `${resource.toLowerCase()} could not be read: whether its volume stays attached to the old node is <unknown>`
  return about === 'Volumes'
    ? `${resource.toLowerCase()} could not be read: whether these nodes take one more of its volumes is <unknown>`
    : 'pods of all namespaces could not be read: whether these nodes have room for it is <unknown>'
}

/** What becomes of a Pod that has gone. A finished one comes back only where a StatefulSet wants its name. */
export function goneFate(
  pod: Pod,
  fate: 'Evicted' | 'Deleted' | 'Terminating' | 'Staying',
  arrival: Arrival | undefined,
  {isNeverReady}: Expectations,
  relations: Relations,
): PodFate {
  const owner = ownerKindOf(pod, relations)
  if (isTerminal(pod) && owner !== 'StatefulSet')
    return {...fateOf(pod, 'Removed'), message: 'it has finished'}
  if (arrival) return {...fateOf(pod, fate), ...returnOf(arrival, isNeverReady(pod))}
  if (owner === 'StatefulSet')
    return {...fateOf(pod, 'Removed'), message: 'its set does not want it any more'}
  return owner === 'Other'
    ? {...fateOf(pod, fate), message: upTo(controllerOf(pod)?.kind)}
    : {...fateOf(pod, fate), returns: 'Never', message: 'nobody creates it again'}
}
