import type {V1StatefulSet} from '@kubernetes/client-node'
import {behaviourOf} from '../../control-plane/situations/behaviours.ts'
import {addNodes} from '../../control-plane/situations/nodes.ts'
import {headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {until} from '../../control-plane/tools/until.ts'
import {pod, ready, type Situation, waits} from '../situation.ts'

/** An image that nobody has was rolled out and taken back at once: ordinal 3 keeps it (kubernetes#67250). */
export const situation: Situation = async (api) => {
  await addNodes(api)
  await api.createNamespace('shop')
  const set = (image: string, annotations = {}) =>
    statefulSet({name: 'db', namespace: 'shop', replicas: 4, image, annotations})
  await api.apply([headlessService('db', 'shop'), set('db:1')])
  await ready(api, 'shop', 'db', 4)
  await api.apply(set('db:nosuch', behaviourOf({3: 'image-pull'})))
  await pod(api, 'shop', 'db-3', waits('ImagePullBackOff'))
  await api.apply(set('db:1'))
  await until(
    'the old revision again',
    () => api.get<V1StatefulSet>('/apis/apps/v1/namespaces/shop/statefulsets/db'),
    ({metadata, status}) =>
      status?.observedGeneration === metadata?.generation &&
      status?.updateRevision === status?.currentRevision,
  )
  return {flags: ['-n', 'shop'], age: 13}
}
