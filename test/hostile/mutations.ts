/** What becomes of a list of objects by the hands of nobody who knows the API. */
import fc from 'fast-check'
import {type Place, placesOf, valueAt, withAt} from './damage.ts'

const values: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => 7,
  () => -1,
  () => 2 ** 40,
  () => 0.5,
  () => true,
  () => '',
  () => 'text',
  () => '99999999999999999999',
  () => [],
  () => ({}),
  () => ['x', null, 3],
  () => ({x: {y: [1]}}),
  () => ({toString: 1, valueOf: 2, length: 3}),
  () => '0000-00-00T99:99:99Z',
  () => 'm '.repeat(50_000),
]

/** What passes for the type of a field, and is not what the API has there. */
const alike: Readonly<Record<string, readonly unknown[]>> = {
  string: ['', 'x', '-1', '0', '101%', '1e400', '2026-05-01T12:00:00Z', '9999-12-31T23:59:59Z', '__proto__'],
  number: [0, -1, 1, 2 ** 31 - 1, -(2 ** 31)],
  boolean: [true, false],
  object: [{}, {toString: '1', constructor: 'x', __proto__: 'y'}],
}

/** One change at a place, or from one place to another. */
export type Mutation =
  | {readonly how: 'instead'; readonly where: number; readonly value: () => unknown}
  | {readonly how: 'alike' | 'graft' | 'repeat' | 'adopt'; readonly where: number; readonly other: number}

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      how: fc.constant('instead' as const),
      where: fc.nat(),
      value: fc.constantFrom(...values),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      how: fc.constantFrom(
        'alike' as const,
        'alike' as const,
        'graft' as const,
        'repeat' as const,
        'adopt' as const,
      ),
      where: fc.nat(),
      other: fc.nat(),
    }),
  },
)

export const mutations = fc.array(mutation, {minLength: 1, maxLength: 6})

/** Below the list itself: what is no list of objects is refused. */
const isInItem = (place: Place) => place[0] === 'items' && place.length > 1

export function mutated(list: unknown, changes: readonly Mutation[]): unknown {
  return changes.reduce(changed, list)
}

function changed(list: unknown, change: Mutation): unknown {
  const places = [...placesOf(list)].filter(isInItem)
  const at = (index: number) => places[index % places.length] ?? []
  const items = (list as {items: readonly unknown[]}).items
  const itemOf = (index: number) => items[index % items.length]
  if (places.length === 0) return list
  if (change.how === 'instead') return withAt(list, at(change.where), change.value)
  if (change.how === 'alike') return withAt(list, at(change.where), (value) => alikeTo(value, change.other))
  // a part of one object where another one has something else
  if (change.how === 'graft') return withAt(list, at(change.where), () => valueAt(list, at(change.other)))
  // an object once more, or very often: of the same name, uid and owner
  if (change.how === 'repeat')
    return {
      ...(list as object),
      items: [...items, ...Array(1 + (change.other % 300)).fill(itemOf(change.where))],
    }
  return adopted(list, change.where % items.length, uidOf(itemOf(change.other)))
}

function alikeTo(value: unknown, index: number): unknown {
  if (Array.isArray(value)) return index % 2 === 0 ? [] : [...value, ...value]
  const others = alike[typeof value] ?? [value]
  return others[index % others.length]
}

/** Somebody becomes the owner of somebody, maybe of its own owner, or of itself. */
function adopted(list: unknown, index: number, uid: unknown): unknown {
  const owner = {apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid, controller: true}
  return withAt(list, ['items', index, 'metadata', 'ownerReferences'], () => [owner])
}

function uidOf(item: unknown): unknown {
  return valueAt(item, ['metadata', 'uid'])
}
