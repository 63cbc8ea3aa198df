import {type Node, nameOf, type Pod} from '../../../model/objects.ts'
import {isTerminating} from '../../../model/pod.ts'
import {OUT_OF_SERVICE} from '../../../model/taints.ts'
import type {Act, Remedy} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {describeNode, inspect, ownerKind} from '../finding.ts'

/** A silent kubelet, or one that reports that it is not ready: only of the first may the machine be off. */
function isSilent({status}: Node): boolean {
  const ready = status?.conditions?.find(({type}) => type === 'Ready')
  return ready?.status !== 'False'
}

const PROOF = 'at its power switch, hypervisor or cloud console: its silence proves nothing'

/**
 * The dilemma of at most one: nobody but the kubelet can say that the Pod's processes have stopped, and whoever
 * says so in its place had better be right. What can be done, safest first.
 */
export function choices(pod: Pod, node: Node): Remedy {
  const look = [describeNode(nameOf(node))]
  if (!isSilent(node)) {
    return inspect(
      look,
      `repair the node: its kubelet still reports, so its machine is on${isTerminating(pod) ? ', and it ends the Pod as soon as it can' : ''}`,
      'declare a machine that is on out of service, or force the Pod away: a second Pod then runs beside the first',
    )
  }
  const isDaemon = ownerKind(pod) === 'DaemonSet'
  return {
    look,
    act: ways(nameOf(node), isTerminating(pod)),
    risk: isDaemon ? DAEMON_RISK : LOST_NODE_RISK,
    avoid: isDaemon ? DAEMON_AVOID : LOST_NODE_AVOID,
    rung: 4,
  }
}

function ways(name: string, isEnding: boolean): readonly Act[] {
  const taint = `${OUT_OF_SERVICE}=nodeshutdown:NoExecute`
  return [
    {
      text: `bring the node back: the Pod then ${isEnding ? 'terminates by itself' : 'works again'}`,
      commands: [],
    },
    {
      text: `only if its machine is proven to be off (${PROOF}), mark the node as out of service; take that taint off once it is back`,
      commands: [kubectl('taint', 'node', name, taint)],
    },
    {
      text: 'only if that machine never comes back, delete its Node',
      commands: [kubectl('delete', 'node', name)],
    },
  ]
}

/** All but the first way assert that the old process is dead. */
export const LOST_NODE_RISK =
  'if the machine still runs, two members with one name write to one volume (split brain, corrupted data)'
export const LOST_NODE_AVOID =
  'force the deletion of the Pod unless its machine is proven to be off: a second one with its name starts, and the volume stays attached to the old node for minutes'
const DAEMON_RISK =
  'if the machine still runs, so do its Pods, unseen, and their volumes may be attached elsewhere under them'
export const DAEMON_AVOID = 'force the Pod away: the next one waits on the same node'
