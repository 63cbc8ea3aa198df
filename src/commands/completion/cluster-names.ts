import {type ConnectionFlags, connect} from '../../cluster/connect.ts'
import type {Connection} from '../../cluster/connection.ts'
import {list} from '../../cluster/list.ts'
import {namespaces} from '../../cluster/namespaces.ts'
import {resources} from '../../cluster/resources.ts'
import type {KubernetesObject} from '../../model/objects.ts'
import type {ResourceKey} from '../../model/snapshot.ts'

const PAGE = 500
const SILENT = {note: () => undefined}

/** Names of that kind in the namespace that a command would look in. @throws what connecting and reading throw */
export async function namesOf(
  kind: ResourceKey,
  flags: ConnectionFlags,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return (await objectsOf(kind, flags, signal)).flatMap(({metadata}) => metadata?.name ?? [])
}

/** Zones that nodes are in. @throws what connecting and reading throw */
export async function zones(flags: ConnectionFlags, signal: AbortSignal): Promise<readonly string[]> {
  const nodes = await objectsOf('nodes', flags, signal)
  const found = nodes.flatMap(({metadata}) => metadata?.labels?.['topology.kubernetes.io/zone'] ?? [])
  return [...new Set(found)].toSorted()
}

async function objectsOf(
  resource: ResourceKey,
  flags: ConnectionFlags,
  signal: AbortSignal,
): Promise<readonly KubernetesObject[]> {
  const {project, namespaced} = resources[resource]
  return await connected(flags, async (connection) => {
    const need = {resource, ...(namespaced && {namespace: connection.namespace})}
    const keep = (object: KubernetesObject) => project(object as never) as KubernetesObject
    return (await list(connection, need, PAGE, keep, undefined, signal)).objects
  })
}

/** Every namespace. @throws what connecting and reading throw */
export async function namespaceNames(
  flags: ConnectionFlags,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return await connected(flags, (connection) => namespaces(connection, signal))
}

async function connected<T>(
  flags: ConnectionFlags,
  read: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connect(flags, SILENT)
  try {
    return await read(connection)
  } finally {
    await connection.close()
  }
}
