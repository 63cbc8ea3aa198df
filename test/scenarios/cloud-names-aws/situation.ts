import type {V1DaemonSet, V1PodList} from '@kubernetes/client-node'
import {behaviourOf} from '../../control-plane/situations/behaviours.ts'
import {type Cloud, cloudClass, cloudNode} from '../../control-plane/situations/cloud.ts'
import {playDriver} from '../../control-plane/situations/cloud-driver.ts'
import {addNodes} from '../../control-plane/situations/nodes.ts'
import {claim} from '../../control-plane/situations/volumes.ts'
import {daemonSet, headlessService, statefulSet} from '../../control-plane/situations/workloads.ts'
import {until} from '../../control-plane/tools/until.ts'
import {pod, ready, type Situation, waits} from '../situation.ts'

const NAMESPACE = 'payments-production'
const SET = 'postgres-cluster-main'
const FORWARDER = 'fluent-bit-payments-audit-log-forwarder'
const REGISTRY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/payments'

const OLD = 'sha256:2f4d1f0b9e6f4e6a0f3a9d0a7c1c5b8a5a8f52f8d6f0f3c1b7a9e4d2c6b8a0f1'
const NEW = 'sha256:9b7c0e1d5a3f48b6c2e4a1d0f9e8c7b6a5d4c3b2a1f0e9d8c7b6a5f4e3d2c1b0'

const aws: Cloud = {
  driver: 'ebs.csi.aws.com',
  storageClass: 'gp3-encrypted',
  zoneLabel: 'topology.ebs.csi.aws.com/zone',
  handle: (volume) => `vol-0${volume.replaceAll('-', '').slice(3, 19)}`,
}

const address = (subnet: number, host: number) => `ip-10-0-${subnet}-${host}.eu-central-1.compute.internal`
const nodes = ['a', 'b', 'c'].flatMap((letter, index) => {
  const zone = `eu-central-1${letter}`
  return [34, 187].map((host) => cloudNode(aws, address(12 + 16 * index, host + index), zone))
})
const batch = cloudNode(aws, address(12, 211), 'eu-central-1a', {
  taints: [{key: 'dedicated', value: 'batch-settlement', effect: 'NoSchedule'}],
})
/** Where the forwarder crashes. */
const CRASHING = address(28, 35)

/** Of a database of five, the new image crashes in ordinal 2; a forwarder of logs crashes on one of seven nodes. */
export const situation: Situation = async (api) => {
  await addNodes(api, [...nodes, batch])
  await api.createNamespace(NAMESPACE)
  const set = (digest: string, annotations = {}) =>
    statefulSet({
      name: SET,
      namespace: NAMESPACE,
      replicas: 5,
      annotations,
      claims: [claim('data', {size: '200Gi', storageClass: aws.storageClass})],
      image: `${REGISTRY}/postgres@${digest}`,
    })
  playDriver(api, aws)
  await api.apply([cloudClass(aws), headlessService(SET, NAMESPACE), set(OLD)])
  await ready(api, NAMESPACE, SET, 5)
  await api.apply(forwarder(OLD))
  const read = () => api.get<V1DaemonSet>(`/apis/apps/v1/namespaces/${NAMESPACE}/daemonsets/${FORWARDER}`)
  await until('six forwarders', read, ({status}) => status?.numberAvailable === 6)
  await api.apply(forwarder(NEW, behaviourOf({[CRASHING]: 'crash'})))
  const pods = () => api.get<V1PodList>(`/api/v1/namespaces/${NAMESPACE}/pods`)
  await until('a forwarder that crashes', pods, ({items}) => items.some(waits('CrashLoopBackOff')))
  await api.apply(set(NEW, behaviourOf({2: 'crash'})))
  await pod(api, NAMESPACE, `${SET}-2`, waits('CrashLoopBackOff'))
  return {flags: ['-n', NAMESPACE], age: 13}
}

function forwarder(digest: string, annotations = {}): V1DaemonSet {
  const image = `${REGISTRY}/fluent-bit@${digest}`
  return daemonSet({name: FORWARDER, namespace: NAMESPACE, image, annotations})
}
