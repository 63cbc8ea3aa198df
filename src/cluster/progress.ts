import type {Need} from '../model/scope.ts'
import type {OnPage} from './list.ts'
import {pluralOf} from './resources.ts'

/** Tells how far all needs together are: `Reading pods 500 of 12,500 · nodes 5,000`. */
export function progress({
  onProgress,
}: {
  readonly onProgress: (text: string) => void
}): (need: Need) => OnPage {
  const amounts = new Map<Need, Amount>()
  return (need) =>
    (read, total = read) => {
      amounts.set(need, {read, total})
      onProgress(['Reading', amountsText(amounts)].join(' ').trimEnd())
    }
}

interface Amount {
  readonly read: number
  readonly total: number
}

/** Kinds of which there are none say nothing. */
function amountsText(amounts: ReadonlyMap<Need, Amount>): string {
  const byKind = Map.groupBy(amounts, ([{resource}]) => resource)
  const parts = [...byKind].flatMap(([resource, lists]) => {
    const read = lists.reduce((sum, [, amount]) => sum + amount.read, 0)
    const total = lists.reduce((sum, [, amount]) => sum + amount.total, 0)
    const count = total === read ? grouped(read) : `${grouped(read)} of ${grouped(total)}`
    return total === 0 ? [] : [`${pluralOf(resource)} ${count}`]
  })
  return parts.join(' · ')
}

/** `12,500`. */
function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}
