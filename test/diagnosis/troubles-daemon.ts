/** One small cluster per cause of a DaemonSet, in which everything that has a name is called after `h`. */
import type {ControllerRevision, Event, Node, Pod} from '../../src/model/objects.ts'
import {CREATED, containerStatus} from '../builders.ts'
import {
  daemonEvent,
  daemonPod,
  daemonSet,
  EVERYTHING,
  lostNode,
  NEW,
  OLD,
  ON_DELETE,
  revision,
  rollingUpdate,
  tainted,
  unreadyPod,
  waitingPod,
} from '../builders-daemon.ts'
import {REASONS, REFUSALS} from './refusals.ts'
import type {Facts} from './subjects.ts'

type Trouble = (h: string) => Facts
type PodParts = NonNullable<Parameters<typeof daemonPod>[1]>

const namespaceOf = (h: string) => `ns-${h}`
const OVERDUE = '2026-05-01T11:50:00Z'
const CRASH = {reason: 'CrashLoopBackOff'}
const SURGE = rollingUpdate({maxUnavailable: 0, maxSurge: 1})
const TOLERANT = {template: {tolerations: [...EVERYTHING]}}
const PORT = {spec: {containers: [{name: 'main', ports: [{containerPort: 80, hostPort: 80}]}]}}
const NO_PORT = "1 node(s) didn't have free ports for the requested pod ports"

function set(h: string, {metadata = {}, ...others}: Parameters<typeof daemonSet>[0] = {}) {
  return daemonSet({name: h, ...others, metadata: {namespace: namespaceOf(h), ...metadata}})
}

function mine(h: string, {metadata = {}, ...others}: PodParts = {}): PodParts {
  return {set: h, ...others, metadata: {namespace: namespaceOf(h), ...metadata}}
}

function on(h: string, parts?: PodParts): Pod {
  return daemonPod(h, mine(h, parts))
}

function terminating(h: string, pod: Pod = on(h, {hash: OLD})): Pod {
  return {...pod, metadata: {...pod.metadata, deletionTimestamp: OVERDUE}}
}

function revisions(h: string): readonly ControllerRevision[] {
  const ownerReferences = [{apiVersion: 'apps/v1', kind: 'DaemonSet', name: h, uid: `uid-${h}`}].map(
    (owner) => ({...owner, controller: true}),
  )
  const metadata = {namespace: namespaceOf(h), ownerReferences}
  return [revision(OLD, 1, metadata), revision(NEW, 2, metadata)]
}

/** A node `h`, and a Pod of `h` on it that works. */
function cluster(h: string, others: Facts = {}): Facts {
  return {
    daemonSets: [set(h)],
    controllerRevisions: revisions(h),
    nodes: [tainted(h)],
    pods: [on(h)],
    ...others,
  }
}

/** Beside what is there, a node `other h` whose old Pod waits for the budget. */
function rolling(h: string, node: Node | undefined, pod: Pod, others: Facts = {}): Facts {
  const other = `other ${h}`
  const nodes = [...(node ? [node] : []), tainted(other)]
  return cluster(h, {nodes, pods: [pod, daemonPod(other, mine(h, {hash: OLD}))], ...others})
}

function refused(text: string): Trouble {
  return (h) => {
    const involvedObject = {kind: 'DaemonSet', namespace: namespaceOf(h), name: h}
    const event: Event = daemonEvent('FailedCreate', `Error creating: ${text.replaceAll('NAME', h)}`, {
      metadata: {name: h, namespace: namespaceOf(h)},
      involvedObject,
    })
    return cluster(h, {pods: [], events: [event]})
  }
}

function pending(reason: string): Trouble {
  const message = `0/3 nodes are available: 1 ${reason}, 2 node(s) didn't satisfy plugin(s) [NodeAffinity].`
  return (h) => cluster(h, {pods: [waitingPod(h, message.replaceAll('NAME', h), mine(h))]})
}

function condemned(...taints: readonly string[]): Trouble {
  return (h) => cluster(h, {nodes: [tainted(h, taints)]})
}

function broken(h: string, reason: string = CRASH.reason): Pod {
  return unreadyPod(h, {reason}, mine(h))
}

