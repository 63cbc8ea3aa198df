import {node, pod} from '../../builders.ts'
import {daemonSet} from '../../builders-daemon.ts'
import {
  cluster,
  condition,
  DEAD,
  ENDED,
  LONG_AGO,
  leaving,
  lost,
  namespaceOf,
  running,
  SOON,
  type Trouble,
  told,
  unready,
} from './parts.ts'

const ended = (h: string) => leaving(h, {status: {containerStatuses: [running(h, ENDED)]}})

/** The node plugin of a storage driver, on the node, and not ready. */
function plugin(h: string) {
  const containers = [{name: 'node-driver-registrar', image: 'r'}]
  const name = `csi ${h}`
  const set = daemonSet({name, metadata: {namespace: namespaceOf(h)}, template: {containers}})
  const theirs = pod({
    name: `${name}-0`,
    namespace: namespaceOf(h),
    set: name,
    spec: {nodeName: h, containers},
    status: {conditions: [condition('Ready', 'False')]},
  })
  return {set, pod: theirs}
}

export const troublesLeaving: Readonly<Record<string, Trouble>> = {
  'term-grace-period': (h) => cluster(h, {pods: [leaving(h, {metadata: {deletionTimestamp: SOON}})]}),
  'term-prestop': (h) =>
    cluster(h, {
      pods: [
        leaving(h, {
          metadata: {deletionTimestamp: SOON},
          spec: {containers: [{name: h, lifecycle: {preStop: {}}}]},
        }),
      ],
    }),
  'term-finalizer': (h) =>
    cluster(h, {pods: [{...ended(h), metadata: {...ended(h).metadata, finalizers: [h]}}]}),
  'term-node-unreachable': (h) => cluster(h, {nodes: [lost(h)], pods: [leaving(h)]}),
  'term-out-of-service-incomplete': (h) =>
    cluster(h, {nodes: [lost(h, {spec: {taints: [DEAD]}})], pods: [leaving(h)]}),
  'term-out-of-service-left-behind': (h) =>
    cluster(h, {
      nodes: [node({name: h, spec: {taints: [DEAD]}})],
      pods: [leaving(h, {metadata: {deletionTimestamp: SOON}})],
    }),
  'term-node-object-gone': (h) => cluster(h, {nodes: [node({name: `other ${h}`})], pods: [leaving(h)]}),
  'term-container-wont-die': (h) =>
    cluster(h, {pods: [leaving(h)], events: [told(h, 'FailedKillPod', `error killing pod: ${h}`)]}),
  'term-volume-unmount-stuck': (h) =>
    cluster(h, {
      nodes: [node({name: h, status: {volumesInUse: [`kubernetes.io/csi/csi.test^${h}`]}})],
      pods: [ended(h)],
    }),
  'term-kubelet-or-csi-pod-down': (h) =>
    cluster(h, {daemonSets: [plugin(h).set], pods: [ended(h), plugin(h).pod]}),
  'term-unscheduled': (h) => {
    const {nodeName: _, ...spec} = leaving(h).spec ?? {containers: []}
    return cluster(h, {pods: [{...leaving(h), spec}]})
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
      pods: [leaving(h, {status: {reason: 'NodeLost', phase: 'Unknown'}})],
    }),
}
