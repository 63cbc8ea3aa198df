import {isDefaultClass, storageClassOf} from './claim.ts'
import {type Node, nameOf, type PersistentVolumeClaim, type StorageClass} from './objects.ts'
import type {Relations} from './relations.ts'

/** The class that a claim has, or is given: the newest of those that are the default. */
export function classNameOf(
  claim: Pick<PersistentVolumeClaim, 'metadata' | 'spec'>,
  {snapshot, once}: Relations,
): string {
  const {storageClasses} = snapshot
  const byDefault = once('default class', storageClasses, () => {
    const defaults = storageClasses.filter(isDefaultClass)
    const age = ({metadata}: StorageClass) => metadata?.creationTimestamp ?? ''
    return nameOf(defaults.toSorted((left, right) => (age(left) > age(right) ? -1 : 1))[0] ?? {})
  })
  return storageClassOf(claim) ?? byDefault
}

/**
 * Whether a volume of that class may be made for a Pod on that node. Mirrors MatchTopologySelectorTerms
 * (k8s.io/component-helpers 0.37 scheduling/corev1): terms are alternatives, and all that one demands must be met.
 */
export function isMadeFor({allowedTopologies}: StorageClass, {metadata}: Node): boolean {
  const terms = allowedTopologies ?? []
  const {labels} = metadata ?? {}
  return (
    terms.length === 0 ||
    terms.some(({matchLabelExpressions = []}) =>
      matchLabelExpressions.every(({key, values}) => values?.includes(labels?.[key] ?? '')),
    )
  )
}
