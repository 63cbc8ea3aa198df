/** One small cluster per cause that concerns a whole set; everything that has a name is called after `h`. */
import {claim, endpoint, endpointSlice, node, service, volume} from '../builders.ts'
import {daemonPod, daemonSet, NEW, tainted, unreadyPod} from '../builders-daemon.ts'
import {
  budget,
  cluster,
  FAILING,
  JUST_NOW,
  lease,
  member,
  namespaceOf,
  revision,
  rolling,
  SINCE,
  set,
  setEvent,
  TERMINATING,
  UNREADY,
  YOUNG,
} from './sets.ts'
import type {SetFacts} from './subjects-sets.ts'

type Troubles = Readonly<Record<string, (h: string) => SetFacts>>

const PARALLEL = {podManagementPolicy: 'Parallel'} as const
const RECREATE = {updateStrategy: {type: 'Recreate'}}
const pods = (h: string, ...revisions: readonly number[]) =>
  revisions.map((number, ordinal) => member(h, ordinal, number))
const template = (timestamp: object) => ({spec: {template: {metadata: {labels: {}, ...timestamp}}}})

/** Of a set whose newest generation is observed. */
export const rolloutSetTroubles: Troubles = {
  'sts-ordered-lower-ordinal-blocks': (h) =>
    cluster(h, set(h, {replicas: 2}), [member(h, 0, 2, {status: FAILING}), member(h, 1, 1)]),
  'sts-parallel-maxunavailable-budget': (h) => ({
    ...cluster(h, set(h, {replicas: 2, spec: {...PARALLEL, ...rolling({maxUnavailable: 1})}}), [
      member(h, 0, 1, {status: FAILING}),
      member(h, 1, 1),
    ]),
    version: 'v1.35.2',
  }),
  'sts-parallel-one-error-stops-update': (h) =>
    cluster(h, set(h, {replicas: 2, spec: PARALLEL}), [member(h, 0, 1)], {
      events: [
        setEvent(h, 'FailedCreate', `create Pod ${h}-1 in StatefulSet ${h} failed error: out of ${h}`),
      ],
    }),
  'sts-create-failed': (h) =>
    cluster(h, set(h, {replicas: 2}), [member(h, 0, 2)], {
      events: [
        setEvent(h, 'FailedCreate', `create Pod ${h}-1 in StatefulSet ${h} failed error: out of ${h}`),
      ],
    }),
  'sts-maxunavailable-ignored': (h) => ({
    ...cluster(h, set(h, {replicas: 3, spec: rolling({maxUnavailable: 2})}), pods(h, 1, 1, 1)),
    version: 'v1.36.4',
  }),
  'sts-partition-hold': (h) =>
    cluster(h, set(h, {replicas: 2, spec: rolling({partition: 1})}), pods(h, 1, 2)),
  'sts-partition-all-held': (h) =>
    cluster(h, set(h, {replicas: 2, spec: rolling({partition: 2})}), pods(h, 1, 1)),
  'sts-partition-raised-after-update': (h) =>
    cluster(h, set(h, {replicas: 3, spec: rolling({partition: 2})}), pods(h, 1, 2, 2)),
  'sts-ondelete-waiting': (h) =>
    cluster(h, set(h, {spec: {updateStrategy: {type: 'OnDelete'}}}), [member(h, 0, 1)]),
  'sts-recreate-terminating': (h) =>
    cluster(h, set(h, {spec: RECREATE}), [member(h, 0, 1, {metadata: TERMINATING})]),
  'sts-recreate-ignored': (h) => cluster(h, set(h, {replicas: 2, spec: RECREATE}), pods(h, 1, 2)),
  'sts-min-ready-seconds': (h) =>
    cluster(h, set(h, {spec: {minReadySeconds: 60}}), [member(h, 0, 2, {status: YOUNG})]),
  'sts-scaledown-blocked-by-replica': (h) =>
    cluster(h, set(h), [member(h, 0, 2, {status: FAILING}), member(h, 1, 2)]),
  'sts-scaledown-two-unhealthy': (h) =>
    cluster(h, set(h), [
      member(h, 0, 2),
      member(h, 1, 1, {status: FAILING}),
      member(h, 2, 2, {status: FAILING}),
    ]),
  'sts-scaledown-terminating': (h) =>
    cluster(h, set(h), [member(h, 0, 2), member(h, 1, 2, {metadata: TERMINATING})]),
  'sts-scaledown-minready-hang': (h) => ({
    ...cluster(
      h,
      set(h, {spec: {minReadySeconds: 60}, status: {readyReplicas: 2, availableReplicas: 1}}),
      pods(h, 2, 2),
    ),
    version: 'v1.33.4',
  }),
  'sts-scaled-to-zero': (h) => cluster(h, set(h, {replicas: 0}), []),
  'sts-ordinals-start-moved': (h) =>
    cluster(h, set(h, {spec: {ordinals: {start: 5}}}), [member(h, 0, 2), member(h, 5, 2)]),
  'sts-quorum-needs-later-ordinals': (h) =>
    cluster(h, set(h, {replicas: 3}), [
      member(h, 0, 2, {status: UNREADY, spec: {containers: [{name: h, readinessProbe: {}}]}}),
    ]),
  'sts-spurious-rollout-1-34': (h) =>
    cluster(h, set(h, {replicas: 2}), pods(h, 1, 2), {
      controllerRevisions: [
        revision(h, 1, SINCE, template({creationTimestamp: null})),
        revision(h, 2, SINCE, template({})),
      ],
    }),
  'sts-revision-not-created': (h) =>
    cluster(
      h,
      set(h, {metadata: {managedFields: [{manager: h, time: '2026-05-01T11:58:00Z'}]}}),
      [member(h, 0, 2)],
      {controllerRevisions: [revision(h, 2)]},
    ),
  'create-pvc-stale-owner': (h) => staleOwner(h),
}

