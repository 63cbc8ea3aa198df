import type {KubernetesObject} from '../objects.ts'
import {type ClusterSnapshot, observedKeys} from '../snapshot.ts'
import type {Cell} from './cells.ts'
import type {Recorder} from './recorder.ts'

/** The current snapshot as rules see it; it is written down which of its lists they look at, and whether at its clock. */
export function viewOf(
  current: () => ClusterSnapshot,
  {touch, touchClock}: Recorder,
  {listed, unread}: {readonly listed: ReadonlyMap<string, Cell>; readonly unread: Cell},
): ClusterSnapshot {
  const getters: Record<string, () => unknown> = {
    observedAt() {
      touchClock()
      return current().observedAt
    },
    server: () => current().server,
    inPart: () => current().inPart,
    logs: () => current().logs,
    omissions: () => current().omissions,
    unread() {
      touch(unread, [])
      return current().unread
    },
  }
  for (const key of observedKeys) {
    getters[key] = () => {
      const objects: readonly KubernetesObject[] = current()[key]
      touch(listed.get(key) ?? {}, objects)
      return objects
    }
  }
  const properties = Object.entries(getters).map(([name, get]) => [name, {get, enumerable: true}])
  return Object.defineProperties({}, Object.fromEntries(properties)) as ClusterSnapshot
}
