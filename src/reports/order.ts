import {type KubernetesObject, keyOf} from '../model/objects.ts'

/** By namespace and name, in the order that the API server lists them in. */
export function inOrder<T extends KubernetesObject>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((left, right) => {
    const [before, after] = [keyOf(left), keyOf(right)]
    return before < after ? -1 : before > after ? 1 : 0
  })
}
