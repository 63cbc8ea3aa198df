import type {DaemonSet, KubernetesObject, Pod, StatefulSet} from '../../../src/model/objects.ts'
import {controllerUid, nameOf} from '../../../src/model/objects.ts'
import type {ClusterSnapshot} from '../../../src/model/snapshot.ts'
import type {AuditEntry} from '../tools/audit-log.ts'
import {COMPONENT_USERS} from '../tools/users.ts'

type Workload = StatefulSet | DaemonSet

export interface PodWrite {
  readonly what: 'Create' | 'Delete'
  readonly pod: string
  /** 409 where somebody else's Pod has the name. */
  readonly code: number
  /** What was created, or would have been. */
  readonly object: Pod | undefined
}

export interface StatusWrite {
  readonly what: 'Status'
  readonly object: Workload
}

/** What a controller wrote for one workload. */
export type ControllerWrite = PodWrite | StatusWrite

const OK = 300

/** By UID of the workload, in the controller's own order, what the audit log says was written in one turn. */
export function controllerWrites(
  entries: readonly AuditEntry[],
  {pods}: ClusterSnapshot,
): ReadonlyMap<string, readonly ControllerWrite[]> {
  // Of two requests one after the other, the first may be logged last.
  const inOrder = entries.filter(isControllers).toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))
  const owners = new Map(pods.map((pod) => [nameOf(pod), controllerUid(pod)]))
  const writes = inOrder.flatMap((entry) => {
    const write = writeOf(entry)
    if (write?.what === 'Create' && write.object && write.code < OK)
      owners.set(write.pod, controllerUid(write.object))
    return write ? [{uid: ownerOf(write, owners), write}] : []
  })
  const bySet = Map.groupBy(writes, ({uid}) => uid)
  return new Map([...bySet].map(([uid, its]) => [uid, withoutRepeats(its.map(({write}) => write))]))
}

function isControllers({user}: AuditEntry): boolean {
  return user === COMPONENT_USERS['kube-controller-manager']
}

function writeOf(entry: AuditEntry): ControllerWrite | undefined {
  const {verb, resource, subresource, code, object, name = ''} = entry
  if (resource === 'pods' && subresource === undefined) return podWriteOf(verb, name, code, object)
  if (verb === 'update' && subresource === 'status' && object && code < OK)
    return {what: 'Status', object: object as Workload}
  return undefined
}

function podWriteOf(verb: string, name: string, code: number, object?: KubernetesObject) {
  if (verb === 'create') return {what: 'Create', pod: object?.metadata?.name ?? name, code, object} as const
  return verb === 'delete' ? ({what: 'Delete', pod: name, code, object: undefined} as const) : undefined
}

function ownerOf(write: ControllerWrite, owners: ReadonlyMap<string, string | undefined>): string {
  if (write.what === 'Status') return write.object.metadata?.uid ?? ''
  if (write.object) return controllerUid(write.object) ?? ''
  return owners.get(write.pod) ?? ''
}

/** Without deletions of what this turn has deleted: the controller's cache had not caught up. */
function withoutRepeats(writes: readonly ControllerWrite[]): readonly ControllerWrite[] {
  const deleted = new Set<string>()
  return writes.filter((write) => {
    if (write.what === 'Status') return true
    if (write.what === 'Create') deleted.delete(write.pod)
    const isRepeat = write.what === 'Delete' && deleted.has(write.pod)
    if (write.what === 'Delete') deleted.add(write.pod)
    return !isRepeat
  })
}
