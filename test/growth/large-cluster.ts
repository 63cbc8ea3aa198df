/** A cluster of any size: sets with claims, volumes and attachments, daemons on every node, and here and there a trouble. */
import type {DaemonSet, Event, Node, Pod, StatefulSet} from '../../src/model/objects.ts'
import {type ClusterSnapshot, snapshotOf} from '../../src/model/snapshot.ts'
import {
  attachment,
  CREATED,
  claim,
  containerStatus,
  event,
  NOW,
  node,
  pendingPod,
  pinnedTo,
  pod,
  service,
  statefulSet,
  storageClass,
  volume,
} from '../builders.ts'

/** How large it is; `daemons` is how many DaemonSets have a Pod on every node. */
export interface Size {
  readonly nodes: number
  readonly sets: number
  readonly replicas: number
  readonly daemons: number
}

const ZONES = ['a', 'b', 'c']
const upTo = (count: number) => Array.from({length: count}, (_, index) => index)
const zoneOf = (index: number) => ZONES[index % ZONES.length] ?? ''

/** Of many one has each trouble, so that troubles grow with the cluster. */
const isOdd = (index: number, trouble: number) => index % 41 === trouble

export function largeCluster(size: Size): ClusterSnapshot {
  const sets = upTo(size.sets)
  const daemonSets = upTo(size.daemons).map(daemonSet)
  const ordinals = sets.flatMap((set) => upTo(size.replicas).map((ordinal) => ordinalOf(set, ordinal, size)))
  const daemons = daemonSets.flatMap((set, index) =>
    upTo(size.nodes).flatMap((at) => daemonPod(set, index, at)),
  )
  const pods = [...ordinals.flatMap((each) => each.pods ?? []), ...daemons]
  return snapshotOf(NOW, {
    server: {version: 'v1.37.1'},
    nodes: upTo(size.nodes).map(nodeOf),
    statefulSets: sets.map((set) => setOf(set, size.replicas)),
    daemonSets,
    services: sets.map((set) => service({name: `s${set}`})),
    storageClasses: [storageClass()],
    controllerRevisions: [
      ...sets.flatMap((set) => [1, 2].map((number) => revision('StatefulSet', `s${set}`, number))),
      ...daemonSets.map((set) => revision('DaemonSet', set.metadata?.name ?? '', 1)),
    ],
    pods,
    persistentVolumeClaims: ordinals.map((each) => each.claim),
    persistentVolumes: ordinals.flatMap((each) => each.volumes),
    volumeAttachments: ordinals.map((each) => each.attachment),
    events: [...ordinals.flatMap((each) => each.events), ...daemons.flatMap(eventsOfPod)],
  })
}

