import type {V1ClusterRole, V1ClusterRoleBinding, V1PodList} from '@kubernetes/client-node'
import {pluralOf, resourceKeys, resources} from '../../../src/cluster/resources.ts'
import {behaviour} from '../situations/behaviours.ts'
import {edit, template} from '../situations/edits.ts'
import {claim, localVolume, storageClass} from '../situations/volumes.ts'
import {isUnschedulable, untilPods, untilReady} from '../situations/waits.ts'
import {headlessService, statefulSet} from '../situations/workloads.ts'
import type {ControlPlane} from '../tools/control-plane.ts'
import {until} from '../tools/until.ts'
import type {SpareUser} from '../tools/users.ts'

/** Who lacks the right to read what, and nothing else. */
export const WITHHELD = {
  reader: ['events'],
  nobody: ['nodes'],
  'tenant-a': ['persistentvolumes', 'storageclasses', 'volumeattachments'],
  'tenant-b': ['persistentvolumeclaims'],
} as const satisfies Readonly<Record<SpareUser, readonly string[]>>

/** The rights to everything that the plugin reads, but for those. */
export function allBut(user: SpareUser): readonly [V1ClusterRole, V1ClusterRoleBinding] {
  const apiGroup = 'rbac.authorization.k8s.io'
  const apiVersion = `${apiGroup}/v1`
  const metadata = {name: `all-but-${user}`}
  const withheld: readonly string[] = WITHHELD[user]
  const rules = resourceKeys
    .map((key) => ({plural: pluralOf(key), group: resources[key].apiVersion.split('/').at(-2) ?? ''}))
    .filter(({plural}) => !withheld.includes(plural))
    .map(({plural, group}) => ({apiGroups: [group], resources: [plural], verbs: ['get', 'list', 'watch']}))
  return [
    {apiVersion, kind: 'ClusterRole', metadata, rules},
    {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef: {apiGroup, kind: 'ClusterRole', name: metadata.name},
      subjects: [{apiGroup, kind: 'User', name: user}],
    },
  ]
}

export interface Stuck {
  /** Brings the set `db` of that namespace into it. */
  readonly arrange: (api: ControlPlane, namespace: string) => Promise<void>
  /** The cause, as who may read everything is told it. */
  readonly cause: string
  /** What users are told who may not see the proof: what is left to say, or nothing. */
  readonly instead?: Readonly<Partial<Record<SpareUser, string | null>>>
}

const isPulling: Parameters<typeof untilPods>[3] = ({status}) =>
  Boolean(status?.containerStatuses?.some(({state}) => state?.waiting?.reason === 'ImagePullBackOff'))

async function trap(api: ControlPlane, namespace: string): Promise<void> {
  const annotations = behaviour('ready')
  const set = {namespace, replicas: 2, image: 'registry.example/db:1', claims: [claim('data')]}
  await api.apply([
    storageClass(),
    ...['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`)),
    headlessService('db', namespace),
    statefulSet({...set, annotations}),
  ])
  await untilReady(api, namespace, 'db')
  await edit(api, 'statefulsets', [namespace, 'db'], template('db:nope', 'image-pull'))
  await untilPods(api, namespace, 1, isPulling)
  await edit(api, 'statefulsets', [namespace, 'db'], template('db:1'))
}

async function claimPending(api: ControlPlane, namespace: string): Promise<void> {
  const claims = [claim('data', {storageClass: 'gone'})]
  await api.apply([headlessService('db', namespace), statefulSet({namespace, claims})])
  await untilPods(api, namespace, 1, isUnschedulable)
}

async function quota(api: ControlPlane, namespace: string): Promise<void> {
  const metadata = {name: 'few', namespace}
  await api.apply({apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: {hard: {pods: '1'}}})
  const used = () => api.get<{status?: {used?: object}}>(`/api/v1/namespaces/${namespace}/resourcequotas/few`)
  await until('the quota counts', used, ({status}) => status?.used !== undefined)
  await api.apply([headlessService('db', namespace), statefulSet({namespace})])
  const events = () => api.get<V1PodList>(`/api/v1/namespaces/${namespace}/events`)
  await until('a Pod was refused', events, (list) => JSON.stringify(list).includes('exceeded quota'))
}

async function noRoom(api: ControlPlane, namespace: string): Promise<void> {
  const resources = {requests: {cpu: '6'}}
  const containers = [{name: 'app', image: 'registry.example/db:1', resources}]
  const spec = {replicas: 4, podSpec: {containers}}
  await api.apply([headlessService('db', namespace), statefulSet({namespace, ...spec})])
  await untilPods(api, namespace, 1, isUnschedulable)
}

export const STUCK: Readonly<Record<string, Stuck>> = {
  trap: {arrange: trap, cause: 'sts-ordered-revision-deadlock'},
  'claim-pending': {
    arrange: claimPending,
    cause: 'pvc-class-missing',
    instead: {'tenant-a': 'pvc-provisioning-failed', 'tenant-b': 'sched-unbound-immediate-pvc'},
  },
  quota: {arrange: quota, cause: 'create-quota', instead: {reader: null}},
  'no-room': {arrange: noRoom, cause: 'sched-insufficient-cpu'},
}
