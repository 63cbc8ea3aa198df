import {queryOf} from '../../model/label-query.ts'
import {type KubernetesObject, type LabelSelector, namespaceOf} from '../../model/objects.ts'
import type {Need} from '../../model/scope.ts'
import type {ResourceKey} from '../../model/snapshot.ts'
import {all, FEW} from './lists.ts'

/** A workload, as far as it says what is its own. */
type Owner = KubernetesObject & {readonly spec?: {readonly selector?: LabelSelector}}

/** What these workloads have of a kind, by their own selectors; of many the lists of their namespaces are cheaper. */
export function owned(resource: ResourceKey, owners: readonly Owner[]): readonly Need[] {
  const namespaces = [...new Set(owners.map(namespaceOf))]
  if (owners.length > FEW) return namespaces.map((namespace) => all(resource, namespace))
  return owners.map((owner) => {
    const labelSelector = queryOf(owner.spec?.selector)
    return {...all(resource, namespaceOf(owner)), ...(labelSelector !== undefined && {labelSelector})}
  })
}
