import {type KubernetesObject, nameOf, namespaceOf} from '../../model/objects.ts'

/** By namespace and name, numbers at the end as numbers: `db-10` after `db-2`. */
export function inNaturalOrder<T extends KubernetesObject>(objects: readonly T[]): readonly T[] {
  const keyed = objects.map((object) => ({object, key: keyOf(object)}))
  return keyed.toSorted((left, right) => compare(left.key, right.key)).map(({object}) => object)
}

function keyOf(object: KubernetesObject): readonly [string, string, number] {
  const name = nameOf(object)
  const [, stem = name, number = '-1'] = /^(.*-)(\d{1,10})$/.exec(name) ?? []
  return [namespaceOf(object), stem, Number(number)]
}

function compare(left: readonly [string, string, number], right: readonly [string, string, number]): number {
  for (const index of [0, 1] as const)
    if (left[index] !== right[index]) return left[index] < right[index] ? -1 : 1
  return left[2] - right[2]
}
