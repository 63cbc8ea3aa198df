/** Rollouts of the DaemonSet `agent` in `shop`, in short. */
import {daemonPod, daemonSet, OLD, REVISIONS, rollingUpdate, tainted} from '../../builders-daemon.ts'
import {type Rolled, unready} from './rollouts.ts'

export const SURGE = rollingUpdate({maxUnavailable: 0, maxSurge: 1})
const names = ['n1', 'n2', 'n3']
export const old = (on: string, others = {}) => daemonPod(on, {hash: OLD, ...others})

/** `agent` on n1 to n3, or on these nodes. */
export function agents(
  pods: Rolled['pods'],
  {daemonSets = [daemonSet()], nodes = names.map((name) => tainted(name)), ...others}: Rolled = {},
): Rolled {
  return {daemonSets, nodes, controllerRevisions: REVISIONS, pods: pods ?? [], ...others}
}

export const [new1, new2, new3] = [daemonPod('n1'), daemonPod('n2'), daemonPod('n3')]

/** On n1, not ready for so long, and an old one on n3 waits for it. */
export function blockedOn1(seconds: number, reason?: string, others: Rolled = {}): Rolled {
  return agents([daemonPod('n1', {status: unready(seconds, reason)}), new2, old('n3')], others)
}
