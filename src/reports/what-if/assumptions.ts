import {waitingIn} from '../../model/foretold/rivals.ts'
import {controllerOf, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Change} from './change.ts'
import type {WorkloadFate} from './report.ts'
import {few} from './words.ts'

/** What is taken for granted in each answer, and what could not be looked at. */
export function assumptionsOf(neverReady: readonly string[], {snapshot}: Relations): readonly string[] {
  const unseen = [...new Set(snapshot.omissions.map(({resource}) => resource))]
  return [
    neverReady.length > 0
      ? `no quota and no admission refuses a new Pod, and each becomes available, but for ${few(neverReady)}, which never does`
      : 'no quota and no admission refuses a new Pod, and each becomes available',
    'the scheduler may take any node that fits; devices, and what storage has room for, are not looked at',
    'a Pod that is not ready now stays as it is, and nothing else changes meanwhile',
    ...(unseen.length > 0 ? [`${few(unseen, 5)} could not be read: what they would tell is <unknown>`] : []),
    ...(snapshot.omissions.some(({resource}) => resource === 'pods')
      ? ['what other Pods request of a node was not seen: there may be less room than it seems']
      : []),
  ]
}

/** What leaves or opens room on nodes that take Pods. */
const OPENING: readonly Change['action'][] = ['delete', 'scale', 'update', 'label', 'join']

/** Of Pods of other sets that wait for a node. */
export function waitingAssumptions(
  {action}: Change,
  workloads: readonly WorkloadFate[],
  relations: Relations,
): readonly string[] {
  if (!OPENING.includes(action)) return []
  const own = new Set(workloads.map(({kind, namespace, name}) => `${kind} ${namespace}/${name}`))
  const others = waitingIn(relations).filter((pod) => !own.has(ownerText(pod)))
  if (others.length === 0) return []
  const names = few(others.map((pod) => `${namespaceOf(pod)}/${nameOf(pod)}`))
  const [waits, it] = others.length === 1 ? ['waits', 'it'] : ['wait', 'they']
  return [
    `${names} ${waits} for a node: where there is room then ${it} may find one, and what follows from that is not foretold`,
  ]
}

function ownerText(pod: Pod): string {
  const owner = controllerOf(pod)
  return `${owner?.kind} ${namespaceOf(pod)}/${owner?.name}`
}
