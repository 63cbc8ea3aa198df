import {quantity} from '../../model/quantity.ts'
import type {Leftover, Sum, Totals} from './report.ts'

/** How much is left over, in all, by class and by namespace. */
export function totalsOf(leftovers: readonly Leftover[]): Totals {
  const stored = leftovers.filter(({kind}) => kind.startsWith('PersistentVolume'))
  const {name: _, ...all} = sumOf(null, stored)
  return {
    ...all,
    byClass: sumsBy(stored, ({storageClassName}) => storageClassName || null),
    byNamespace: sumsBy(stored, ({namespace}) => namespace),
  }
}

/** The largest first. */
function sumsBy(stored: readonly Leftover[], nameOf: (each: Leftover) => string | null): readonly Sum[] {
  return [...Map.groupBy(stored, nameOf)]
    .map(([name, group]) => sumOf(name, group))
    .toSorted((left, right) => right.bytes - left.bytes || ((left.name ?? '') < (right.name ?? '') ? -1 : 1))
}

function sumOf(name: string | null, group: readonly Leftover[]): Sum {
  const claims = group.filter(({kind}) => kind === 'PersistentVolumeClaim').length
  const destroyed = group.filter(({deleting: {effect}}) => effect === 'DestroysData')
  return {
    name,
    claims,
    volumes: group.length - claims,
    bytes: bytesOf(group),
    bytesDestroyed: bytesOf(destroyed),
  }
}

/** Whole bytes; of what says no size nothing. */
export function bytesOf(sized: readonly {readonly size: string | null}[]): number {
  return sized.reduce((sum, {size}) => sum + Math.max(0, Math.ceil(quantity(size ?? undefined) ?? 0)), 0)
}
