import {type KubernetesObject, keyOf, nameOf, namespaceOf} from '../model/objects.ts'

/** What was joined last, by the first of its two lists: whoever follows changes joins the same ones several times. */
const known = new WeakMap<object, {readonly more: object; readonly whole: readonly KubernetesObject[]}>()

/** What several needs select, such as one by its name and one by a label, is there once, in a server's own order. */
export function joined<T extends KubernetesObject>(first: readonly T[], more: readonly T[]): readonly T[] {
  if (first.length === 0 || more.length === 0) return first.length === 0 ? more : first
  const before = known.get(first)
  if (before?.more === more) return before.whole as readonly T[]
  const whole = isInOrder(first) && isInOrder(more) ? merged(first, more) : sorted(first, more)
  known.set(first, {more, whole})
  return whole
}

/** Two lists that are in order; of an object that both have, that of the second. */
function merged<T extends KubernetesObject>(first: readonly T[], more: readonly T[]): readonly T[] {
  const whole: T[] = []
  let at = 0
  for (const object of more) {
    while (isBefore(first[at], object)) whole.push(first[at++] as T)
    if (first[at] && !isBefore(object, first[at])) at++
    whole.push(object)
  }
  return whole.concat(first.slice(at))
}

function sorted<T extends KubernetesObject>(first: readonly T[], more: readonly T[]): readonly T[] {
  const byKey = new Map([...first, ...more].map((object) => [keyOf(object), object]))
  return [...byKey].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object)
}

function isInOrder(objects: readonly KubernetesObject[]): boolean {
  return objects.every((object, index) => index === 0 || isBefore(objects[index - 1], object))
}

/** By `keyOf`, without making the keys where the names tell as much. */
function isBefore(left: KubernetesObject | undefined, right: KubernetesObject | undefined): boolean {
  if (!left || !right) return false
  const [one, other] = [namespaceOf(left), namespaceOf(right)]
  return one === other ? nameOf(left) < nameOf(right) : `${one}/` < `${other}/`
}
