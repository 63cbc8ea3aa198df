import type {
  KubernetesObject,
  V1CSINode,
  V1Deployment,
  V1Node,
  V1PersistentVolume,
  V1PodDisruptionBudget,
  V1PodSpec,
  V1StatefulSet,
  V1TopologySpreadConstraint,
} from '@kubernetes/client-node'
import {type Behaviour, behaviourOf} from '../situations/behaviours.ts'
import {node} from '../situations/nodes.ts'
import {claim, localVolume, storageClass, zonalVolume} from '../situations/volumes.ts'
import {daemonSet, deployment, headlessService, statefulSet} from '../situations/workloads.ts'
import type {Seeded} from '../tools/seeded.ts'

/** A small cluster of its own within the cluster: nodes that nobody else uses, and workloads that use no others. */
export interface Situation {
  readonly namespace: string
  readonly nodes: readonly V1Node[]
  /** In the order in which they are to be created. */
  readonly objects: readonly KubernetesObject[]
  readonly sets: readonly V1StatefulSet[]
  readonly hasDaemons: boolean
  /** Names of Pods that never become ready, whoever creates them again. */
  readonly broken: readonly string[]
}

const LETTERS = ['a', 'b', 'c', 'd', 'e'] as const
/** Nodes have it, and whoever is of the situation wants it. */
export const LABEL = 'what-if'

export function anySituation(random: Seeded, namespace: string): Situation {
  const nodes = anyNodes(random, namespace)
  const only: Partial<V1PodSpec> = {nodeSelector: {[LABEL]: namespace}}
  const broken: string[] = []
  const storage = random.pick(['none', 'none', 'local', 'local', 'zonal', 'driver', 'driver'] as const)
  const db = anySet(random, {name: 'db', namespace, only, storage, broken})
  const sets = random.chance(40)
    ? [db, anySet(random, {name: 'web', namespace, only, storage: 'none', broken})]
    : [db]
  const hasDaemons = random.chance(60)
  const daemons = hasDaemons
    ? [
        daemonSet({
          namespace,
          podSpec: only,
          spec: {
            updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 1 + random.below(2)}},
          },
        }),
      ]
    : []
  const bare: KubernetesObject[] = random.chance(15) ? [barePod(namespace, only)] : []
  const api = random.chance(30) ? [anyDeployment(random, namespace, only)] : []
  return {
    namespace,
    nodes,
    objects: [
      storageClass(classOf(namespace)),
      ...disksOf(storage, namespace, nodes),
      ...(storage === 'driver' ? limitsOf(random, namespace, nodes) : []),
      headlessService('db', namespace),
      ...budgetsOf(random, namespace),
      ...sets,
      ...daemons,
      ...api,
      ...bare,
    ],
    sets,
    hasDaemons,
    broken,
  }
}

const ZONE = 'topology.kubernetes.io/zone'
const HOSTNAME = 'kubernetes.io/hostname'
const driverOf = (namespace: string) => `${namespace}.example.com`
const classOf = (namespace: string) => `local-${namespace}`
const zoneOf = (namespace: string, zone: number) => `${namespace}-zone-${zone}`

function anyNodes(random: Seeded, namespace: string): readonly V1Node[] {
  const zones = 2 + random.below(2)
  return LETTERS.slice(0, 2 + random.below(4)).map((letter, index) =>
    node(`${namespace}-${letter}`, {
      zone: zoneOf(namespace, index % zones),
      labels: {[LABEL]: namespace},
      resources: {cpu: random.pick(['2', '4'])},
    }),
  )
}

interface SetWish {
  readonly name: string
  readonly namespace: string
  readonly only: Partial<V1PodSpec>
  readonly storage: 'none' | 'local' | 'zonal' | 'driver'
  readonly broken: string[]
}

function anySet(random: Seeded, {name, namespace, only, storage, broken}: SetWish): V1StatefulSet {
  const replicas = 1 + random.below(4)
  const start = random.chance(20) ? 3 : 0
  const behaviours: Record<number, Behaviour> = {}
  if (random.chance(20)) {
    const ordinal = start + random.below(replicas)
    behaviours[ordinal] = random.pick(['not-ready', 'crash'])
    broken.push(`${name}-${ordinal}`)
  }
  const rollingUpdate = {
    ...(random.chance(20) && {partition: start + random.below(replicas)}),
    ...(random.chance(20) && {maxUnavailable: 2}),
  }
  const retention = random.pick([undefined, {whenScaled: 'Delete'}, {whenDeleted: 'Delete'}])
  const set = statefulSet({
    name,
    namespace,
    replicas,
    start,
    claims: storage === 'none' ? [] : [claim('data', {storageClass: classOf(namespace)})],
    annotations: behaviourOf(behaviours),
    podSpec: {
      ...only,
      ...(random.chance(25) && {affinity: apart(name)}),
      ...(random.chance(40) && {topologySpreadConstraints: anySpread(random, name)}),
    },
    spec: {
      ...(random.chance(40) && {podManagementPolicy: 'Parallel'}),
      ...(Object.keys(rollingUpdate).length > 0 && {updateStrategy: {type: 'RollingUpdate', rollingUpdate}}),
      ...(retention && storage !== 'none' && {persistentVolumeClaimRetentionPolicy: retention}),
    },
  })
  return asking(random.pick([undefined, '500m', '1', '1500m']), set)
}

