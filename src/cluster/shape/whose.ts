import type {KubernetesObject} from '../../model/objects.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import {isRecord} from './types.ts'

/** Uids of the sets whose Pods may be among these, of which not even the owner can be trusted. */
export function setsOf(
  wrong: readonly KubernetesObject[],
  {statefulSets, daemonSets}: Pick<ClusterSnapshot, 'statefulSets' | 'daemonSets'>,
): readonly string[] {
  const pods = wrong.filter(({kind}) => kind === 'Pod')
  const homes = new Set(pods.filter((pod) => ownersOf(pod).length === 0).map(homeOf))
  const may = [...statefulSets, ...daemonSets].filter(
    ({metadata}) => homes.has(undefined) || homes.has(metadata?.namespace),
  )
  return [...new Set([...pods.flatMap(ownersOf), ...may.flatMap(({metadata}) => metadata?.uid ?? [])])]
}

function ownersOf({metadata}: KubernetesObject): readonly string[] {
  const {ownerReferences} = (metadata ?? {}) as Readonly<Record<string, unknown>>
  const owners = Array.isArray(ownerReferences) ? (ownerReferences as readonly unknown[]) : []
  return owners.flatMap((owner) => (isRecord(owner) && typeof owner.uid === 'string' ? owner.uid : []))
}

/** Undefined: it may be in any. */
function homeOf(pod: KubernetesObject): string | undefined {
  const {namespace} = (pod.metadata ?? {}) as Readonly<Record<string, unknown>>
  return typeof namespace === 'string' ? namespace : undefined
}
