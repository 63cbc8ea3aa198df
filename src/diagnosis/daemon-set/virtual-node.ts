import {nameOf, type Pod} from '../../model/objects.ts'
import {isReady} from '../../model/pod.ts'
import {virtualSign} from '../../model/virtual-node.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {PENDING_SECONDS, secondsBetween} from '../patience.ts'
import {podReference} from '../pod/reference.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {livePods, nowOf} from './words.ts'

export const causes = {
  'ds-virtual-node': {
    title: 'node is not a real machine',
    applies: ['DaemonSet'],
    sign: "The node is virtual or serverless and can't run daemons: its labels, its taints or the version of its kubelet say so (`virtual-kubelet`, `fargate`, `liqo.io/type`, `-vk-`). The Pod for it stays pending, and no container starts.",
    remedy: 'Leave such nodes out by a required node affinity in the template.',
    covers: 'all',
  },
} satisfies Causes

/** One of its containers has been started there: whatever is wrong with it, the node is not the reason. */
function hasRun({status}: Pod): boolean {
  return (status?.containerStatuses ?? []).some(
    ({state, restartCount}) => state?.running ?? state?.terminated ?? (restartCount ?? 0) > 0,
  )
}

/** Serverless nodes run no daemon Pods; a set that tolerates everything gets one there all the same. */
export const virtualNode: Rule<DaemonNodeSubject> = (subject) => {
  const {state, name, node} = subject
  const sign = node && virtualSign(node)
  const pod = livePods(subject).find((each) => !isReady(each) && !hasRun(each))
  if (!sign || !pod || (state !== 'Pending' && state !== 'NotReady')) return undefined
  const since = pod.metadata?.creationTimestamp
  return {
    id: 'ds-virtual-node',
    severity: secondsBetween(since, nowOf(subject)) < PENDING_SECONDS ? 'info' : 'warning',
    message: `Node ${name} is a virtual one and runs no daemon Pods (Pod ${nameOf(pod)})`,
    object: podReference(pod),
    blames: [{kind: 'Node', name}],
    ...(since && {since}),
    evidence: [`node/${name} ${sign.text}`, `pod/${nameOf(pod)} condition Ready is not True`],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'node', name, '-o', 'yaml')],
      act: [
        {
          text: `keep the set off such nodes: require ${sign.keptOff ?? 'a label that only real machines have'} in the template's node affinity`,
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 1,
    },
  }
}
