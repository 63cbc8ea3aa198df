import {type Node, nameOf, type PersistentVolume} from '../../../model/objects.ts'
import {fewText} from '../../words.ts'
import {nodeNames, reachText} from './finding.ts'
import type {SchedulerVerdict} from './verdict.ts'

/** As many names of nodes as fit into a sentence; of more, the proof has the names. */
const NAMED = 3

/** The nodes that are left to a Pod: `node node-a`; of many how many they are. */
export function nodesText(nodes: readonly Node[]): string {
  if (nodes.length === 0) return 'the nodes that could take the Pod'
  if (nodes.length > NAMED) return `the ${nodes.length} nodes that could take the Pod`
  return `${nodes.length > 1 ? 'nodes' : 'node'} ${nodeNames(nodes)}`
}

/** The names that the sentence leaves out. */
export function nodesProof({nodes}: SchedulerVerdict): readonly string[] {
  return nodes.length > NAMED ? [`nodes that could take the Pod: ${nodeNames(nodes)}`] : []
}

/** Why no other nodes are left, to go on after the nodes and a comma; empty where nothing restricts them. */
export function whereText({volumes, selected, nodes}: SchedulerVerdict): string {
  const [volume] = volumes
  if (volume) return `where volume ${nameOf(volume)}${reached(volume, nodes)} is in reach`
  return selected.length > 0 ? 'which was chosen for a claim of the Pod' : ''
}

/** ` (zone a)`; nothing where that only repeats the node. */
function reached(volume: PersistentVolume, nodes: readonly Node[]): string {
  const text = reachText(volume)
  return text === nodesText(nodes) ? '' : ` (${text})`
}

/** `no node reaches volume disk-a (zone a)`; undefined where no volume is known to be out of reach. */
export function outOfReachText({volumes}: SchedulerVerdict): string | undefined {
  if (volumes.length === 0) return undefined
  const names = fewText(volumes.map((each) => `${nameOf(each)} (${reachText(each)})`))
  return volumes.length > 1
    ? `no node reaches all of the volumes ${names}`
    : `no node reaches volume ${names}`
}
