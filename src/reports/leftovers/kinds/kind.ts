import type {Deleting} from '../../../diagnosis/leftover/deleting.ts'
import type {Ways} from '../../../diagnosis/leftover/way.ts'
import type {Left, LeftoverKind, Verdict} from '../../../model/leftover/verdict.ts'
import {type KubernetesObject, nameOf, namespaceOf} from '../../../model/objects.ts'
import type {Relations} from '../../../model/relations.ts'
import type {Leftover} from '../report.ts'

/** How the objects of one kind are judged, and told. */
export interface Kind<K extends LeftoverKind, T extends KubernetesObject> {
  readonly kind: K
  readonly verdictOf: (object: T, relations: Relations) => Verdict<K> | undefined
  readonly deletingOf: (object: T, verdict: Left<K>, relations: Relations) => Deleting
  readonly told: (object: T, verdict: Left<K>, relations: Relations) => Told
  readonly ways: Ways<K, T>
}

/** What is told of an object; null stands for what is not given. */
export type Told = Pick<Leftover, 'severity' | 'message'> & Partial<Leftover>

/** One that is left over, as the report has it. */
export function itemOf<K extends LeftoverKind, T extends KubernetesObject>(
  object: T,
  verdict: Left<K>,
  relations: Relations,
  {kind, deletingOf, told}: Kind<K, T>,
): Leftover {
  const {reason, sets = [], ordinal = null} = verdict
  return {
    kind,
    namespace: namespaceOf(object) || null,
    name: nameOf(object),
    reason,
    sets,
    ordinal,
    size: null,
    storageClassName: null,
    createdAt: object.metadata?.creationTimestamp ?? null,
    unusedAt: null,
    retentionPolicy: null,
    volumeName: null,
    reclaimPolicy: null,
    nodeName: null,
    ...told(object, verdict, relations),
    deleting: deletingOf(object, verdict, relations),
  }
}
