import type {V1StatefulSet} from '@kubernetes/client-node'
import {behaviour} from '../situations/behaviours.ts'
import {podTemplate} from '../situations/pod-template.ts'
import {isTerminating, untilGone, untilPods, untilReady} from '../situations/waits.ts'
import {type StatefulSetOptions, statefulSet} from '../situations/workloads.ts'
import {
  behave,
  type Cure,
  create,
  data,
  disks,
  edit,
  kubectl,
  onItsNodes,
  roll,
  type Sandbox,
  service,
} from './cure.ts'

const STS = 'statefulsets'

export const set = (place: Sandbox, options: StatefulSetOptions = {}): V1StatefulSet =>
  statefulSet({
    namespace: place.namespace,
    podSpec: onItsNodes(place),
    annotations: behaviour('ready'),
    ...options,
  })

async function working(place: Sandbox, options?: StatefulSetOptions): Promise<void> {
  await create(place, service(place), set(place, options))
  await untilReady(place.api, place.namespace, 'db')
}

const pulling = (place: Sandbox, count = 1) =>
  untilPods(place.api, place.namespace, count, ({status}) =>
    Boolean(status?.containerStatuses?.some(({state}) => state?.waiting?.reason === 'ImagePullBackOff')),
  )

const rolling = (partition: number) => ({
  updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition}},
})

/** The labels `version` of its Pods. */
const versions = async (place: Sandbox) =>
  (await kubectl(place, 'get', 'pods', '-o', 'jsonpath={.items[*].metadata.labels.version}')).split(' ')

async function foreign(place: Sandbox): Promise<void> {
  const {spec} = podTemplate('copy', {podSpec: onItsNodes(place)})
  const metadata = {name: 'db-1', namespace: place.namespace, labels: {app: 'copy'}}
  await create(place, service(place), {apiVersion: 'v1', kind: 'Pod', metadata, spec})
  await create(place, set(place))
  await untilPods(place.api, place.namespace, 2)
}

/** A set that was recreated around its Pods, with one more claim template. */
async function adopted(place: Sandbox): Promise<void> {
  await create(place, ...disks(place))
  await working(place, {replicas: 1, claims: [data()]})
  await kubectl(place, 'delete', 'sts', 'db', '--cascade=orphan')
  await untilGone(place.api, `/apis/apps/v1/namespaces/${place.namespace}/statefulsets/db`)
  const [node] = await untilPods(place.api, place.namespace, 1)
  const [first] = disks({...place, nodes: [node?.spec?.nodeName ?? '', '', '']})
  await create(place, {...first, metadata: {name: `wal-${place.namespace}`}})
  await create(place, set(place, {replicas: 1, claims: [data(), data('wal')]}))
  await untilReady(place.api, place.namespace, 'db')
}

export const setCures: Readonly<Record<string, Cure>> = {
  'sts-ordered-revision-deadlock': {
    about: 'sts/db',
    arrange: async (place) => {
      await working(place, {replicas: 2})
      await roll(place, STS, 2, 'image-pull')
      await pulling(place)
      await roll(place, STS, 3)
    },
  },
  'sts-partition-hold': {
    about: 'sts/db',
    arrange: async (place) => {
      await working(place, {spec: rolling(2)})
      await roll(place, STS, 2)
      await untilPods(place.api, place.namespace, 1, ({metadata}) => metadata?.labels?.version === '2')
      await untilReady(place.api, place.namespace, 'db')
    },
    ends: async (place) => (await versions(place)).join() === '2,2,2',
  },
  'sts-partition-all-held': {
    about: 'sts/db',
    arrange: async (place) => {
      await working(place, {replicas: 2, spec: rolling(2)})
      await roll(place, STS, 2)
    },
    ends: async (place) => (await versions(place)).includes('2'),
  },
  'sts-partition-raised-after-update': {
    about: 'sts/db',
    arrange: async (place) => {
      await working(place, {replicas: 3, spec: rolling(1)})
      await roll(place, STS, 2)
      await untilPods(place.api, place.namespace, 2, ({metadata}) => metadata?.labels?.version === '2')
      await untilReady(place.api, place.namespace, 'db')
      await edit(place, STS, rolling(3))
    },
    ends: async (place) => !(await versions(place)).includes('2'),
  },
  'sts-ondelete-waiting': {
    about: 'sts/db',
    arrange: async (place) => {
      await working(place, {spec: {updateStrategy: {type: 'OnDelete'}}})
      await roll(place, STS, 2)
    },
  },
  'sts-name-held-by-foreign-pod': {about: 'sts/db', arrange: foreign},
  'sts-adopted-pod-volume-mismatch': {about: 'sts/db', arrange: adopted},
  'sts-scaledown-two-unhealthy': {
    about: 'sts/db',
    arrange: async (place) => {
      await working(place, {replicas: 3})
      for (const pod of ['db-1', 'db-2']) await behave(place, pod, 'image-pull')
      await setUnready(place, 'db-1', 'db-2')
      await edit(place, STS, {replicas: 1})
    },
  },
  'pvc-retention-delete-on-scale': {
    about: 'sts/db',
    arrange: async (place) => {
      await create(place, ...disks(place))
      const policy = {persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete'}}
      await working(place, {replicas: 2, claims: [data()], spec: policy})
      await behave(place, 'db-1', 'hang-terminating')
      await edit(place, STS, {replicas: 1})
      await untilPods(place.api, place.namespace, 1, isTerminating)
    },
    ends: async (place) => {
      const owners = 'jsonpath={.metadata.ownerReferences[*].kind}'
      const claims = await kubectl(place, 'get', 'pvc', 'data-db-1', '-o', 'name')
      // the controller has to have seen the change before the Pod goes
      if ((await kubectl(place, 'get', 'pvc', 'data-db-1', '-o', owners)).includes('Pod')) return false
      await behave(place, 'db-1', 'ready').catch(() => {})
      const pods = await kubectl(place, 'get', 'pods', '-o', 'name')
      return claims !== '' && !pods.includes('db-1')
    },
  },
}

/** They were ready once: only then has the controller created them all. */
async function setUnready(place: Sandbox, ...pods: readonly string[]): Promise<void> {
  for (const pod of pods) {
    const status = {conditions: [{type: 'Ready', status: 'False'}], phase: 'Running'}
    const change = JSON.stringify({status})
    await kubectl(place, 'patch', 'pod', pod, '--subresource=status', '-p', change)
  }
}
