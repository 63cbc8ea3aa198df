import type {
  V1DaemonSet,
  V1DaemonSetList,
  V1DaemonSetStatus,
  V1Node,
  V1NodeList,
  V1Pod,
  V1PodList,
} from '@kubernetes/client-node'
import type {ApiClient} from '../tools/api-client.ts'
import type {ControlPlane} from '../tools/control-plane.ts'
import {until} from '../tools/until.ts'
import {behaviourOf, setNodeBehaviour} from './behaviours.ts'
import {node} from './nodes.ts'
import {daemonSet} from './workloads.ts'

export const NODES = 300
const CONTROL_PLANE = 3
const GPU = 12
/** Its Pods stay behind. */
export const GONE = 'worker-299'

const BROKEN = {'worker-41': 'crash', 'worker-77': 'image-pull', 'worker-120': 'not-ready'} as const

/** Options of a control plane on which all of this comes about within some seconds. */
export const IN_A_HURRY = {
  controllerManagerArgs: ['--kube-api-qps=2000', '--kube-api-burst=2000', '--concurrent-daemonset-syncs=8'],
  schedulerArgs: ['--kube-api-qps=2000', '--kube-api-burst=2000'],
} as const

function nodes(): readonly V1Node[] {
  return Array.from({length: NODES}, (_, index) => {
    const zone = `eu-${'abc'[index % 3]}`
    if (index < CONTROL_PLANE) {
      const key = 'node-role.kubernetes.io/control-plane'
      return node(`control-plane-${index}`, {
        zone,
        labels: {[key]: ''},
        taints: [{key, effect: 'NoSchedule'}],
      })
    }
    if (index < CONTROL_PLANE + GPU) {
      const taints = [{key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule'}]
      return node(`gpu-${index}`, {zone, labels: {accelerator: 'nvidia'}, taints})
    }
    return node(`worker-${index}`, {zone, labels: {disk: index % 10 === 0 ? 'hdd' : 'ssd'}})
  })
}

const requesting = (cpu: string) => [
  {name: 'app', image: 'registry.example/app:1', resources: {requests: {cpu}}},
]
const everywhere = [{operator: 'Exists'}]

/** Eight, as a real cluster has them; each has something to tell. */
function daemonSets(): readonly V1DaemonSet[] {
  const system = (name: string, options: object) => daemonSet({name, namespace: 'kube-system', ...options})
  const monitoring = (name: string, options: object) => daemonSet({name, namespace: 'monitoring', ...options})
  const onDelete = {updateStrategy: {type: 'OnDelete'}}
  return [
    system('kube-proxy', {podSpec: {tolerations: everywhere, hostNetwork: true}}),
    system('cni-node', {podSpec: {nodeSelector: {'topology.kubernetes.io/zone': 'eu-a'}}}),
    system('csi-node-driver', {podSpec: {nodeSelector: {'topology.kubernetes.io/zone': 'eu-b'}}}),
    system('nvidia-device-plugin', {
      podSpec: {nodeSelector: {accelerator: 'nvidia'}, tolerations: everywhere},
    }),
    monitoring('node-exporter', {podSpec: {tolerations: everywhere}, annotations: behaviourOf(BROKEN)}),
    monitoring('log-collector', {podSpec: {nodeSelector: {disk: 'hdd'}}}),
    monitoring('disk-scrubber', {podSpec: {nodeSelector: {disk: 'hdd'}, containers: requesting('9')}}),
    monitoring('profiler', {podSpec: {nodeSelector: {disk: 'hdd'}}, spec: onDelete}),
  ]
}

/** 300 nodes and eight DaemonSets; some nodes are cordoned, not ready or gone, some Pods do not work. */
export async function largeCluster(controlPlane: ControlPlane): Promise<void> {
  await controlPlane.createNamespace('monitoring')
  await create(controlPlane, '/api/v1/nodes', nodes())
  const isNew = ({spec}: V1Node) => spec?.taints?.some(({key}) => key.endsWith('/not-ready')) ?? false
  const unready = async () => (await controlPlane.get<V1NodeList>('/api/v1/nodes')).items.filter(isNew)
  await until('all nodes are ready', unready, ({length}) => length === 0, PATIENT)
  for (const each of daemonSets()) await create(controlPlane, setsOf(each.metadata?.namespace), [each])
  await until(
    'the Pods are settled',
    () => unsettled(controlPlane),
    ({length}) => length === 0,
    PATIENT,
  )
  await controlPlane.kubectl(['cordon', 'worker-60', 'worker-61'])
  const template = {metadata: {labels: {version: '2'}}}
  await controlPlane.request('PATCH', `${setsOf('monitoring')}/profiler`, {spec: {template}})
  await setNodeBehaviour(controlPlane, 'worker-50', 'not-ready')
  const lost = () => controlPlane.get<V1Node>('/api/v1/nodes/worker-50')
  await until('the lost node is tainted', lost, isNew)
  await controlPlane.request('DELETE', `/api/v1/nodes/${GONE}`)
}

const PATIENT = {timeout: 90_000, interval: 500}

const setsOf = (namespace = '') => `/apis/apps/v1/namespaces/${namespace}/daemonsets`

/** DaemonSets without all of their Pods, and Pods that have not come as far as they will. */
async function unsettled({get}: ControlPlane): Promise<readonly unknown[]> {
  const sets = (await get<V1DaemonSetList>('/apis/apps/v1/daemonsets')).items
  const pods = (await get<V1PodList>('/api/v1/pods')).items
  return [
    ...sets.filter(({status}) => !status?.desiredNumberScheduled || isShort(status)),
    ...pods.filter((pod) => !isSettled(pod)),
  ]
}

function isSettled({metadata, spec, status}: V1Pod): boolean {
  const {app} = metadata?.labels ?? {}
  if (app === 'disk-scrubber')
    return status?.conditions?.some(({reason}) => reason === 'Unschedulable') ?? false
  if (app === 'node-exporter' && Object.hasOwn(BROKEN, spec?.nodeName ?? ''))
    return status?.podIP !== undefined
  return status?.conditions?.some(({type, status: is}) => type === 'Ready' && is === 'True') ?? false
}

function isShort({desiredNumberScheduled, currentNumberScheduled}: V1DaemonSetStatus): boolean {
  return currentNumberScheduled < desiredNumberScheduled
}

async function create(api: ApiClient, path: string, objects: readonly object[]): Promise<void> {
  const answers = await Promise.all(objects.map((each) => api.request('POST', path, each)))
  for (const {code, body} of answers) if (code !== 201) throw new Error(JSON.stringify(body))
}
