import type {V1Pod} from '@kubernetes/client-node'
import {
  type Behaviour,
  behaviourOf,
  type NodeBehaviour,
  setBehaviour,
  setNodeBehaviour,
} from '../control-plane/situations/behaviours.ts'
import {addNodes} from '../control-plane/situations/nodes.ts'
import {untilPods} from '../control-plane/situations/waits.ts'
import {headlessService, statefulSet} from '../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {only} from './kubelet-members.ts'

/**
 * The StatefulSet controller replaces a failed Pod within milliseconds, and if its like fails as well that goes on for
 * ever. The loop is stopped where the Pod has failed.
 */
function failing(word: Behaviour, before: Behaviour, ofNode?: NodeBehaviour) {
  return async (api: ControlPlane) => {
    await addNodes(api)
    const podSpec = only({resources: {requests: {cpu: '2'}}})
    const annotations = behaviourOf({1: before})
    await api.apply([
      headlessService('db', NAMESPACE),
      statefulSet({
        namespace: NAMESPACE,
        annotations,
        podSpec,
        spec: {podManagementPolicy: 'Parallel'},
      }),
    ])
    const isThere = ({status}: V1Pod) => status?.containerStatuses !== undefined
    const pods = await untilPods(api, NAMESPACE, 3, isThere)
    const node = pods.find(({metadata}) => metadata?.name === 'db-1')?.spec?.nodeName ?? ''
    if (ofNode) await changeNode(api, node, ofNode)
    await api.stopComponent('kube-controller-manager')
    await setBehaviour(api, NAMESPACE, 'db-1', word)
    await untilPods(api, NAMESPACE, 1, ({status}) => status?.phase === 'Failed')
  }
}

/** Until the controllers have told everybody by a taint. */
async function changeNode(api: ControlPlane, name: string, next: NodeBehaviour): Promise<void> {
  await setNodeBehaviour(api, name, next)
  const read = () => api.get<{spec: {taints?: unknown[]}}>(`/api/v1/nodes/${name}`)
  await until(`${name} is tainted`, read, ({spec}) => (spec.taints?.length ?? 0) > 0)
}

/** Pods that their kubelet stopped, or never admitted. */
export const failed: CapturedCauses = {
  'evicted-under-memory-pressure': {
    ask: 'sts/db',
    proves: ['evicted-node-pressure'],
    not: ['crash-oom', 'evicted-by-taint', 'preempted-by-kubelet', 'node-shutdown'],
    later: 5,
    arrange: failing('evicted', 'ready', 'low-on-memory'),
  },
  'node-shut-down': {
    ask: 'sts/db',
    proves: ['node-shutdown'],
    not: ['evicted-node-pressure', 'term-node-unreachable', 'node-notready-not-evicted'],
    later: 5,
    arrange: failing('shut-down', 'ready', 'shutting-down'),
  },
  'refused-out-of-cpu': {
    ask: 'sts/db',
    proves: ['node-admit-out-of'],
    not: ['evicted-node-pressure', 'sched-insufficient-cpu', 'node-admit-unexpected'],
    later: 5,
    arrange: failing('out-of-cpu', 'creating'),
  },
  'refused-unexpectedly': {
    ask: 'sts/db',
    proves: ['node-admit-unexpected'],
    not: ['node-admit-out-of', 'evicted-node-pressure'],
    later: 5,
    arrange: failing('unexpected-admission', 'creating'),
  },
}
