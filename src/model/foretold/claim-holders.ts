import {PVC_PROTECTION} from '../claim.ts'
import type {PersistentVolumeClaim, Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'

/** Pods that keep a claim which was asked to go: those on a node, finished or not (podUsesPVC, pvc-protection, 1.20 to 1.37). */
export function holdersOf(claim: PersistentVolumeClaim, relations: Relations): readonly Pod[] {
  return relations.podsMounting(claim).filter(({spec}) => spec?.nodeName)
}

/** Nothing but Pods keeps it. */
export function isKeptByPodsOnly(claim: PersistentVolumeClaim): boolean {
  return otherKeepersOf(claim).length === 0
}

/** Finalizers that are removed by whoever has set them, and not once no Pod uses it. */
export function otherKeepersOf({metadata}: PersistentVolumeClaim): readonly string[] {
  return (metadata?.finalizers ?? []).filter((finalizer) => finalizer !== PVC_PROTECTION)
}
