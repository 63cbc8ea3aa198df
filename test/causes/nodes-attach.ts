import type {V1Pod} from '@kubernetes/client-node'
import {type Behaviour, behaviour, says} from '../control-plane/situations/behaviours.ts'
import {untilPods, untilReady} from '../control-plane/situations/waits.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {untilTold, waitsFor} from './kubelet-members.ts'
import {attacher, diskSet, failure, isOn, move} from './nodes-disks.ts'
import {stop} from './nodes-lost.ts'

const isCreating = waitsFor('ContainerCreating')
const creating = behaviour('creating')

/** db-0 has run on node-a, and its next one is created on node-b and waits for the disk. */
async function moved(api: ControlPlane, besides: readonly object[] = []): Promise<void> {
  await diskSet(api, {annotations: behaviour('hang-terminating')})
  await attacher(api, 'node-a', {attached: true})
  await untilReady(api, NAMESPACE, 'db')
  for (const each of besides) await api.apply(each)
  await untilPods(api, NAMESPACE, 1 + besides.length)
  await move(api)
  await setTemplate(api, 'creating')
  await stop(api, 'db-0', '--grace-period=0', '--force')
  await untilPods(api, NAMESPACE, 1, (pod) => isOn('node-b')(pod) && isCreating(pod))
}

/** For the Pods that come after it; by hand nothing is rolled out. */
async function setTemplate(api: ControlPlane, next: Behaviour): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${NAMESPACE}/statefulsets/db`
  const template = {metadata: {annotations: behaviour(next)}}
  await api.request('PATCH', path, {
    spec: {updateStrategy: {type: 'OnDelete', rollingUpdate: null}, template},
  })
}

/** The attach-detach controller has said so of the Pod. */
async function untilSaid(api: ControlPlane, text: string): Promise<void> {
  const read = () => api.get<{items: {message?: string}[]}>(`/api/v1/namespaces/${NAMESPACE}/events`)
  const isSaid = ({items}: {items: {message?: string}[]}) =>
    items.some(({message}) => message?.includes(text))
  await until(`said: ${text}`, read, isSaid, {timeout: 60_000})
}

/** Somebody has a look at the data, and stays. */
const visitor = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: 'psql', namespace: NAMESPACE},
  spec: {
    nodeName: 'node-a',
    containers: [{name: 'shell', image: 'registry.example/psql:17'}],
    volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data-db-0'}}],
  },
}

export const attaching: CapturedCauses = {
  'volume-used-by-other-pod': {
    ask: 'sts/db',
    proves: ['attach-multi-pod'],
    not: ['attach-multi-leftover', 'attach-failed-driver', 'attach-timeout', 'detach-stuck'],
    later: 5,
    arrange: async (api) => {
      await moved(api, [visitor])
      await untilSaid(api, 'Waiting for detach')
    },
  },
  'volume-still-attached-to-lost-node': {
    ask: 'sts/db',
    proves: ['attach-multi-leftover'],
    not: ['attach-multi-pod', 'attach-failed-driver', 'attach-timeout', 'detach-stuck'],
    later: 5,
    arrange: async (api) => {
      await moved(api)
      await untilSaid(api, 'Waiting for detach')
    },
  },
  'attach-fails': {
    ask: 'sts/db',
    proves: ['attach-failed-driver'],
    not: ['attach-timeout', 'attach-multi-leftover', 'container-creating-quiet', 'mount-timeout'],
    later: 5,
    arrange: async (api) => {
      await diskSet(api, {annotations: creating})
      await untilPods(api, NAMESPACE, 1, isCreating)
      const message =
        'rpc error: code = Internal desc = Could not attach volume "vol-0f3a" to node "i-0c4": operation error: You are not authorized to perform this operation: AttachVolume'
      await attacher(api, 'node-a', {attached: false, attachError: failure(message)})
      await untilSaid(api, 'AttachVolume.Attach failed')
    },
  },
  'attach-times-out': {
    ask: 'sts/db',
    proves: ['attach-timeout'],
    not: ['attach-failed-driver', 'attach-multi-leftover', 'container-creating-quiet'],
    later: 10,
    arrange: async (api) => {
      await diskSet(api, {annotations: creating})
      await untilPods(api, NAMESPACE, 1, isCreating)
    },
  },
  'detach-stuck': {
    ask: 'sts/db',
    proves: ['detach-stuck'],
    not: ['attach-multi-pod', 'attach-multi-leftover', 'attach-timeout', 'attach-failed-driver'],
    later: 10,
    arrange: async (api) => {
      await moved(api)
      await unmount(api)
      await untilDetaching(api)
      const message = 'rpc error: code = DeadlineExceeded desc = context deadline exceeded'
      await attacher(api, 'node-a', {detachError: failure(message)})
    },
  },
  'attached-to-deleted-node': {
    ask: 'sts/db',
    proves: ['va-orphan'],
    not: ['attach-multi-pod', 'attach-timeout', 'detach-stuck', 'attach-multi-leftover'],
    later: 10,
    arrange: async (api) => {
      await moved(api)
      await api.kubectl(['delete', 'node', 'node-a'])
    },
  },
  'mount-fails': {
    ask: 'sts/db',
    proves: ['mount-failed-driver'],
    not: ['attach-timeout', 'mount-timeout', 'mount-configmap-secret', 'sandbox-create-failed'],
    later: 5,
    arrange: async (api) => {
      await diskSet(api, {annotations: {...creating, ...says('mount-failed')}})
      await attacher(api, 'node-a', {attached: true})
      await untilTold(api, 1)
    },
  },
  'config-volume-missing': {
    ask: 'sts/db',
    proves: ['mount-configmap-secret'],
    not: ['container-config-missing-ref', 'mount-failed-driver', 'container-creating-quiet'],
    later: 5,
    arrange: async (api) => {
      const volumes = [{name: 'settings', configMap: {name: 'db-settings'}}]
      await diskSet(api, {annotations: {...creating, ...says('volume-missing')}, podSpec: {volumes}})
      await attacher(api, 'node-a', {attached: true})
      await untilTold(api, 1)
    },
  },
}

/** The kubelet of the old node has let go of it, so that it is detached. */
async function unmount(api: ControlPlane): Promise<void> {
  const path = '/api/v1/nodes/node-a'
  await api.request('PATCH', path, {metadata: {annotations: {'kubectl-stateful.test/volumes-in-use': null}}})
  await api.request('PATCH', `${path}/status`, {status: {volumesInUse: null}})
}

async function untilDetaching(api: ControlPlane): Promise<void> {
  const path = '/apis/storage.k8s.io/v1/volumeattachments'
  const read = () => api.get<{items: V1Pod[]}>(path)
  await until('detaching', read, ({items}) => items.some(({metadata}) => metadata?.deletionTimestamp))
}
