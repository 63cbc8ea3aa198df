import {type Node, nameOf, type Pod} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Remedy} from '../finding.ts'
import {look, ownerKind} from './containers-finding.ts'

/** A silent kubelet, or one that reports that it is not ready: only of the first may the machine be off. */
function isSilent({status}: Node): boolean {
  const ready = status?.conditions?.find(({type}) => type === 'Ready')
  return ready?.status !== 'False'
}

const PROOF = 'at its power switch, hypervisor or cloud console: that it does not answer proves nothing'

/**
 * The dilemma of at most one: nobody but the kubelet can say that the Pod's processes have ended, and whoever
 * says so in its place had better be right. What can be done, safest first.
 */
export function choices(pod: Pod, node: Node): Remedy {
  const commands = [kubectl('describe', 'node', nameOf(node))]
  if (!isSilent(node)) {
    return look(
      commands,
      'heal the node: its kubelet still reports, so its machine is on, and it ends the Pod as soon as it can',
      'declaring a machine that is on out of service, or forcing the Pod away, lets a second Pod run beside the first',
    )
  }
  return {
    commands,
    advice: `in this order: bring the node back, and the Pod ends by itself; only if its machine is proven to be off (${PROOF}), say so with ${outOfService(node)}, and take the taint away once the node is back; only if it never comes back, ${kubectl('delete', 'node', nameOf(node))}; force the deletion of the Pod last of all, under the same proof`,
    danger: ownerKind(pod) === 'DaemonSet' ? DAEMON_DANGER : DANGER,
    rung: 4,
  }
}

function outOfService(node: Node): string {
  const taint = 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'
  return kubectl('taint', 'node', nameOf(node), taint)
}

const DANGER =
  'at most one Pod may have this identity: all but the first choice assert that its old process is dead; if it still runs, two members with one name write to one volume (split brain, corrupted data); a forced deletion leaves the volume attached as well, and the next Pod may wait minutes for it'
const DAEMON_DANGER =
  'all but the first choice assert that the machine is off: what still runs there runs on unseen, and its volumes may be attached elsewhere under it; forcing the Pod away does not help, the next one waits on the same node'
