import {REVISION_HASH} from '../../model/known-labels.ts'
import type {Pod} from '../../model/objects.ts'
import type {RolledWorkload} from './report.ts'

/** Revisions that Pods really are of, most Pods first. */
export function revisionsOf(pods: readonly Pod[]): RolledWorkload['revisions'] {
  const groups = Map.groupBy(pods, ({metadata}) => metadata?.labels?.[REVISION_HASH] ?? null)
  return [...groups]
    .map(([name, group]) => ({name, pods: group.length}))
    .toSorted((left, right) => right.pods - left.pods || ((left.name ?? '') < (right.name ?? '') ? -1 : 1))
}
