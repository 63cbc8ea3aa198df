import {isGrowing} from '../../model/claim.ts'
import {POD_NAME} from '../../model/known-labels.ts'
import type {PersistentVolumeClaim} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {statefulSetNeeds} from '../needs/stateful-sets.ts'
import {undeletedNeeds} from '../needs/storage.ts'

/** All Pods but those of StatefulSets. */
export const OTHERS = `!${POD_NAME}`

/** What only trouble calls for; `others` selects the Pods that were not read, all but the sets' own where it is undefined. */
export function troubles(relations: Relations, scope: Scope, others: string | undefined): readonly Need[] {
  const {statefulSets, persistentVolumeClaims: claims} = relations.snapshot
  const inScope = within(scope)
  const {isWaiting, isTerminating} = relations.once('troubled claims', claims, () => troubleOf(claims))
  return [
    ...(isTerminating && relations.sees('pods')
      ? [{resource: 'pods', ...inScope, ...(others !== undefined && {labelSelector: others})} as const]
      : []),
    ...statefulSetNeeds(statefulSets, others, scope, relations),
    ...undeletedNeeds(statefulSets, relations),
    ...(isWaiting
      ? [
          {
            resource: 'events',
            ...inScope,
            fieldSelector: 'involvedObject.kind=PersistentVolumeClaim',
          } as const,
        ]
      : []),
  ]
}

function troubleOf(claims: readonly PersistentVolumeClaim[]) {
  return {
    isWaiting: claims.some(
      (claim) => isGrowing(claim) || (claim.status?.phase !== 'Bound' && !claim.metadata?.deletionTimestamp),
    ),
    isTerminating: claims.some(({metadata}) => metadata?.deletionTimestamp),
  }
}