/** Its Pod is gone, and the claim still belongs to it. */
function staleOwner(h: string): SetFacts {
  const spec = {
    volumeClaimTemplates: [{metadata: {name: h}}],
    persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete'},
  }
  const owner = {apiVersion: 'v1', kind: 'Pod', name: `${h}-0`, uid: `old ${h}`}
  const claims = [
    claim({name: `${h}-${h}-0`, namespace: namespaceOf(h), metadata: {ownerReferences: [owner]}}),
  ]
  return cluster(h, set(h, {spec}), [], {
    persistentVolumeClaims: claims,
    services: [service({name: h, namespace: namespaceOf(h)})],
  })
}

const unobserved = (h: string, others: Parameters<typeof set>[1] = {}) =>
  set(h, {...others, metadata: {generation: 2, ...others.metadata}})

/** Of a set of which nothing is known but itself. */
export const workloadTroubles: Troubles = {
  'sts-generation-lag-controller-down': (h) => ({
    ...cluster(h, unobserved(h), [member(h, 0, 1)]),
    leases: [lease('2026-05-01T11:50:00.123456Z')],
  }),
  'sts-sync-error-silent': (h) => ({
    ...cluster(h, unobserved(h, {metadata: {managedFields: [{manager: h, time: SINCE}]}}), []),
    leases: [lease(JUST_NOW)],
  }),
  'ds-revision-sync-error': (h) => ({
    daemonSets: [daemonSet({name: h, status: {observedGeneration: 0}})],
    leases: [lease(JUST_NOW)],
  }),
  'sts-recreate-ignored': (h) =>
    cluster(h, unobserved(h, {spec: RECREATE}), [], {
      events: [setEvent(h, 'UnknownStrategy', `statefulset ${h} uses Recreate strategy but …`)],
    }),
  'sts-being-deleted': (h) =>
    cluster(h, unobserved(h, {metadata: {deletionTimestamp: SINCE, finalizers: [`example.com/${h}`]}}), [
      member(h, 0, 1),
    ]),
  'sts-revision-churn': (h) =>
    cluster(h, set(h), [member(h, 0, 2)], {
      controllerRevisions: [3, 4, 5, 6].map((number) => revision(h, number, JUST_NOW)),
    }),
  'sts-owned-by-operator': (h) =>
    cluster(
      h,
      set(h, {
        metadata: {
          ownerReferences: [{apiVersion: 'example.com/v1', kind: h, name: h, uid: h, controller: true}],
        },
      }),
      [member(h, 0, 2)],
    ),
  'sts-selector-overlap': (h) => {
    const made = set(h)
    const other = set(`${h}-b`, {
      namespace: namespaceOf(h),
      spec: {selector: {matchLabels: {app: h}}},
    })
    return {...cluster(h, made, [member(h, 0, 2)]), statefulSets: [made, other]}
  },
}

