import {expect, test} from 'vitest'
import {diagnoseDaemonSet} from '../../src/diagnosis/daemon-set/diagnosis.ts'
import type {Finding} from '../../src/diagnosis/finding.ts'
import {diagnosePod} from '../../src/diagnosis/pod/diagnosis.ts'
import {diagnoseStatefulSet} from '../../src/diagnosis/stateful-set/diagnosis.ts'
import {relate} from '../../src/model/relations.ts'
import type {ClusterSnapshot, ResourceKey} from '../../src/model/snapshot.ts'
import {clusters} from '../clusters-by-cause.ts'

/** What is found in the place of something better where that kind was not read: it says less, and nothing that is not so. */
const SAYS_LESS: Readonly<Record<ResourceKey, readonly string[]>> = {
  statefulSets: ['sched-ephemeral-pvc', 'sched-pv-node-affinity', 'sched-pvc-not-found'],
  endpointSlices: [],
  daemonSets: [
    'crash-loop',
    'evicted-by-taint',
    'sched-host-port',
    'sched-node-affinity',
    'term-grace-period',
    'term-volume-unmount-stuck',
  ],
  deployments: [],
  replicaSets: [],
  controllerRevisions: ['ds-misscheduled-leftover'],
  pods: ['pvc-external-wait'],
  persistentVolumeClaims: [
    'attach-failed-driver',
    'attach-multi-leftover',
    'container-creating-quiet',
    'pdb-blocks-drain',
    'sched-bind-timeout',
    'sched-ephemeral-pvc',
    'sched-no-pv-to-bind',
    'sched-nominated',
    'sched-pv-missing',
    'sched-pv-node-affinity',
    'sched-pvc-being-deleted',
    'sched-pvc-not-found',
    'sched-unbound-immediate-pvc',
    'sts-blocked-by-unready-at-target',
    'term-grace-period',
  ],
  persistentVolumes: [
    'attach-failed-driver',
    'attach-multi-leftover',
    'container-creating-quiet',
    'pdb-blocks-drain',
    'sched-no-pv-to-bind',
    'sched-pv-node-affinity',
    'sched-unbound-immediate-pvc',
    'sts-blocked-by-unready-at-target',
    'term-grace-period',
  ],
  storageClasses: [
    'pvc-external-wait',
    'pvc-provisioning-failed',
    'sched-no-pv-to-bind',
    'sched-node-affinity',
    'sched-unbound-immediate-pvc',
  ],
  csiNodes: [],
  volumeAttachments: ['attach-failed-driver', 'attach-multi-leftover', 'container-creating-quiet'],
  nodes: [
    'attach-multi-leftover',
    'crash-loop',
    'evicted-by-taint',
    'node-notready-not-evicted',
    'pvc-external-wait',
    'readiness-failing',
    'sched-no-pv-to-bind',
    'sched-pv-node-affinity',
    'sched-taint',
    'sts-blocked-by-unready-at-target',
    'term-grace-period',
  ],
  services: [],
  events: [
    'container-creating-quiet',
    'crash-loop',
    'ds-node-missing-pod',
    'image-pull-error',
    'sched-bind-timeout',
    'sched-insufficient-cpu',
    'sched-unbound-immediate-pvc',
    'sts-sync-error-silent',
  ],
  podDisruptionBudgets: [],
  leases: ['sts-sync-error-silent'],
}

function findingsIn(snapshot: ClusterSnapshot): readonly Finding[] {
  const relations = relate(snapshot)
  const {statefulSets, daemonSets, pods} = snapshot
  return [
    ...statefulSets.flatMap((set) => diagnoseStatefulSet(set, relations).findings),
    ...daemonSets.flatMap((set) => diagnoseDaemonSet(set, relations).findings),
    ...pods.flatMap((pod) => diagnosePod(pod, relations)),
  ]
}

function keyOf({id, object}: Finding): string {
  return `${id} of ${object.kind} ${object.namespace ?? ''}/${object.name}`
}

const wholes = await Promise.all(
  clusters.map(async ({read}) => {
    const cluster = await read()
    return {cluster, known: new Set(findingsIn(cluster).map(keyOf))}
  }),
)

test.for(Object.entries(SAYS_LESS))(
  'where no %s were read, nothing is found that is not so',
  ([kind, less]) => {
    const surplus = new Set<string>()
    for (const {cluster, known} of wholes) {
      const unread = {...cluster, [kind]: [], unread: [kind as ResourceKey]}
      for (const finding of findingsIn(unread)) if (!known.has(keyOf(finding))) surplus.add(finding.id)
    }
    expect([...surplus].toSorted()).toEqual(less.toSorted())
  },
)
