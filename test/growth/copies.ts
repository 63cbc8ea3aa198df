/** A captured cluster many times over, side by side in the same namespaces: all that is in it grows alike. */
import type {KubernetesObject} from '../../src/model/objects.ts'
import type {ClusterSnapshot, Observed} from '../../src/model/snapshot.ts'

/** Of these a cluster has a few, however large it is: a DaemonSet has more Pods, not more sets beside it. */
const FEW: ReadonlySet<string> = new Set(['storageClasses', 'leases', 'daemonSets'])
const NO_LISTS: ReadonlySet<string> = new Set(['omissions', 'unread', 'inPart', 'logs'])

/** `count` copies in one cluster; the first one has the names of the original. */
export function copiesOf(cluster: ClusterSnapshot, count: number): ClusterSnapshot {
  const lists = listsOf(cluster)
  const text = JSON.stringify(Object.fromEntries(lists))
  const pattern = patternOf(lists)
  const copies = Array.from(
    {length: count},
    (_, index): Observed =>
      JSON.parse(index === 0 || !pattern ? text : text.replaceAll(pattern, (name) => name + suffix(index))),
  )
  const kinds = lists.map(([kind, objects]) => {
    const all: readonly KubernetesObject[] = FEW.has(kind)
      ? objects
      : copies.flatMap((each) => [...each[kind]])
    return [kind, all]
  })
  return {...cluster, ...Object.fromEntries(kinds)}
}

/** In order, so that sorting does not take longer for many than for a few. */
function suffix(index: number): string {
  return `x${String(index).padStart(2, '0')}`
}

type Lists = readonly (readonly [keyof Observed, readonly KubernetesObject[]])[]

function listsOf(cluster: ClusterSnapshot): Lists {
  const kinds = Object.entries(cluster).filter(([key, value]) => Array.isArray(value) && !NO_LISTS.has(key))
  return kinds as unknown as Lists
}

/** Names that a copy has for itself, the longest first; those of ordinals and claims follow from the set's. */
function patternOf(lists: Lists): RegExp | undefined {
  const own = lists.flatMap(([kind, objects]) =>
    FEW.has(kind) ? [] : objects.map((object) => ({kind, object})),
  )
  const names = own.flatMap(({kind, object: {metadata}}) => [
    ...(isNamedAnew(kind, metadata) ? [metadata?.name] : []),
    metadata?.uid,
  ])
  const distinct = [...new Set(names.flatMap((name) => name || []))]
  const longestFirst = distinct.toSorted((left, right) => right.length - left.length)
  const escaped = longestFirst.map((name) => name.replaceAll(/[^\w-]/g, '\\$&'))
  return escaped.length > 0 ? new RegExp(`(?<!\\w)(?:${escaped.join('|')})(?![a-z])`, 'g') : undefined
}

const OF_SETS: ReadonlySet<string> = new Set(['persistentVolumeClaims', 'events', 'controllerRevisions'])

function isNamedAnew(kind: string, metadata: KubernetesObject['metadata']): boolean {
  if (kind === 'pods') return metadata?.ownerReferences?.[0]?.kind !== 'StatefulSet'
  return !OF_SETS.has(kind)
}
