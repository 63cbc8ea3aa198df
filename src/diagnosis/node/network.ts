import {type Node, nameOf} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {agentText} from '../agent-place.ts'
import {daemonSetSubject} from '../daemon-set/subject.ts'
import {wantedNowhere} from '../daemon-set/wanted-nowhere.ts'
import type {Finding} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {isBlip, type NodeTrouble, networkTrouble, notReadyTrouble} from '../node-trouble.ts'
import {NETWORK_NOT_READY} from '../pod/containers/sandbox.ts'
import {type NetworkAgent, networkAgent} from './network-agent.ts'

const NO_PLUGIN = /NetworkPluginNotReady|cni (?:plugin|config)|network plugin is not ready/i

/** The node waits for its network plugin, and says so in its conditions. */
function pluginTrouble(node: Node): NodeTrouble | undefined {
  const condition = node.status?.conditions?.find(({type}) => type === 'Ready')
  const isSaid = condition?.status === 'False' && NO_PLUGIN.test(condition.message ?? '')
  return isSaid ? notReadyTrouble(node) : networkTrouble(node)
}

/**
 * Why a node has no network, where no finding about the plugin's Pod there says so: its DaemonSet leaves the node out, runs
 * there and does not set it up, or is not known. Undefined for a node that has one, or has only just joined.
 */
export function nodeNetwork(node: Node, relations: Relations): Finding | undefined {
  const trouble = pluginTrouble(node)
  if (!trouble || isBlip(node, trouble, relations.snapshot.observedAt)) return undefined
  if (!relations.sees('daemonSets')) return finding(node, trouble, undefined)
  const agent = networkAgent(nameOf(node), relations)
  if (agent && !agent.isWell && !agent.isKeptOff) return undefined
  const nowhere = agent && wantedNowhere(daemonSetSubject(agent.set, relations))
  if (nowhere) return {...nowhere, severity: 'error', blames: [{kind: 'Node', name: nameOf(node)}]}
  return finding(node, trouble, agent)
}

function finding(node: Node, trouble: NodeTrouble, agent: NetworkAgent | undefined): Finding {
  const name = nameOf(node)
  const whose = agent
    ? `: ${agentText(agent.set)}, its network plugin, ${agent.text}`
    : ': no DaemonSet is known to be its network plugin'
  return {
    id: NETWORK_NOT_READY,
    severity: 'error',
    message: `Node ${name} ${trouble.text}${whose}`,
    object: {kind: 'Node', name},
    ...(agent && {blames: agent.blames}),
    ...(trouble.since && {since: trouble.since}),
    evidence: [trouble.evidence, ...(agent?.evidence ?? [])],
    selfHealing: 'maybe',
    remedy: {
      look: agent?.commands ?? [kubectl('describe', 'node', name), kubectl('get', 'ds', '-A', '-o', 'wide')],
      act: [
        {
          text:
            agent?.advice ??
            'find the DaemonSet of the network plugin, and why it has no working Pod on this node',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  }
}
