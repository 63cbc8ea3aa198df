import {isNetworkPlugin} from '../../model/agents.ts'
import type {DaemonSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {type AgentPlace, agentPlace} from '../agent-place.ts'

/** The network plugin of a node, and how it stands there. */
export interface NetworkAgent extends AgentPlace {
  readonly set: DaemonSet
}

/** Of several plugins that which is not well there; undefined where none is known, or the node was not seen. */
export function networkAgent(nodeName: string, relations: Relations): NetworkAgent | undefined {
  const {daemonSets} = relations.snapshot
  const plugins = relations.once('network plugins', daemonSets, () => daemonSets.filter(isNetworkPlugin))
  const agents = plugins.flatMap((set) => {
    const place = agentPlace(set, nodeName, relations)
    return place ? [{...place, set}] : []
  })
  return agents.find(({isWell}) => !isWell) ?? agents[0]
}
