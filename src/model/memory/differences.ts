import type {KubernetesObject} from '../objects.ts'
import {isSeen} from '../seen.ts'
import {type ClusterSnapshot, observedKeys, type ResourceKey} from '../snapshot.ts'
import {type Changed, changedFrom} from './changed.ts'

/** The list of one kind in two snapshots, which are not the same. */
export interface ListChange extends Changed<KubernetesObject> {
  readonly key: ResourceKey
  readonly before: readonly KubernetesObject[]
  readonly after: readonly KubernetesObject[]
}

/** Lists that are others than before. */
export function listChanges(before: ClusterSnapshot, after: ClusterSnapshot): readonly ListChange[] {
  return observedKeys
    .filter((key) => before[key] !== after[key])
    .map((key) => {
      const [olds, news]: (readonly KubernetesObject[])[] = [before[key], after[key]]
      return {key, before: olds ?? [], after: news ?? [], ...changedFrom(olds ?? [], news ?? [])}
    })
}

/** Kinds that can be seen now and could not before, or the other way round. */
export function sightChanges(before: ClusterSnapshot, after: ClusterSnapshot): readonly ResourceKey[] {
  return observedKeys.filter((key) => isSeen(before, key) !== isSeen(after, key))
}

/** Whether what is the same for all answers is another now, which hardly ever happens. */
export function isOtherwise(before: ClusterSnapshot, after: ClusterSnapshot): boolean {
  const told = ({server, inPart, logs, omissions, named}: ClusterSnapshot) =>
    JSON.stringify([server, inPart, logs, omissions, named])
  return told(before) !== told(after)
}
