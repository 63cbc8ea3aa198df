import {sizeOf} from '../../model/claim.ts'
import type {LeftoverKind, LookingLeft} from '../../model/leftover/verdict.ts'
import {type KubernetesObject, nameOf, namespaceOf, type PersistentVolumeClaim} from '../../model/objects.ts'
import type {Spared} from './report.ts'
import {bytesOf} from './sums.ts'

/** An object that looks left over, and why it is not called so. */
export interface SparedObject {
  readonly kind: LeftoverKind
  readonly object: KubernetesObject
  readonly verdict: LookingLeft
}

/** Those of one kind, reason and owner together. */
export function sparedOf(all: readonly SparedObject[]): readonly Spared[] {
  const groups = Map.groupBy(all, ({kind, object, verdict}) =>
    [kind, verdict.reason, verdict.by && `${namespaceOf(object)}/${verdict.by}`].join(' '),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const {kind, verdict} = first
    return [
      {
        kind,
        reason: verdict.reason,
        by: verdict.by ?? null,
        objects: group.map(({object}) => ({namespace: namespaceOf(object) || null, name: nameOf(object)})),
        bytes: kind === 'PersistentVolumeClaim' ? bytesOf(group.map(sized)) : 0,
      },
    ]
  })
}

function sized({object}: SparedObject): {readonly size: string | null} {
  return {size: sizeOf(object as PersistentVolumeClaim) ?? null}
}
