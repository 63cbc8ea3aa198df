import type {V1DaemonSet, V1Pod} from '@kubernetes/client-node'
import {behaviour, setBehaviour} from '../../control-plane/situations/behaviours.ts'
import {addNodes, node} from '../../control-plane/situations/nodes.ts'
import {untilPods} from '../../control-plane/situations/waits.ts'
import {daemonSet} from '../../control-plane/situations/workloads.ts'
import {until} from '../../control-plane/tools/until.ts'
import type {Situation} from '../situation.ts'

const isStarting = ({status}: V1Pod) =>
  status?.containerStatuses?.[0]?.state?.waiting?.reason === 'ContainerCreating'

/** Of six nodes three are done, two have a new Pod that starts beside the old one, and one waits for room. */
export const situation: Situation = async (api) => {
  const names = [1, 2, 3, 4, 5, 6].map((number) => `worker-${number}`)
  await addNodes(
    api,
    names.map((name) => node(name, {zone: 'zone-a'})),
  )
  await api.createNamespace('agents')
  const updateStrategy = {type: 'RollingUpdate', rollingUpdate: {maxSurge: 2, maxUnavailable: 0}}
  const agent = (image: string, annotations = {}) =>
    daemonSet({name: 'agent', namespace: 'agents', image, annotations, spec: {updateStrategy}})
  const read = () => api.get<V1DaemonSet>('/apis/apps/v1/namespaces/agents/daemonsets/agent')
  await api.apply(agent('agent:1'))
  await until('six agents', read, ({status}) => status?.numberAvailable === 6)
  await api.apply(agent('agent:2', behaviour('creating')))
  for (const count of [2, 1]) {
    const pods = await untilPods(api, 'agents', 2, isStarting)
    for (const {metadata} of pods.filter(isStarting).slice(0, count)) {
      await setBehaviour(api, 'agents', metadata?.name ?? '', 'ready')
      await untilPods(
        api,
        'agents',
        1,
        ({metadata: each, status}) => each?.name === metadata?.name && status?.phase === 'Running',
      )
    }
  }
  await untilPods(api, 'agents', 2, isStarting)
  await untilPods(api, 'agents', 6)
  return {flags: ['-n', 'agents']}
}
