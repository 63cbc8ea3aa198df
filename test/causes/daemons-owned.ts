import type {V1CustomResourceDefinition, V1Pod} from '@kubernetes/client-node'
import {untilPods} from '../control-plane/situations/waits.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {agent, agents, FIVE, untilStatus} from './daemons-agents.ts'

const POLICIES: V1CustomResourceDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {name: 'policies.example.com'},
  spec: {
    group: 'example.com',
    names: {kind: 'Policy', plural: 'policies'},
    scope: 'Cluster',
    versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object'}}}],
  },
}
const POLICY = {apiVersion: 'example.com/v1', kind: 'Policy', metadata: {name: 'drivers'}}
const PATH = '/apis/example.com/v1/policies'

/** The object of an operator, as the owner of what that creates. */
async function policy(api: ControlPlane) {
  await api.apply(POLICIES)
  await until(
    'policies are served',
    () => api.request('GET', PATH),
    ({code}) => code === 200,
  )
  await api.request('POST', PATH, POLICY)
  const {metadata} = await api.get<V1Pod>(`${PATH}/drivers`)
  return {
    apiVersion: 'example.com/v1',
    kind: 'Policy',
    name: 'drivers',
    uid: metadata?.uid ?? '',
    controller: true,
  }
}

export const ownedDaemons: CapturedCauses = {
  'daemon-on-delete-of-operator': {
    ask: 'ds/agent',
    proves: ['ds-ondelete', 'sts-owned-by-operator'],
    not: ['ds-new-pod-unavailable'],
    later: 10,
    arrange: async (api) => {
      const owner = await policy(api)
      const spec = {updateStrategy: {type: 'OnDelete'}}
      const owned = (image: string) => {
        const made = agent({image, spec})
        return {...made, metadata: {...made.metadata, ownerReferences: [owner]}}
      }
      await agents(api, {spec})
      await api.apply(owned('registry.example/agent:2'))
      await untilStatus(api, ({updatedNumberScheduled}) => !updatedNumberScheduled)
    },
  },
  'daemons-with-one-selector': {
    ask: 'ds/agent',
    proves: ['sts-selector-overlap'],
    not: ['ds-excess-pods', 'ds-new-pod-unavailable'],
    arrange: async (api) => {
      await agents(api)
      const copy = agent()
      await api.apply({...copy, metadata: {name: 'agent-copy', namespace: NAMESPACE}})
      await untilPods(api, NAMESPACE, 2 * FIVE.length)
    },
  },
}