function nodeOf(index: number): Node {
  const name = `n${index}`
  const isReady = !isOdd(index, 7)
  return node({
    name,
    metadata: {
      labels: {'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zoneOf(index)},
    },
    spec: {
      ...(isOdd(index, 9) && {unschedulable: true}),
      ...(!isReady && {taints: [{key: 'node.kubernetes.io/unreachable', effect: 'NoExecute'}]}),
    },
    status: {
      allocatable: {cpu: '8', memory: '32Gi', pods: '110'},
      conditions: [{type: 'Ready', status: isReady ? 'True' : 'Unknown', lastTransitionTime: CREATED}],
    },
  })
}

function setOf(set: number, replicas: number): StatefulSet {
  const name = `s${set}`
  const revisions = {currentRevision: `${name}-1`, updateRevision: `${name}-${isOdd(set, 3) ? 2 : 1}`}
  const made = statefulSet({name, replicas, metadata: {generation: 1}})
  return {
    ...made,
    status: {observedGeneration: 1, replicas, readyReplicas: replicas, ...revisions},
  } as StatefulSet
}

function revision(kind: string, name: string, number: number) {
  return {
    metadata: {
      name: `${name}-${number}`,
      namespace: 'shop',
      creationTimestamp: CREATED,
      labels: {'controller-revision-hash': `${name}-${number}`},
      ownerReferences: [{apiVersion: 'apps/v1', kind, name, uid: `uid-${name}`, controller: true}],
    },
    revision: number,
  }
}

function ordinalOf(set: number, ordinal: number, {nodes, replicas}: Size) {
  const index = set * replicas + ordinal
  const [name, at] = [`s${set}-${ordinal}`, index % nodes]
  const data = `data-${name}`
  const isReleased = isOdd(index, 5)
  const involvedObject = {kind: 'PersistentVolume', name: `pv-old-${name}`}
  const former = volume({
    name: `pv-old-${name}`,
    spec: {claimRef: {namespace: 'shop', name: `data-s${set}-${ordinal + replicas}`, uid: 'gone'}},
    status: {phase: 'Released'},
  })
  const pods = podsOf(set, name, index, at)
  return {
    pods,
    claim: claim({name: data, metadata: {labels: {app: `s${set}`}}}),
    volumes: [volume({name: `pv-${data}`, spec: placeOf(index, at)}), ...(isReleased ? [former] : [])],
    attachment: attachment({
      name: `csi-${name}`,
      spec: {nodeName: `n${at}`, source: {persistentVolumeName: `pv-${data}`}},
      ...(isOdd(index, 6) && {
        status: {
          attached: false,
          attachError: {time: CREATED, message: 'volume is attached to another node'},
        },
      }),
    }),
    events: [
      ...(isReleased ? [event('VolumeFailedDelete', 'still attached', {involvedObject})] : []),
      ...pods.flatMap(eventsOfPod),
    ],
  }
}

/** Most volumes are of a zone, some of one node. */
function placeOf(index: number, at: number) {
  return index % 5 === 0
    ? pinnedTo('kubernetes.io/hostname', `n${at}`)
    : pinnedTo('topology.kubernetes.io/zone', zoneOf(at))
}

const CRASHED = {
  conditions: [{type: 'Ready', status: 'False', lastTransitionTime: CREATED}],
  containerStatuses: [
    containerStatus({
      restartCount: 9,
      state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s'}},
      lastState: {terminated: {exitCode: 1, reason: 'Error', finishedAt: CREATED}},
    }),
  ],
}

function podsOf(set: number, name: string, index: number, at: number): readonly Pod[] {
  const spec = {nodeName: `n${at}`, containers: [{name: 'main', resources: {requests: {cpu: '250m'}}}]}
  const whole = {name, set: `s${set}`, spec}
  if (isOdd(index, 1)) return []
  if (isOdd(index, 2)) return [pod({...whole, status: CRASHED})]
  if (isOdd(index, 4)) return [pod({...whole, metadata: {...pod(whole).metadata, ...TERMINATING}} as never)]
  if (isOdd(index, 8)) return [waiting(name, set, '0/9 nodes are available: 9 Insufficient cpu.')]
  if (isOdd(index, 10))
    return [waiting(name, set, "0/9 nodes are available: 9 node(s) didn't match Pod's node affinity.")]
  return [pod(whole)]
}

const TERMINATING = {deletionTimestamp: CREATED, deletionGracePeriodSeconds: 30}

function waiting(name: string, set: number, message: string): Pod {
  const reason = {type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message}
  return pendingPod({
    name,
    set: `s${set}`,
    status: {conditions: [{...reason, lastTransitionTime: CREATED}]},
  })
}

function eventsOfPod({metadata, status}: Pod): readonly Event[] {
  if (status?.phase === 'Running' && status.conditions?.every((each) => each.status === 'True')) return []
  const {name = '', namespace = '', uid} = metadata ?? {}
  const involvedObject = {kind: 'Pod', namespace, name, ...(uid && {uid})}
  return ['BackOff', 'FailedMount', 'Unhealthy'].map((reason) => ({
    ...event(reason, 'something failed', {involvedObject}),
    metadata: {name: `${name}-${reason}`, namespace},
  }))
}

function daemonSet(index: number): DaemonSet {
  const name = `d${index}`
  const labels = {app: name}
  return {
    metadata: {name, namespace: 'shop', uid: `uid-${name}`, creationTimestamp: CREATED, generation: 1},
    spec: {
      selector: {matchLabels: labels},
      template: {metadata: {labels}, spec: {containers: [{name: 'main'}]}},
      updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 1}},
    },
    status: {observedGeneration: 1},
  } as unknown as DaemonSet
}

function daemonPod(set: DaemonSet, index: number, at: number): readonly Pod[] {
  const [name, owner] = [`${set.metadata?.name}-x${at}`, set.metadata?.name ?? '']
  if (isOdd(at + index, 11)) return []
  const made = pod({
    name,
    set: owner,
    metadata: {
      uid: `uid-${name}`,
      labels: {app: owner, 'controller-revision-hash': `${owner}-1`},
      ownerReferences: [
        {apiVersion: 'apps/v1', kind: 'DaemonSet', name: owner, uid: `uid-${owner}`, controller: true},
      ],
      creationTimestamp: CREATED,
      namespace: 'shop',
      name,
    },
    spec: {nodeName: `n${at}`, volumes: []},
    ...(isOdd(at + index, 12) && {status: CRASHED}),
  })
  return [made]
}