function each(table: Readonly<Record<string, string>>, trouble: (text: string) => Trouble) {
  return Object.fromEntries(Object.entries(table).map(([id, text]) => [id, trouble(text)]))
}

const condition = (type: string, status: string) => ({
  status: {
    conditions: [
      {type: 'Ready', status: 'True'},
      {type, status},
    ].toReversed(),
  },
})

export const daemonTroubles: Readonly<Record<string, Trouble>> = {
  ...each(REFUSALS, refused),
  ...each(REASONS, pending),
  'ds-create-failed': refused('the server is tired'),
  'ds-unschedulable-pinned': pending('the moon is full'),
  'ds-node-missing-pod': (h) => cluster(h, {pods: []}),
  'sched-gated': (h) => {
    const gate = {type: 'PodScheduled', status: 'False', reason: 'SchedulingGated'}
    const parts = {spec: {schedulingGates: [{name: h}]}, status: {conditions: [gate]}}
    return cluster(h, {pods: [waitingPod(h, '', mine(h, parts))]})
  },
  'sched-no-scheduler': (h) =>
    cluster(h, {
      pods: [waitingPod(h, '', mine(h, {spec: {schedulerName: h}, status: {conditions: []}}))],
    }),
  'sched-nominated': (h) => {
    const pod = waitingPod(h, '0/1 nodes are available: 1 Insufficient cpu.', mine(h))
    return cluster(h, {pods: [{...pod, status: {...pod.status, nominatedNodeName: h}}]})
  },
  'ds-surge-hostport': (h) =>
    cluster(h, {
      daemonSets: [set(h, {strategy: SURGE})],
      pods: [
        on(h, {hash: OLD, name: `old ${h}`, ...PORT}),
        waitingPod(h, `0/1 nodes are available: ${NO_PORT}.`, mine(h, PORT)),
      ],
    }),
  'term-node-object-gone': (h) => cluster(h, {nodes: [tainted(`other ${h}`)]}),
  'term-node-unreachable': (h) =>
    cluster(h, {daemonSets: [set(h, TOLERANT)], nodes: [lostNode(h)], pods: [terminating(h)]}),
  'term-finalizer': (h) => {
    const containerStatuses = [containerStatus({state: {terminated: {exitCode: 0}}})]
    const pod = on(h, {metadata: {finalizers: [h]}, status: {containerStatuses}})
    return cluster(h, {pods: [terminating(h, pod)]})
  },
  'term-container-wont-die': (h) => cluster(h, {pods: [terminating(h)]}),
  'term-grace-period': (h) => cluster(h, {pods: [terminating(h, on(h, {status: {containerStatuses: []}}))]}),
  'ds-virtual-node': (h) =>
    cluster(h, {
      nodes: [tainted(h, [], {metadata: {labels: {type: 'virtual-kubelet'}}})],
      pods: [broken(h)],
    }),
  'ds-pod-beyond-template': (h) => {
    const message = "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector."
    return cluster(h, {pods: [waitingPod(h, message, mine(h, {spec: {nodeSelector: {[h]: h}}}))]})
  },
  'ds-wanted-nowhere': (h) =>
    cluster(h, {
      daemonSets: [set(h, {template: {nodeSelector: {[h]: 'here'}}})],
      nodes: [tainted(h, [], {metadata: {labels: {[h]: 'there'}}})],
      pods: [],
    }),
  'ds-failing-nodes-alike': (h) => {
    const others = [1, 2].map((number) => `other-${number} ${h}`)
    const of = (name: string, arch: string) =>
      tainted(name, [], {metadata: {labels: {'kubernetes.io/arch': arch}}})
    return cluster(h, {
      nodes: [of(h, 'arm64'), ...others.map((name) => of(name, 'amd64'))],
      pods: [broken(h), ...others.map((name) => daemonPod(name, mine(h)))],
    })
  },
  'ds-failed-pod-backoff': (h) => cluster(h, {pods: [on(h, {status: {phase: 'Failed', reason: h}})]}),
  'ds-excess-pods': (h) => cluster(h, {pods: [on(h), on(h, {name: `more ${h}`})]}),
  'node-notready-not-evicted': (h) =>
    cluster(h, {daemonSets: [set(h, TOLERANT)], nodes: [lostNode(h)], pods: [broken(h)]}),
  'node-shutdown': (h) =>
    cluster(h, {nodes: [tainted(h, [], condition('DrainInProgress', 'True'))], pods: [broken(h)]}),
  'network-not-ready': (h) =>
    cluster(h, {nodes: [tainted(h, [], condition('NetworkUnavailable', 'True'))], pods: [broken(h)]}),
  'ds-min-ready': (h) => cluster(h, {daemonSets: [set(h, {spec: {minReadySeconds: 7200}})]}),
  'crash-loop': (h) => {
    const containerStatuses = [containerStatus({name: h, restartCount: 7, state: {waiting: CRASH}})]
    const pod = unreadyPod(h, CRASH, mine(h, {hash: OLD, status: {containerStatuses}}))
    return cluster(h, {daemonSets: [set(h, {strategy: ON_DELETE})], pods: [pod]})
  },
  'init-running': (h) => {
    const spec = {initContainers: [{name: h}]}
    const initContainerStatuses = [containerStatus({name: h, state: {running: {startedAt: CREATED}}})]
    const pod = unreadyPod(h, {reason: 'PodInitializing'}, mine(h, {hash: OLD, spec}))
    const waits = {...pod, status: {...pod.status, conditions: [], initContainerStatuses}}
    return cluster(h, {daemonSets: [set(h, {strategy: ON_DELETE})], pods: [waits]})
  },
  'container-creating-quiet': (h) =>
    cluster(h, {
      daemonSets: [set(h, {strategy: ON_DELETE})],
      pods: [unreadyPod(h, {reason: 'ContainerCreating'}, mine(h, {hash: OLD}))],
    }),
  'term-out-of-service-left-behind': condemned('node.kubernetes.io/out-of-service=x:NoExecute'),
  'ds-notready-shown-misscheduled': condemned('node.kubernetes.io/not-ready:NoSchedule'),
  'ds-noexecute-evicted': condemned('a:NoExecute'),
  'ds-misscheduled-leftover': condemned('a:NoSchedule'),
  'ds-node-leaving': condemned('ToBeDeletedByClusterAutoscaler=1:NoSchedule'),
  'ds-update-removes-pods': (h) =>
    cluster(h, {nodes: [tainted(h, ['a:NoSchedule'])], pods: [on(h, {hash: OLD})]}),
  'ds-dead-node-eats-budget': (h) =>
    rolling(h, lostNode(h), terminating(h, unreadyPod(h, undefined, mine(h)))),
  'ds-new-pod-unavailable': (h) => rolling(h, tainted(h), broken(h)),
  'ds-misscheduled-blocks-budget': (h) => rolling(h, tainted(h, ['a:NoSchedule']), broken(h)),
  'ds-old-unavailable-counts': (h) => rolling(h, tainted(h), unreadyPod(h, CRASH, mine(h, {hash: OLD}))),
  'ds-surge-excluded-node': (h) =>
    cluster(h, {
      daemonSets: [set(h, {strategy: SURGE})],
      nodes: [tainted(h, ['a:NoSchedule']), tainted(`other ${h}`)],
      pods: [on(h, {hash: OLD})],
    }),
  'ds-surge-waiting-new': (h) => {
    const pods = [on(h, {hash: OLD, name: `old ${h}`}), broken(h)]
    const other = `other ${h}`
    return cluster(h, {
      daemonSets: [set(h, {strategy: SURGE})],
      nodes: [tainted(h), tainted(other)],
      pods: [...pods, daemonPod(other, mine(h, {hash: OLD}))],
    })
  },
  'ds-ondelete': (h) => cluster(h, {daemonSets: [set(h, {strategy: ON_DELETE})], pods: [on(h, {hash: OLD})]}),
  'ds-both-zero': (h) =>
    cluster(h, {daemonSets: [set(h, {strategy: rollingUpdate({maxUnavailable: 0, maxSurge: 0})})]}),
  'ds-status-stale-1-33': (h) => cluster(h, {daemonSets: [set(h, {status: {numberMisscheduled: 3}})]}),
  'sts-being-deleted': (h) =>
    cluster(h, {daemonSets: [set(h, {metadata: {deletionTimestamp: OVERDUE, finalizers: [h]}})]}),
  'ds-selecting-all': (h) => cluster(h, {daemonSets: [set(h, {spec: {selector: {}}})]}),
}
