import type {V1DaemonSet, V1PodList} from '@kubernetes/client-node'
import {behaviourOf} from '../../control-plane/situations/behaviours.ts'
import {addNodes, node, threeZones} from '../../control-plane/situations/nodes.ts'
import {daemonSet} from '../../control-plane/situations/workloads.ts'
import {until} from '../../control-plane/tools/until.ts'
import type {Situation} from '../situation.ts'

/**
 * Five nodes, one of the control plane and one for databases. An agent crashes on one of them and is too large for
 * another, a driver is for GPUs that nobody has, and a quota refuses Pods of a third.
 */
export const situation: Situation = async (api) => {
  const control = {key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule'}
  const database = {key: 'dedicated', value: 'db', effect: 'NoSchedule'}
  const small = {cpu: '100m', memory: '1Gi', pods: '10'}
  await addNodes(api, [
    ...threeZones(),
    node('control-1', {zone: 'zone-a', taints: [control]}),
    node('db-1', {zone: 'zone-b', taints: [database]}),
    node('small-1', {zone: 'zone-c', resources: small}),
  ])
  await api.createNamespace('agents')
  const quota = {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'few', namespace: 'agents'}}
  const agent = daemonSet({
    name: 'agent',
    namespace: 'agents',
    annotations: behaviourOf({'node-b': 'crash'}),
    podSpec: {containers: [{name: 'app', image: 'agent:1', resources: {requests: {cpu: '200m'}}}]},
  })
  const driver = daemonSet({name: 'gpu-driver', namespace: 'agents', podSpec: {nodeSelector: {gpu: 'yes'}}})
  await api.apply([agent, driver])
  const pods = () => api.get<V1PodList>('/api/v1/namespaces/agents/pods')
  const isCrashing = ({items}: V1PodList) =>
    items.length === 4 && items.some(({status}) => status?.containerStatuses?.[0]?.state?.waiting)
  await until('the agents', pods, isCrashing)
  await api.apply({...quota, spec: {hard: {pods: '5'}}})
  await api.apply(daemonSet({name: 'tracer', namespace: 'agents'}))
  const read = () => api.get<V1DaemonSet>('/apis/apps/v1/namespaces/agents/daemonsets/tracer')
  await until('the tracer refused', read, ({status}) => status?.desiredNumberScheduled === 4)
  await until('one tracer', pods, ({items}) => items.length === 5)
  return {flags: ['-n', 'agents'], age: 13}
}
