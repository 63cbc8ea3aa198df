import type {LookUps} from '../look-ups.ts'
import type {ClusterSnapshot, ResourceKey} from '../snapshot.ts'
import {createTable, type Keys, type Noticing, type Table} from './table.ts'

/** Tables of the current snapshot: made when somebody asks for them first, and from then on kept up to date. */
export interface Tables extends Pick<LookUps, 'index' | 'groups'> {
  readonly update: () => void
}

export function createTables(noticing: Noticing, current: () => ClusterSnapshot): Tables {
  const known = new Map<string, {readonly table: Table; readonly update: () => void}>()
  const tableOf = (name: string, kind: ResourceKey, keys: Keys): Table => {
    const found = known.get(name)
    if (found) return found.table
    const table = createTable(noticing)
    const update = () => table.update(current()[kind], keys)
    known.set(name, {table, update})
    update()
    return table
  }
  return {
    index(name, kind, key) {
      const keys: Keys = (object) => [key(object as never)]
      return {get: (wanted) => tableOf(name, kind, keys).get(wanted).at(-1) as never}
    },
    groups: (name, kind, keys) => ({
      get: (wanted) => tableOf(name, kind, keys as unknown as Keys).get(wanted) as never,
    }),
    update() {
      for (const {update} of known.values()) update()
    },
  }
}
