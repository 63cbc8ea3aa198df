import {objectKey} from './objects.ts'
import type {Relations} from './relations.ts'
import type {ClaimUsage} from './usage.ts'

/** What was measured of a claim: by each node that mounts it; nothing where nobody asked. */
export function usageOf(
  {snapshot: {usage}, once}: Relations,
  namespace: string,
  claim: string,
): readonly ClaimUsage[] {
  if (!usage) return []
  const byClaim = once('usage by claim', usage, () =>
    Map.groupBy(usage, (each) => objectKey(each.namespace, each.claim)),
  )
  return byClaim.get(objectKey(namespace, claim)) ?? []
}
