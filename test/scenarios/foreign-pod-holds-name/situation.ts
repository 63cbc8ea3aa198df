import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {pod, type Situation} from '../situation.ts'

/** Somebody ran a Pod by hand under the name that ordinal 1 needs: no event and no condition tells. */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('shop')
  const squatter = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'web-1', namespace: 'shop', labels: {run: 'web-1'}},
    spec: {containers: [{name: 'shell', image: 'busybox'}]},
  }
  await api.apply(squatter)
  await pod(api, 'shop', 'web-1', ({status}) => status?.phase === 'Running')
  await api.apply([headlessService('web', 'shop'), statefulSet({name: 'web', namespace: 'shop'})])
  await pod(api, 'shop', 'web-0', ({status}) => status?.phase === 'Running')
  return {flags: ['-n', 'shop'], age: 13}
}