function anyDeployment(random: Seeded, namespace: string, podSpec: Partial<V1PodSpec>): V1Deployment {
  const spec = {replicas: 1 + random.below(3)}
  const api = deployment({name: 'api', namespace, podSpec, spec})
  return asking(random.pick([undefined, '500m', '1500m']), api)
}

/** Each of its Pods requests so much. */
function asking<Workload extends V1StatefulSet | V1Deployment>(
  cpu: string | undefined,
  workload: Workload,
): Workload {
  const [container] = workload.spec?.template.spec?.containers ?? []
  if (container && cpu) container.resources = {requests: {cpu}}
  return workload
}

/** Never two of them on one node. */
function apart(app: string): NonNullable<V1PodSpec['affinity']> {
  const term = {labelSelector: {matchLabels: {app}}, topologyKey: 'kubernetes.io/hostname'}
  return {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [term]}}
}

/** One rule, or one for zones and one for nodes. */
function anySpread(random: Seeded, app: string): V1TopologySpreadConstraint[] {
  const keys = random.pick([[ZONE], [ZONE], [HOSTNAME], [ZONE, HOSTNAME]])
  return keys
    .map((topologyKey) => ({
      topologyKey,
      maxSkew: 1 + random.below(2),
      whenUnsatisfiable: random.chance(85) ? 'DoNotSchedule' : 'ScheduleAnyway',
      labelSelector: {matchLabels: {app}},
      ...(random.chance(30) && {nodeTaintsPolicy: 'Honor'}),
      ...(random.chance(20) && {matchLabelKeys: ['controller-revision-hash']}),
    }))
    .map((rule) =>
      rule.whenUnsatisfiable === 'DoNotSchedule' && random.chance(20) ? {...rule, minDomains: 3} : rule,
    )
}

/** How many volumes of the driver each node takes, if it says so. */
function limitsOf(random: Seeded, namespace: string, nodes: readonly V1Node[]): readonly V1CSINode[] {
  return nodes
    .filter(() => random.chance(80))
    .map(({metadata}) => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSINode',
      metadata: {name: metadata?.name ?? ''},
      spec: {
        drivers: [
          {
            name: driverOf(namespace),
            nodeID: metadata?.name ?? '',
            allocatable: {count: 1 + random.below(3)},
          },
        ],
      },
    }))
}

function disksOf(
  storage: SetWish['storage'],
  namespace: string,
  nodes: readonly V1Node[],
): readonly V1PersistentVolume[] {
  const options = {storageClass: classOf(namespace)}
  const many = LETTERS.map((_, index) => index)
  if (storage === 'local')
    return nodes.flatMap(({metadata}) =>
      many.map((index) => localVolume(`${metadata?.name}-${index}`, metadata?.name ?? '', options)),
    )
  const zonal = [0, 1, 2].flatMap((zone) =>
    many.map((index) => zonalVolume(`${namespace}-${zone}-${index}`, zoneOf(namespace, zone), options)),
  )
  if (storage === 'zonal') return zonal
  return storage === 'driver' ? zonal.map((volume) => attached(volume, driverOf(namespace))) : []
}

/** The same, as a driver has it. */
function attached({spec, ...volume}: V1PersistentVolume, driver: string): V1PersistentVolume {
  const {hostPath: _, ...rest} = spec ?? {}
  return {...volume, spec: {...rest, csi: {driver, volumeHandle: volume.metadata?.name ?? ''}}}
}

function budgetsOf(random: Seeded, namespace: string): readonly V1PodDisruptionBudget[] {
  if (!random.chance(55)) return []
  const rule = random.pick([
    {minAvailable: 1},
    {minAvailable: 2},
    {minAvailable: 3},
    {maxUnavailable: 0},
    {maxUnavailable: 1},
    {maxUnavailable: '50%'},
  ])
  const policy = random.chance(30) ? {unhealthyPodEvictionPolicy: 'AlwaysAllow'} : {}
  const budget = (name: string): V1PodDisruptionBudget => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: {name, namespace},
    spec: {...rule, ...policy, selector: {matchLabels: {app: 'db'}}},
  })
  return random.chance(8) ? [budget('db'), budget('again')] : [budget('db')]
}

function barePod(namespace: string, only: Partial<V1PodSpec>): KubernetesObject {
  const spec: V1PodSpec = {...only, containers: [{name: 'app', image: 'registry.example/alone:1'}]}
  const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'alone', namespace}, spec}
  return pod
}
