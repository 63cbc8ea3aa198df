import {
  CLUSTER_WIDE,
  type ClusterSnapshot,
  isInPart,
  type Named,
  observedKeys,
  type ResourceKey,
} from './snapshot.ts'

/** What was requested of a kind: one object by its name, those that a label selects, or, without either, all of them. */
interface Requested {
  readonly resource: ResourceKey
  readonly name?: string
  readonly labelSelector?: string
}

/** Snapshot that knows what was requested: absence of all others says nothing. */
export function withRequested(snapshot: ClusterSnapshot, requested: readonly Requested[]): ClusterSnapshot {
  const names = Map.groupBy(requested, ({resource}) => resource)
  const unread = observedKeys.filter((key) => !names.has(key))
  const named = CLUSTER_WIDE.flatMap((key) => {
    const known = names.get(key)?.flatMap(({name}) => name ?? []) ?? []
    const isWhole = names
      .get(key)
      ?.some((each) => each.name === undefined && each.labelSelector === undefined)
    return names.has(key) && !isWhole ? [[key, known] as const] : []
  })
  const {named: _, ...rest} = snapshot
  return {...rest, unread, ...(named.length > 0 && {named: Object.fromEntries(named)})}
}

/**
 * Whether absence of an object says something: of that one, or, without a name, of any of the kind. It does not where the
 * kind was not requested, or could not be seen.
 */
export function isSeen(snapshot: ClusterSnapshot, key: ResourceKey, name?: string): boolean {
  if (snapshot.unread?.includes(key)) return false
  const only = snapshot.named?.[key as keyof Named]
  if (only && (name === undefined || !only.includes(name))) return false
  return !snapshot.omissions.some((omission) => omission.resource === key.toLowerCase())
}

/** Whether absence of a Pod of that set says something. */
export function seesPodsOf(snapshot: ClusterSnapshot, uid: string | undefined): boolean {
  if (snapshot.inPart?.includes(uid ?? '')) return false
  const isKnown = snapshot.omissions.every((each) => each.resource !== 'pods' || isInPart(each))
  return isSeen(snapshot, 'pods') || (isKnown && snapshot.unread?.includes('pods') !== true)
}
