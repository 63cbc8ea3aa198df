import {grouped, groupedByEach} from './grouping.ts'
import {type KubernetesObject, type LabelSelector, namespaceOf, type Pod} from './objects.ts'
import type {Relations} from './relations.ts'

/** An object that selects Pods of its namespace. */
interface Selecting extends KubernetesObject {
  readonly spec?: {readonly selector?: LabelSelector}
}

type Labels = Readonly<Record<string, string>>

/**
 * Those of the objects that may select a Pod with these labels, in their order: they have to be asked. Each is filed under
 * the rarest label that it wants, so that a label which all have in common costs nothing.
 */
export function maySelect<T extends Selecting>(
  objects: readonly T[],
  pod: {readonly namespace: string; readonly labels: Labels | undefined},
  {once}: Relations,
): readonly T[] {
  if (objects.length === 0) return []
  const {byLabel, places} = once('filed by selector', objects, () => filed(objects))
  const keys = [pod.namespace, ...Object.entries(pod.labels ?? {}).map((label) => key(pod.namespace, label))]
  const found = keys.flatMap((each) => byLabel.get(each) ?? [])
  return found.toSorted((left, right) => (places.get(left) ?? 0) - (places.get(right) ?? 0))
}

function filed<T extends Selecting>(objects: readonly T[]) {
  const sharing = groupedByEach(objects, keysOf)
  const rarity = (wanted: string) => sharing.get(wanted)?.length ?? 0
  const rarest = (object: T) =>
    keysOf(object).toSorted((left, right) => rarity(left) - rarity(right))[0] ?? namespaceOf(object)
  return {
    byLabel: grouped(objects, rarest),
    places: new Map(objects.map((object, place) => [object, place])),
  }
}

function keysOf(object: Selecting): readonly string[] {
  const wanted = Object.entries(object.spec?.selector?.matchLabels ?? {})
  return wanted.map((label) => key(namespaceOf(object), label))
}

function key(namespace: string, [label, value]: readonly [string, string]): string {
  return `${namespace}/${label}=${value}`
}

/** Pods of a namespace that may have all of these labels, in the order in which they were read: they have to be asked. */
export function mayHave(namespace: string, labels: Labels | undefined, relations: Relations): readonly Pod[] {
  const lists = Object.entries(labels ?? {}).map((label) => relations.podsWith(namespace, ...label))
  return lists.toSorted((left, right) => left.length - right.length)[0] ?? relations.snapshot.pods
}
