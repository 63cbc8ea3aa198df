import type {V1DaemonSet, V1Node, V1PodList} from '@kubernetes/client-node'
import {behaviourOf, setNodeBehaviour} from '../../control-plane/situations/behaviours.ts'
import {addNodes, node} from '../../control-plane/situations/nodes.ts'
import {daemonSet} from '../../control-plane/situations/workloads.ts'
import {until} from '../../control-plane/tools/until.ts'
import type {Situation} from '../situation.ts'

/** Six nodes, one of them dead: with maxUnavailable 1 the new image reaches nobody. */
export const situation: Situation = async (api) => {
  const names = [1, 2, 3, 4, 5, 6].map((number) => `worker-${number}`)
  await addNodes(
    api,
    names.map((name) => node(name, {zone: 'zone-a'})),
  )
  await api.createNamespace('agents')
  // a dead kubelet ends no Pod
  const annotations = behaviourOf({'worker-4': 'hang-terminating'})
  const agent = (image: string) => daemonSet({name: 'agent', namespace: 'agents', image, annotations})
  const read = () => api.get<V1DaemonSet>('/apis/apps/v1/namespaces/agents/daemonsets/agent')
  await api.apply(agent('agent:1'))
  await until('six agents', read, ({status}) => status?.numberAvailable === 6)
  await setNodeBehaviour(api, 'worker-4', 'unreachable')
  const dead = () => api.get<V1Node>('/api/v1/nodes/worker-4')
  await until('worker-4 tainted', dead, ({spec}) =>
    (spec?.taints ?? []).some(({effect}) => effect === 'NoExecute'),
  )
  await api.apply(agent('agent:2'))
  const pods = () => api.get<V1PodList>('/api/v1/namespaces/agents/pods')
  const isTerminating = ({items}: V1PodList) =>
    items.some(({metadata}) => metadata?.deletionTimestamp !== undefined)
  await until('the Pod on worker-4 deleted and still there', pods, isTerminating)
  return {flags: ['-n', 'agents'], age: 13}
}
