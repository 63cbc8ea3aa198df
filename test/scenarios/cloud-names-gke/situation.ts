import type {V1DaemonSet, V1Node, V1PersistentVolumeClaim, V1Pod, V1PodList} from '@kubernetes/client-node'
import {
  behaviour,
  behaviourOf,
  inUse,
  markOnLostNode,
  setBehaviour,
  setNodeBehaviour,
} from '../../control-plane/situations/behaviours.ts'
import {type Cloud, cloudClass, cloudNode} from '../../control-plane/situations/cloud.ts'
import {playDriver} from '../../control-plane/situations/cloud-driver.ts'
import {addNodes} from '../../control-plane/situations/nodes.ts'
import {claim} from '../../control-plane/situations/volumes.ts'
import {daemonSet, headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../../control-plane/tools/control-plane.ts'
import {until} from '../../control-plane/tools/until.ts'
import {kubectl, pod, ready, type Situation, waits} from '../situation.ts'

const NAMESPACE = 'search-platform-production'
const SET = 'opensearch-data-nodes'
const COLLECTOR = 'node-telemetry-collector-with-ebpf-profiler'
const REGISTRY = 'europe-west1-docker.pkg.dev/acme-production-284913/search'

const OLD = 'sha256:5c1f7b8e2a9d4c3f6e0b1a2d3c4f5e6a7b8c9d0e1f2a3b4c5d6e7f8091a2b3c4'
const NEW = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const gke: Cloud = {
  driver: 'pd.csi.storage.gke.io',
  storageClass: 'premium-rwo',
  zoneLabel: 'topology.gke.io/zone',
  handle: (volume, zone) => `projects/acme-production-284913/zones/${zone}/disks/${volume}`,
}

const pool = (group: string, node: string) => `gke-prod-euw1-stateful-pool-${group}-${node}`
const nodes = [
  ['b', '5f2a9c1b', ['x7kq', 'm2vd']],
  ['c', 'a80e44d7', ['9zpl', 'r4wt']],
  ['d', '17c3be90', ['hq6n', 'k8sj']],
] as const

/**
 * One of six nodes fell silent. Somebody deleted its member by force, and the next one waits for the disk, which
 * the silent node still has. Then a collector was given an image that is in no registry.
 */
export const situation: Situation = async (api) => {
  await addNodes(
    api,
    nodes.flatMap(([zone, group, ends]) =>
      ends.map((end) => cloudNode(gke, pool(group, end), `europe-west1-${zone}`)),
    ),
  )
  await api.createNamespace(NAMESPACE)
  playDriver(api, gke)
  await startSet(api)
  await api.apply(collector(OLD))
  const path = `/apis/apps/v1/namespaces/${NAMESPACE}/daemonsets/${COLLECTOR}`
  const read = () => api.get<V1DaemonSet>(path)
  await until('six collectors', read, ({status}) => status?.numberAvailable === 6)
  await loseNodeOf(api, `${SET}-1`)
  await api.apply(collector(NEW, behaviour('image-pull')))
  const pods = () => api.get<V1PodList>(`/api/v1/namespaces/${NAMESPACE}/pods`)
  await until('no image', pods, ({items}) => items.some(waits('ImagePullBackOff')))
  // after six minutes the disk would be detached by force
  return {flags: ['-n', NAMESPACE], age: 5}
}

/** The first Pod of ordinal 1 runs; the next one will wait for its disk. */
async function startSet(api: ControlPlane): Promise<void> {
  const set = statefulSet({
    name: SET,
    namespace: NAMESPACE,
    replicas: 5,
    annotations: behaviourOf({1: 'creating'}),
    claims: [claim('data', {size: '500Gi', storageClass: gke.storageClass})],
    image: `${REGISTRY}/opensearch@${OLD}`,
  })
  await api.apply([cloudClass(gke), headlessService(SET, NAMESPACE), set])
  await pod(api, NAMESPACE, `${SET}-1`, ({spec}) => spec?.nodeName !== undefined)
  await setBehaviour(api, NAMESPACE, `${SET}-1`, 'ready')
  await ready(api, NAMESPACE, SET, 5)
}

async function loseNodeOf(api: ControlPlane, name: string): Promise<void> {
  const {spec} = await pod(api, NAMESPACE, name)
  const lost = spec?.nodeName ?? ''
  await mount(api, name, lost)
  await silence(api, lost)
  await kubectl(api, 'delete', 'pod', '-n', NAMESPACE, name, '--grace-period=0', '--force')
  const isElsewhere = (each: V1Pod) => each.spec?.nodeName !== undefined && each.spec.nodeName !== lost
  await pod(api, NAMESPACE, name, isElsewhere)
}

/** Its kubelet says that it has the disk mounted: it is not detached as soon as the Pod is gone. */
async function mount(api: ControlPlane, name: string, node: string): Promise<void> {
  const claimPath = `/api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims/data-${name}`
  const {spec} = await api.get<V1PersistentVolumeClaim>(claimPath)
  const read = () => api.get<V1Node>(`/api/v1/nodes/${node}`)
  const zone = (await read()).metadata?.labels?.[gke.zoneLabel] ?? ''
  const annotations = inUse(`kubernetes.io/csi/${gke.driver}^${gke.handle(spec?.volumeName ?? '', zone)}`)
  await api.request('PATCH', `/api/v1/nodes/${node}`, {metadata: {annotations}})
  await until('the disk in use', read, ({status}) => status?.volumesInUse?.length === 1)
}

/** A dead kubelet ends no Pod, and its Pods are marked as not ready. */
async function silence(api: ControlPlane, node: string): Promise<void> {
  await setNodeBehaviour(api, node, 'unreachable')
  const read = () => api.get<V1Node>(`/api/v1/nodes/${node}`)
  const taints = ({spec}: V1Node) => spec?.taints ?? []
  await until('tainted', read, (each) => taints(each).some(({effect}) => effect === 'NoExecute'))
  const {items} = await api.get<V1PodList>(`/api/v1/namespaces/${NAMESPACE}/pods`)
  for (const {metadata} of items.filter(({spec}) => spec?.nodeName === node)) {
    await setBehaviour(api, NAMESPACE, metadata?.name ?? '', 'hang-terminating')
    await markOnLostNode(api, NAMESPACE, metadata?.name ?? '')
  }
}

function collector(digest: string, annotations = {}): V1DaemonSet {
  const image = `${REGISTRY}/telemetry/collector@${digest}`
  const updateStrategy = {rollingUpdate: {maxUnavailable: 2}}
  return daemonSet({name: COLLECTOR, namespace: NAMESPACE, image, annotations, spec: {updateStrategy}})
}