const headless = (h: string, spec = {}) => service({name: h, namespace: namespaceOf(h), spec})

/** An ordinal on each of these nodes, which are in these zones. */
function spreadOver(h: string, hosts: readonly string[], zones: Readonly<Record<string, string>>): SetFacts {
  const members = hosts.map((nodeName, ordinal) => member(h, ordinal, 2, {spec: {nodeName}}))
  const nodes = Object.entries(zones).map(([name, zone]) =>
    node({
      name,
      metadata: {name, labels: {'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zone}},
    }),
  )
  const made = set(h, {replicas: hosts.length, status: {replicas: hosts.length, readyReplicas: hosts.length}})
  return cluster(h, made, members, {nodes, services: [headless(h)]})
}

/** Of a set and what gives its Pods their names. */
export const statefulSetTroubles: Troubles = {
  'create-name-not-dns': (h) =>
    cluster(`${h}.x`, set(`${h}.x`, {spec: {serviceName: h}}), [], {
      services: [service({name: h, namespace: `ns-${h}.x`, spec: {selector: {app: `${h}.x`}}})],
    }),
  'create-pvc-stale-owner': staleOwner,
  'svc-servicename-invalid': (h) => cluster(h, set(h, {spec: {serviceName: `${h}.x`}}), []),
  'svc-hostname-not-published': (h) =>
    cluster(
      h,
      set(h, {status: {readyReplicas: 1}}),
      [member(h, 0, 2, {spec: {hostname: `${h}-0`, subdomain: `old ${h}`}})],
      {
        services: [headless(h)],
      },
    ),
  'svc-endpoint-stale': (h) => {
    const own = member(h, 0, 2, {spec: {hostname: `${h}-0`, subdomain: h}})
    const former = endpoint(own, {addresses: ['10.0.0.9'], targetRef: {kind: 'Pod', uid: 'former'}})
    return cluster(h, set(h, {status: {readyReplicas: 1}}), [own], {
      services: [headless(h)],
      endpointSlices: [endpointSlice(h, namespaceOf(h), [former])],
    })
  },
  'spread-node-majority': (h) =>
    spreadOver(h, [h, h, `${h}-c`], {[h]: 'a', [`${h}-b`]: 'b', [`${h}-c`]: 'c'}),
  'spread-zone-majority': (h) =>
    spreadOver(h, [h, `${h}-b`, `${h}-c`], {[h]: 'a', [`${h}-b`]: 'a', [`${h}-c`]: 'a', [`${h}-d`]: 'b'}),
  'sts-status-stale': (h) =>
    cluster(h, set(h, {status: {readyReplicas: 0}}), [member(h, 0, 2)], {services: [headless(h)]}),
  'svc-unready-not-published': (h) =>
    cluster(h, set(h, {replicas: 2}), [member(h, 0, 2, {status: UNREADY})], {services: [headless(h)]}),
}

const cordoned = (h: string) => [node({name: h, spec: {unschedulable: true}})]
const drained = (h: string, others: SetFacts = {}) =>
  cluster(h, set(h, {replicas: 3}), pods(h, 2, 2, 2), {nodes: cordoned(h), ...others})

/** Of a set whose Pods somebody wants to evict. */
export const disruptionTroubles: Troubles = {
  'pdb-multiple': (h) => drained(h, {budgets: [budget(h), budget(h, {name: `${h}-b`})]}),
  'pdb-sync-failed': (h) =>
    drained(h, {
      budgets: [
        budget(h, {
          status: {
            conditions: [
              {
                type: 'DisruptionAllowed',
                status: 'False',
                reason: 'SyncFailed',
                message: `found no controllers for pod "${h}"`,
                lastTransitionTime: SINCE,
              },
            ],
          },
        }),
      ],
    }),
  'pdb-impossible': (h) =>
    drained(h, {budgets: [budget(h, {spec: {minAvailable: 3}, status: {desiredHealthy: 3}})]}),
  'drain-sts-stuck-evicted-replacement': (h) => stuckReplacement(h),
  'pdb-unhealthy-member': (h) =>
    cluster(h, set(h, {replicas: 3}), [member(h, 0, 2), member(h, 1, 2, {status: UNREADY})], {
      nodes: cordoned(h),
      budgets: [budget(h, {status: {currentHealthy: 1}})],
    }),
  'pdb-blocks-drain': (h) => drained(h, {budgets: [budget(h)]}),
  'pdb-not-involved': (h) => ({
    ...cluster(h, set(h, {replicas: 3}), pods(h, 1, 1, 2)),
    budgets: [budget(h)],
  }),
  'drain-local-storage': (h) =>
    cluster(h, set(h), [member(h, 0, 2, {spec: {volumes: [{name: h, emptyDir: {}}]}})], {
      nodes: cordoned(h),
    }),
  'drain-daemonset': (h) => ({
    daemonSets: [daemonSet({name: h})],
    nodes: cordoned(h),
    pods: [daemonPod(h, {set: h})],
  }),
}

/** `<h>-2` was evicted; its volume is only on node `<h>`, which is cordoned. */
function stuckReplacement(h: string): SetFacts {
  const {nodeName: _, ...unbound} = member(h, 2, 2).spec ?? {containers: []}
  const waiting = {
    ...member(h, 2, 2, {
      status: {
        phase: 'Pending',
        conditions: [{type: 'PodScheduled', status: 'False', lastTransitionTime: SINCE}],
      },
    }),
    spec: {...unbound, volumes: [{name: h, persistentVolumeClaim: {claimName: h}}]},
  }
  const terms = [{matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: [h]}]}]
  return {
    ...cluster(h, set(h, {replicas: 3}), [...pods(h, 2, 2), waiting]),
    nodes: [...cordoned(h), node({name: `${h}-b`})],
    persistentVolumeClaims: [claim({name: h, namespace: namespaceOf(h), spec: {volumeName: h}})],
    persistentVolumes: [volume({name: h, spec: {nodeAffinity: {required: {nodeSelectorTerms: terms}}}})],
    budgets: [budget(h)],
  }
}

