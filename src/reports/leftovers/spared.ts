import {requestOf} from '../../model/claim.ts'
import type {Verdict} from '../../model/leftover/verdict.ts'
import {type KubernetesObject, nameOf, namespaceOf, type PersistentVolumeClaim} from '../../model/objects.ts'
import type {LeftoverKind, Spared} from './report.ts'
import {bytesOf} from './sums.ts'

/** An object that looks left over, and why it is not called so. */
export interface SparedObject {
  readonly kind: LeftoverKind
  readonly object: KubernetesObject
  readonly verdict: Extract<Verdict, {state: 'spared'}>
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
        bytes: kind === 'PersistentVolumeClaim' ? bytesOf(group.map(sizeOf)) : 0,
      },
    ]
  })
}

function sizeOf({object}: SparedObject): {readonly size: string | null} {
  const claim = object as PersistentVolumeClaim
  return {size: claim.status?.capacity?.storage ?? requestOf(claim) ?? null}
}
