/** A DaemonSet `agent` in `shop` and what belongs to it, as the API would send them. */

import {daemonTolerations} from '../src/model/daemon-eligibility.ts'
import type {
  ControllerRevision,
  DaemonSet,
  Event,
  Node,
  Pod,
  PodTemplate,
  Taint,
  Toleration,
} from '../src/model/objects.ts'
import {CREATED, containerStatus, node, type WholeMeta} from './builders.ts'

export type PodSpec = NonNullable<PodTemplate['spec']>
type Strategy = NonNullable<NonNullable<DaemonSet['spec']>['updateStrategy']>

/** The hash of the current template, and that of the one before. */
export const NEW = 'new'
export const OLD = 'old'

interface DaemonSetParts {
  readonly name?: string
  readonly metadata?: WholeMeta
  /** Of the Pod template. */
  readonly template?: Partial<PodSpec>
  readonly strategy?: Strategy
  readonly spec?: Partial<NonNullable<DaemonSet['spec']>>
  readonly status?: Partial<NonNullable<DaemonSet['status']>>
}

/** `agent` in `shop`: RollingUpdate with the API's defaults, generation 2 and observed. */
export function daemonSet({
  name = 'agent',
  metadata = {},
  template = {},
  strategy = rollingUpdate({maxUnavailable: 1, maxSurge: 0}),
  spec = {},
  status = {},
}: DaemonSetParts = {}): DaemonSet {
  const labels = {app: name}
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      creationTimestamp: CREATED,
      generation: 2,
      ...metadata,
    },
    spec: {
      selector: {matchLabels: labels},
      updateStrategy: strategy,
      template: {metadata: {labels}, spec: {containers: [{name: 'main'}], ...template}},
      ...spec,
    },
    status: {observedGeneration: 2, ...status} as NonNullable<DaemonSet['status']>,
  }
}

export function rollingUpdate(limits: {
  maxUnavailable?: number | string
  maxSurge?: number | string
}): Strategy {
  return {type: 'RollingUpdate', rollingUpdate: limits as NonNullable<Strategy['rollingUpdate']>}
}

export const ON_DELETE: Strategy = {type: 'OnDelete'}

interface DaemonPodParts {
  readonly name?: string
  readonly set?: string
  readonly hash?: string
  readonly metadata?: WholeMeta
  readonly spec?: Partial<NonNullable<Pod['spec']>>
  readonly status?: Partial<NonNullable<Pod['status']>>
}

/** A Pod of `agent` on that node: of the current revision, running, ready since long ago. */
export function daemonPod(
  on: string,
  {
    set = 'agent',
    hash = NEW,
    name = `${set}-${on}`,
    metadata = {},
    spec = {},
    status = {},
  }: DaemonPodParts = {},
): Pod {
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      creationTimestamp: CREATED,
      labels: {app: set, 'controller-revision-hash': hash},
      ownerReferences: [
        {apiVersion: 'apps/v1', kind: 'DaemonSet', name: set, uid: `uid-${set}`, controller: true},
      ],
      ...metadata,
    },
    spec: {
      nodeName: on,
      affinity: pinned(on),
      tolerations: [...daemonTolerations(undefined)],
      containers: [{name: 'main'}],
      ...spec,
    },
    status: {
      phase: 'Running',
      conditions: [
        {type: 'Initialized', status: 'True'},
        {type: 'Ready', status: 'True', lastTransitionTime: '2026-05-01T10:00:30Z'},
        {type: 'PodScheduled', status: 'True'},
      ],
      containerStatuses: [containerStatus({state: {running: {startedAt: CREATED}}, ready: true})],
      ...status,
    },
  }
}

/** What the controller replaces a Pod's required node affinity by. */
export function pinned(...names: readonly string[]): NonNullable<PodSpec['affinity']> {
  const matchFields = [{key: 'metadata.name', operator: 'In', values: names}]
  return {
    nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields}]}},
  }
}

/** A Pod that the scheduler found no room for on its node, half an hour ago. */
export function waitingPod(
  on: string,
  message: string,
  {spec = {}, status = {}, ...others}: DaemonPodParts = {},
): Pod {
  const made = daemonPod(on, others)
  const {nodeName: _, ...unbound} = made.spec ?? {containers: []}
  return {
    ...made,
    spec: {...unbound, ...spec},
    status: {
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message,
          lastTransitionTime: '2026-05-01T11:30:00Z',
        },
      ],
      ...status,
    },
  }
}

/** A Pod that is bound and not ready since half an hour; `waiting` is why its container does not run. */
export function unreadyPod(
  on: string,
  waiting?: {reason: string; message?: string},
  {status = {}, ...others}: DaemonPodParts = {},
): Pod {
  const state = waiting ? {waiting} : {running: {startedAt: CREATED}}
  return daemonPod(on, {
    ...others,
    status: {
      phase: waiting ? 'Pending' : 'Running',
      conditions: [
        {type: 'Initialized', status: 'True'},
        {
          type: 'Ready',
          status: 'False',
          reason: 'ContainersNotReady',
          lastTransitionTime: '2026-05-01T11:30:00Z',
        },
      ],
      containerStatuses: [containerStatus({state})],
      ...status,
    },
  })
}

export function revision(hash: string, number: number, metadata: WholeMeta = {}): ControllerRevision {
  return {
    revision: number,
    metadata: {
      name: `agent-${hash}`,
      namespace: 'shop',
      labels: {'controller-revision-hash': hash},
      ownerReferences: [
        {apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'uid-agent', controller: true},
      ],
      ...metadata,
    },
  }
}

/** Both revisions of `agent`. */
export const REVISIONS = [revision(OLD, 1), revision(NEW, 2)]

/** `key=value:Effect`, as kubectl writes it. */
function taint(text: string): Taint {
  const [pair = '', effect = ''] = text.split(':')
  const [key = '', value] = pair.split('=')
  return {key, effect, ...(value !== undefined && {value})}
}

type NodeParts = NonNullable<Parameters<typeof node>[0]>

/** A ready node of two hours' age with these taints. */
export function tainted(name: string, taints: readonly string[] = [], others: NodeParts = {}): Node {
  const spec = taints.length > 0 ? {taints: taints.map(taint)} : {}
  return node({
    ...others,
    name,
    metadata: {
      creationTimestamp: CREATED,
      labels: {'kubernetes.io/hostname': name},
      ...others.metadata,
    },
    spec: {...spec, ...others.spec},
  })
}

export const LOST_TAINTS = [
  'node.kubernetes.io/unreachable:NoSchedule',
  'node.kubernetes.io/unreachable:NoExecute',
]

/** A node whose kubelet has been silent for an hour, with the taints that follow from that. */
export function lostNode(name: string, others: NodeParts = {}): Node {
  return tainted(name, LOST_TAINTS, {
    status: {
      conditions: [
        {
          type: 'Ready',
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
          lastTransitionTime: '2026-05-01T11:00:00Z',
        },
      ],
    },
    ...others,
  })
}

/** Tolerates whatever there is, as node agents do. */
export const EVERYTHING: readonly Toleration[] = [{operator: 'Exists'}]

/** What was said of `agent`, last a minute ago. */
export function daemonEvent(reason: string, message: string, others: Partial<Event> = {}): Event {
  return {
    metadata: {name: `e-${reason}`, namespace: 'shop'},
    involvedObject: {kind: 'DaemonSet', namespace: 'shop', name: 'agent'},
    reason,
    message,
    firstTimestamp: '2026-05-01T11:30:00Z',
    lastTimestamp: '2026-05-01T11:59:00Z',
    count: 7,
    ...others,
  }
}