const excluding = (h: string, parts: Parameters<typeof daemonSet>[0], taints: readonly string[] = []) => ({
  daemonSets: [daemonSet({name: h, ...parts})],
  nodes: [tainted(h, taints)],
})

/** Of a DaemonSet, or of one of its nodes. */
export const daemonSetTroubles: Troubles = {
  'ds-excluded-taint': (h) => excluding(h, {}, [`${h.replaceAll(/[:=]/g, '')}=x:NoSchedule`]),
  'ds-excluded-selector': (h) => excluding(h, {template: {nodeSelector: {[h]: h}}}),
  'ds-excluded-nodename': (h) => excluding(h, {template: {nodeName: `${h}-b`}}),
  'ds-cordon-is-not-a-cause': (h) => ({
    daemonSets: [daemonSet({name: h})],
    nodes: [tainted(h, [], {spec: {unschedulable: true}})],
    pods: [unreadyPod(h, {reason: 'CrashLoopBackOff'}, {set: h})],
  }),
  'ds-hash-relabel': (h) => ({
    daemonSets: [daemonSet({name: h})],
    nodes: [tainted(h)],
    pods: [daemonPod(h, {set: h})],
    controllerRevisions: [
      {
        revision: 2,
        metadata: {
          name: h,
          namespace: 'shop',
          creationTimestamp: SINCE,
          labels: {'controller-revision-hash': 'new'},
          ownerReferences: [
            {apiVersion: 'apps/v1', kind: 'DaemonSet', name: h, uid: `uid-${h}`, controller: true},
          ],
        },
      },
    ],
  }),
  'ds-critical-preempts-others': (h) => ({
    daemonSets: [daemonSet({name: h, template: {priorityClassName: 'system-node-critical'}})],
    nodes: [tainted(h)],
    pods: [daemonPod(h, {set: h, metadata: {uid: 'u1', name: h, namespace: 'shop', ...owned(h)}})],
    events: [
      {
        metadata: {name: h, namespace: namespaceOf(h)},
        involvedObject: {kind: 'Pod', namespace: namespaceOf(h), name: `${h}-0`},
        reason: 'Preempted',
        message: `Preempted by pod u1 on node ${h}`,
        firstTimestamp: SINCE,
      },
    ],
  }),
}

function owned(h: string) {
  return {
    labels: {app: h, 'controller-revision-hash': NEW},
    ownerReferences: [{apiVersion: 'apps/v1', kind: 'DaemonSet', name: h, uid: `uid-${h}`, controller: true}],
  }
}
