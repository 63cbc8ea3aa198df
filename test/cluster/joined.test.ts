import fc from 'fast-check'
import {expect, test} from 'vitest'
import {joined} from '../../src/cluster/joined.ts'
import {type KubernetesObject, keyOf} from '../../src/model/objects.ts'

type Place = readonly [string, string]

const object = ([namespace, name]: Place): KubernetesObject => ({metadata: {namespace, name}})

/** Whatever else may be in a name than letters is less than a slash. */
const place = fc.tuple(fc.constantFrom('a', 'a-b', 'a.b', 'b', ''), fc.constantFrom('x', 'x-1', 'y', 'y0'))
const places = fc.uniqueArray(place, {selector: String})

const byKey = (left: KubernetesObject, right: KubernetesObject) => (keyOf(left) < keyOf(right) ? -1 : 1)

/** Slowly and surely. */
function expected(first: readonly KubernetesObject[], more: readonly KubernetesObject[]) {
  return [...new Map([...first, ...more].map((each) => [keyOf(each), each])).values()].toSorted(byKey)
}

test('each object is there once, in the order of a server, and as the second list has it', () => {
  fc.assert(
    fc.property(places, places, fc.boolean(), (one, other, isListed) => {
      const [first, more] = [one.map(object), other.map(object)].map((list) =>
        isListed ? list.toSorted(byKey) : list,
      ) as [KubernetesObject[], KubernetesObject[]]
      if (first.length === 0 || more.length === 0) return
      const whole = joined(first, more)
      const wanted = expected(first, more)
      expect(whole.map(keyOf)).toEqual(wanted.map(keyOf))
      expect(whole.every((each, index) => each === wanted[index])).toBe(true)
    }),
  )
})

test('the same two lists make the same one, and others another', () => {
  const [first, more] = [[object(['a', 'x'])], [object(['b', 'x'])]]
  const whole = joined(first, more)
  expect(joined(first, more)).toBe(whole)
  expect(joined(first, [object(['c', 'x'])])).not.toBe(whole)
  expect(joined(first, [])).toBe(first)
})
