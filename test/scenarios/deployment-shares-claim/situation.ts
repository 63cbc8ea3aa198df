import {addNodes, threeZones} from '../../control-plane/situations/nodes.ts'
import {claim, storageClass, zonalVolume} from '../../control-plane/situations/volumes.ts'
import {statefulSet} from '../../control-plane/situations/workloads.ts'
import {kubectl, type Situation} from '../situation.ts'

/** Three Pods of a Deployment, one claim: what StatefulSets exist to avoid. */
export const situation: Situation = async (api) => {
  await addNodes(api, threeZones())
  await api.createNamespace('shop')
  const {spec} = statefulSet({name: 'web', namespace: 'shop'})
  const volumes = [{name: 'content', persistentVolumeClaim: {claimName: 'content'}}]
  const template = {...spec?.template, spec: {...spec?.template.spec, volumes}}
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name: 'web', namespace: 'shop'},
    spec: {replicas: 3, selector: spec?.selector, template},
  }
  const content = {...claim('content'), metadata: {name: 'content', namespace: 'shop'}}
  await api.apply([storageClass(), zonalVolume('content', 'zone-a'), content, deployment])
  await kubectl(api, 'rollout', 'status', 'deploy/web', '-n', 'shop', '--timeout=60s')
  return {flags: ['-n', 'shop'], age: 13}
}
