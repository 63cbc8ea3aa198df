import {behaviourOf} from '../../control-plane/situations/behaviours.ts'
import {type Cloud, cloudClass, cloudNode} from '../../control-plane/situations/cloud.ts'
import {playDriver} from '../../control-plane/situations/cloud-driver.ts'
import {addNodes} from '../../control-plane/situations/nodes.ts'
import {claim} from '../../control-plane/situations/volumes.ts'
import {daemonSet, headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../../control-plane/tools/control-plane.ts'
import {kubectl, pod, ready, type Situation, waits} from '../situation.ts'

const STREAMING = 'streaming-platform-production'
const SESSIONS = 'session-cache-production'
const BROKERS = 'kafka-broker-westeurope-primary'
const CACHE = 'redis-sentinel-session-cache'
const REGISTRY = 'acmeproductionwesteurope.azurecr.io/streaming'

const NEW = 'sha256:4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865'

const azure: Cloud = {
  driver: 'disk.csi.azure.com',
  storageClass: 'managed-csi-premium',
  zoneLabel: 'topology.disk.csi.azure.com/zone',
  handle: (volume) =>
    `/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/mc_prod_westeurope/providers/Microsoft.Compute/disks/${volume}`,
}

/** Two in each zone. */
const nodes = [1, 2, 3].flatMap((zone) =>
  [0, 1].map((index) =>
    cloudNode(azure, `aks-stateful-31415926-vmss00000${2 * zone - 2 + index}`, `westeurope-${zone}`),
  ),
)

/**
 * Two namespaces. The brokers' new image is in no registry; the cache was scaled from five to four, and meanwhile
 * both nodes of a zone were deleted, where one of its members has its disk. A warmer of images fits no node.
 */
export const situation: Situation = async (api) => {
  await addNodes(api, nodes)
  for (const namespace of [STREAMING, SESSIONS]) await api.createNamespace(namespace)
  playDriver(api, azure)
  const warmer = daemonSet({
    name: 'image-prewarmer-for-spot-and-burst-capacity',
    namespace: STREAMING,
    podSpec: {nodeSelector: {'kubernetes.azure.com/scalesetpriority': 'spot'}},
  })
  await api.apply([cloudClass(azure), headlessService(BROKERS, STREAMING), headlessService(CACHE, SESSIONS)])
  await api.apply([brokers(`${REGISTRY}/kafka:3.9.1-jdk21`), cache(5), warmer])
  await ready(api, STREAMING, BROKERS, 3)
  await ready(api, SESSIONS, CACHE, 5)
  await api.apply(cache(4))
  await ready(api, SESSIONS, CACHE, 4)
  await api.apply(brokers(`${REGISTRY}/kafka@${NEW}`, behaviourOf({2: 'image-pull'})))
  await pod(api, STREAMING, `${BROKERS}-2`, waits('ImagePullBackOff'))
  await deleteZoneOf(api, `${CACHE}-1`)
  return {flags: ['-A'], age: 13}
}

async function deleteZoneOf(api: ControlPlane, name: string): Promise<void> {
  const {spec} = await pod(api, SESSIONS, name)
  const lost = nodes.find(({metadata}) => metadata?.name === spec?.nodeName)
  const zoneOf = ({metadata}: (typeof nodes)[number]) => metadata?.labels?.[azure.zoneLabel]
  const gone = nodes.filter((node) => lost && zoneOf(node) === zoneOf(lost))
  await kubectl(api, 'delete', 'node', ...gone.map(({metadata}) => metadata?.name ?? ''))
  const isRefused = (reason?: string) => reason === 'Unschedulable'
  await pod(api, SESSIONS, name, ({status}) =>
    (status?.conditions ?? []).some(({reason}) => isRefused(reason)),
  )
}

function brokers(image: string, annotations = {}) {
  const data = claim('data', {size: '1Ti', storageClass: azure.storageClass})
  return statefulSet({name: BROKERS, namespace: STREAMING, image, annotations, claims: [data]})
}

function cache(replicas: number) {
  const claims = ['data', 'append-only-log'].map((name) =>
    claim(name, {size: '64Gi', storageClass: azure.storageClass}),
  )
  return statefulSet({name: CACHE, namespace: SESSIONS, replicas, claims, image: `${REGISTRY}/redis:7.4`})
}
