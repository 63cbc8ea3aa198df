import {type Flattened, flattened, type Leaf} from './flattened.ts'

/** What two templates do not have alike. */
export interface FieldChange {
  /** Where it is in the Pod template: `containers[app].image`, `metadata.labels[app]`; the fields of its spec without `spec.`. */
  readonly path: string
  /** `Reordered`: the items are the same, and the order, which counts, is not. */
  readonly change: 'Added' | 'Removed' | 'Changed' | 'Reordered'
  /** Null: it was not there, or is not shown. Empty: it is there without more. */
  readonly from: string | null
  readonly to: string | null
  /** Its values may be secrets, and are not shown. */
  readonly hidden: boolean
}

type Template = Readonly<Record<string, unknown>>

/**
 * What changed from one Pod template to another, field by field. Values that may be secrets are left out unless somebody
 * asked for them.
 */
export function templateChanges(from: Template, to: Template, showsValues: boolean): readonly FieldChange[] {
  const [before, after] = [flattened(from), flattened(to)]
  const paths = [...new Set([...before.leaves.keys(), ...after.leaves.keys()])]
  const changes = paths.flatMap((path) =>
    changeOf(path, before.leaves.get(path), after.leaves.get(path), showsValues),
  )
  return [...changes, ...reordered(before, after)].toSorted(inReadingOrder)
}

function changeOf(
  path: string,
  before: Leaf | undefined,
  after: Leaf | undefined,
  showsValues: boolean,
): readonly FieldChange[] {
  if (before?.text === after?.text && before !== undefined && after !== undefined) return []
  const hidden = !showsValues && [before, after].some((leaf) => leaf?.mayBeSecret && leaf.text !== '')
  const change = before === undefined ? 'Added' : after === undefined ? 'Removed' : 'Changed'
  return [
    {
      path,
      change,
      from: hidden ? null : (before?.text ?? null),
      to: hidden ? null : (after?.text ?? null),
      hidden,
    },
  ]
}

/** Names of items are no secrets. */
function reordered(before: Flattened, after: Flattened): readonly FieldChange[] {
  return [...before.orders].flatMap(([path, names]) => {
    const others = after.orders.get(path) ?? []
    const from = names.filter((name) => others.includes(name)).join(', ')
    const to = others.filter((name) => names.includes(name)).join(', ')
    return from === to ? [] : [{path, change: 'Reordered' as const, from, to, hidden: false}]
  })
}

const FIRST = ['containers', 'initContainers', 'volumes']

/** What people change most stands first, metadata last. */
function inReadingOrder(left: FieldChange, right: FieldChange): number {
  return rankOf(left) - rankOf(right) || (left.path < right.path ? -1 : left.path > right.path ? 1 : 0)
}

function rankOf({path}: FieldChange): number {
  const [first = ''] = path.split(/[.[]/, 1)
  if (first === 'metadata') return FIRST.length + 1
  const rank = FIRST.indexOf(first)
  return rank === -1 ? FIRST.length : rank
}
