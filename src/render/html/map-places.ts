import type {MappedNode, MappedOrdinal, MappedWorkload, MapReport} from '../../reports/map/report.ts'

/** An ordinal, and whose it is. */
export interface Placed {
  readonly workload: MappedWorkload
  readonly ordinal: MappedOrdinal
}

/** A node, and all that is on it. */
export interface Box {
  readonly node: MappedNode
  readonly ordinals: Placed[]
}

/** Nodes that stand together: of a zone, without one, or of which it is not known. */
export interface Zone {
  readonly title: string
  readonly boxes: ReadonlyMap<string, Box>
}

/** Where all ordinals of a report are. */
export interface Places {
  readonly zones: readonly Zone[]
  /** On no node, or on one that was not seen. */
  readonly nowhere: readonly Placed[]
  /** Of which only claims are left. */
  readonly leftover: readonly Placed[]
}

/** Each ordinal once, by zone and node. */
export function placesOf({workloads}: MapReport): Places {
  const zones = new Map<string, Map<string, Box>>()
  const nowhere: Placed[] = []
  const leftover: Placed[] = []
  for (const workload of workloads)
    for (const ordinal of workload.ordinals) {
      const {node, state} = ordinal
      const place = {workload, ordinal}
      if (node) boxIn(zones, node).ordinals.push(place)
      else (state === 'leftover' ? leftover : nowhere).push(place)
    }
  const sorted = [...zones].toSorted(byName)
  return {zones: sorted.map(([title, boxes]) => ({title, boxes})), nowhere, leftover}
}

function boxIn(zones: Map<string, Map<string, Box>>, node: MappedNode): Box {
  const title = titleOf(node)
  const boxes = zones.get(title) ?? new Map<string, Box>()
  zones.set(title, boxes)
  const box = boxes.get(node.name) ?? {node, ordinals: []}
  boxes.set(node.name, box)
  return box
}

function titleOf({state, zone}: MappedNode): string {
  if (state === 'Missing') return 'Nodes that no longer exist'
  if (state === 'Unknown') return 'Zone <unknown>'
  return zone === null ? 'Without a zone' : `Zone ${zone}`
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1
}
