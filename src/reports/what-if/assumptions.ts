import type {Relations} from '../../model/relations.ts'
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
