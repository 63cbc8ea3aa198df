import type {Arrival} from '../../model/foretold/arrivals.ts'
import {controllerOf, nameOf, namespaceOf, type ObjectReference, type Pod} from '../../model/objects.ts'
import type {PodFate} from './report.ts'
import {lackText} from './words.ts'

/** What the controller of a Pod is called; null for a Pod of its own. */
export function ownerOf(pod: Pod): ObjectReference | null {
  const owner = controllerOf(pod)
  return owner ? {kind: owner.kind, namespace: namespaceOf(pod), name: owner.name} : null
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
    returns: null,
    nodes: null,
    message: null,
  }
}

/** Why a Pod that was asked to go is still there. */
export const NOT_ENDED = 'nobody ends it: its node does not answer, or a finalizer keeps it'

const RETURNS = {Some: 'Yes', Maybe: 'Maybe', None: 'No', Unknown: null} as const

/** Whether it comes back, and where to; of a Pod that nobody creates again it says so. */
export function returnOf(
  arrival: Arrival | undefined,
  isNeverReady: boolean,
): Pick<PodFate, 'returns' | 'nodes' | 'message'> {
  if (!arrival) return {returns: 'Never', nodes: null, message: null}
  const {finds, nodes} = arrival
  if (isNeverReady && finds !== 'None')
    return {returns: 'No', nodes: nodes ?? null, message: 'it never becomes ready, as you said'}
  return {returns: RETURNS[finds], nodes: nodes ?? null, message: lackText(arrival)}
}
