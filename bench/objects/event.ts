import type {KubernetesObject} from '../../src/model/objects.ts'
import {type Loaded, minutesAgo, nodeName} from './common.ts'

/** What a kubelet says again and again of a container that crashes. */
export function backOff(namespace: string, name: string, uid: string, at: number): Loaded {
  return {
    path: `/api/v1/namespaces/${namespace}/events`,
    object: {
      metadata: {name: `${name}.18a1b2c3d4e5f607`},
      involvedObject: {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace,
        name,
        uid,
        fieldPath: 'spec.containers{app}',
      },
      reason: 'BackOff',
      message: `Back-off restarting failed container app in pod ${name}_${namespace}(${uid})`,
      type: 'Warning',
      count: 160,
      firstTimestamp: minutesAgo(35),
      lastTimestamp: minutesAgo(1),
      source: {component: 'kubelet', host: nodeName(at)},
    } as KubernetesObject,
  }
}
