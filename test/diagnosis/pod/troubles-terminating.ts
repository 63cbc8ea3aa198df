import {node} from '../../builders.ts'
import {daemonPod, daemonSet} from '../../builders-daemon.ts'
import {
  cluster,
  condition,
  DEAD,
  ENDED,
  LONG_AGO,
  lost,
  namespaceOf,
  running,
  SOON,
  type Trouble,
  terminating,
  told,
  unready,
} from './parts.ts'

const ended = (h: string) => terminating(h, {status: {containerStatuses: [running(h, ENDED)]}})

/** The node plugin of a storage driver, on the node, and not ready. */
function plugin(h: string) {
  const containers = [{name: 'node-driver-registrar', image: 'r'}]
  const name = `csi-${h}`
  const set = daemonSet({name, metadata: {namespace: namespaceOf(h)}, template: {containers}})
  const theirs = daemonPod(h, {
    name: `${name}-0`,
    set: name,
    metadata: {namespace: namespaceOf(h)},
    spec: {containers},
    status: {conditions: [condition('Ready', 'False')]},
  })
  return {set, pod: theirs}
}

export const troublesTerminating: Readonly<Record<string, Trouble>> = {
  'term-grace-period': (h) => cluster(h, {pods: [terminating(h, {metadata: {deletionTimestamp: SOON}})]}),
  'term-prestop': (h) =>
    cluster(h, {
      pods: [
        terminating(h, {
          metadata: {deletionTimestamp: SOON},
          spec: {containers: [{name: h, lifecycle: {preStop: {}}}]},
        }),
      ],
    }),
  'term-finalizer': (h) =>
    cluster(h, {pods: [{...ended(h), metadata: {...ended(h).metadata, finalizers: [h]}}]}),
  'term-node-unreachable': (h) => cluster(h, {nodes: [lost(h)], pods: [terminating(h)]}),
  'term-out-of-service-incomplete': (h) =>
    cluster(h, {nodes: [lost(h, {spec: {taints: [DEAD]}})], pods: [terminating(h)]}),
  'term-out-of-service-left-behind': (h) =>
    cluster(h, {
      nodes: [node({name: h, spec: {taints: [DEAD]}})],
      pods: [terminating(h, {metadata: {deletionTimestamp: SOON}})],
    }),
  'term-node-object-gone': (h) => cluster(h, {nodes: [node({name: `other ${h}`})], pods: [terminating(h)]}),
  'term-container-wont-die': (h) =>
    cluster(h, {pods: [terminating(h)], events: [told(h, 'FailedKillPod', `error killing pod: ${h}`)]}),
  'term-volume-unmount-stuck': (h) =>
    cluster(h, {
      nodes: [node({name: h, status: {volumesInUse: [`kubernetes.io/csi/csi.test^${h}`]}})],
      pods: [ended(h)],
    }),
  'term-kubelet-or-csi-pod-down': (h) =>
    cluster(h, {daemonSets: [plugin(h).set], pods: [ended(h), plugin(h).pod]}),
  'term-unscheduled': (h) => {
    const {nodeName: _, ...spec} = terminating(h).spec ?? {containers: []}
    return cluster(h, {pods: [{...terminating(h), spec}]})
  },
  'node-notready-not-evicted': (h) =>
    cluster(h, {
      nodes: [
        lost(h, {
          spec: {
            taints: [{key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', timeAdded: LONG_AGO}],
          },
        }),
      ],
      pods: [unready(h, running(h), {spec: {tolerations: [{operator: 'Exists'}]}})],
    }),
  'node-partial-pod-unknown': (h) =>
    cluster(h, {
      nodes: [],
      unseen: ['nodes'],
      pods: [terminating(h, {status: {reason: 'NodeLost', phase: 'Unknown'}})],
    }),
}
