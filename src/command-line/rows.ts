import type {Item, RowSource} from './row-source.ts'

/** A row as a template is asked of it: the item, and what it is in without that list. */
export function rowOf<Report>({item, parent}: Item, source: RowSource<Report>): object {
  if (!parent || source.parent === undefined) return item
  return {...item, [source.parent]: bareParent(parent, source.lists[1])}
}

const known = new WeakMap<object, object>()

/** One for all of its items. */
function bareParent(parent: object, list = ''): object {
  const bare =
    known.get(parent) ?? Object.fromEntries(Object.entries(parent).filter(([name]) => name !== list))
  known.set(parent, bare)
  return bare
}

/** All rows of a report. */
export function rowsOf<Report>(report: Report, source: RowSource<Report>): readonly object[] {
  return source.itemsOf(report).map((item) => rowOf(item, source))
}
