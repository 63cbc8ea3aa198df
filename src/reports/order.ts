import {type KubernetesObject, nameOf, namespaceOf} from '../model/objects.ts'

/** By namespace, then by name. */
export function inOrder<T extends KubernetesObject>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((left, right) => {
    const [before, after] = [`${namespaceOf(left)}/${nameOf(left)}`, `${namespaceOf(right)}/${nameOf(right)}`]
    return before < after ? -1 : before > after ? 1 : 0
  })
}
