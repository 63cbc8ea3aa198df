import {unusedOf} from '../../model/leftover/claim.ts'
import {namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {ordinalsOf} from '../../model/ordinals.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import {FEW} from './lists.ts'

/**
 * Pods of others that may mount what looks left over of these sets, where the claims themselves do not tell (servers before
 * 1.37); in a few namespaces, for they may be many. `others` as for `statefulSetNeeds`.
 */
export function leftoverUsers(
  sets: readonly StatefulSet[],
  others: string | undefined,
  relations: Relations,
): readonly Need[] {
  if (!relations.sees('pods')) return []
  const asking = sets.filter((set) =>
    relations.once('has leftovers', set, () => hasLeftovers(set, relations)),
  )
  const namespaces = [...new Set(asking.map(namespaceOf))]
  if (namespaces.length > FEW) return []
  return namespaces.map((namespace) => ({
    resource: 'pods',
    namespace,
    ...(others !== undefined && {labelSelector: others}),
  }))
}

function hasLeftovers(set: StatefulSet, relations: Relations): boolean {
  return ordinalsOf(set, relations).some(
    ({state, claims}) =>
      state === 'leftover' &&
      claims.some(({name}) => {
        const claim = relations.claim(namespaceOf(set), name)
        return claim !== undefined && !claim.metadata?.deletionTimestamp && !unusedOf(claim)
      }),
  )
}
