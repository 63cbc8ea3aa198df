import type {DaemonSet, StatefulSet} from '../../model/objects.ts'

/**
 * RFC 3339: when somebody last changed the object itself, not only its status or, unless it counts, its scale;
 * undefined where its managedFields were not kept.
 */
export function changedAt({metadata}: DaemonSet | StatefulSet, counts?: 'scale'): string | undefined {
  const times = (metadata?.managedFields ?? [])
    .filter(({subresource}) => !subresource || subresource === counts)
    .map(({time}) => time)
    .filter((time) => time !== undefined)
  return times.toSorted((left, right) => Date.parse(left) - Date.parse(right)).at(-1)
}
