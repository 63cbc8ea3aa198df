/** One small cluster per cause that holds the rollout of a StatefulSet up; everything that has a name is called after `h`. */
import type {Pod} from '../../src/model/objects.ts'
import {claim, containerStatus, node, pod, statefulSet} from '../builders.ts'
import type {Facts} from './subjects.ts'

type Trouble = (h: string) => Facts
type Parts = Partial<NonNullable<Parameters<typeof pod>[0]>>

const namespaceOf = (h: string) => `ns-${h}`
const SINCE = '2026-05-01T11:30:00Z'

/** Its update revision is `<h>-2`, and all of it is as observed. */
function set(h: string, spec: object = {}) {
  const made = statefulSet({name: h, namespace: namespaceOf(h), templates: [], spec})
  const status = {observedGeneration: 1, currentRevision: `${h}-1`, updateRevision: `${h}-2`, replicas: 1}
  return {...made, metadata: {...made.metadata, generation: 1}, status}
}

function member(h: string, revision: string, {metadata = {}, spec = {}, status = {}}: Parts = {}): Pod {
  const {volumes: _, ...plain} = pod().spec ?? {containers: []}
  const made = pod({name: `${h}-0`, namespace: namespaceOf(h), set: h, status})
  const labels = {...made.metadata?.labels, 'controller-revision-hash': revision}
  return {...made, metadata: {...made.metadata, labels, ...metadata}, spec: {...plain, nodeName: h, ...spec}}
}

/** In a back-off since half an hour. */
const failing = {
  phase: 'Pending',
  conditions: [{type: 'Ready', status: 'False', lastTransitionTime: SINCE}],
  containerStatuses: [containerStatus({restartCount: 1, state: {waiting: {reason: 'ImagePullBackOff'}}})],
}

function terminating(h: string, metadata: object = {}, status: Parts['status'] = {}): Pod {
  const told = {deletionTimestamp: SINCE, deletionGracePeriodSeconds: 30, ...metadata}
  return member(h, `${h}-1`, {metadata: told, status})
}

const ended = {containerStatuses: [containerStatus({state: {terminated: {exitCode: 0}}})]}

const cluster = (h: string, others: Facts): Facts => ({
  statefulSets: [set(h)],
  nodes: [node({name: h})],
  ...others,
})

/** The Pod waits for a claim, and nobody knows for which: the reader has no right to claims. */
export function claimsUnseen(h: string, spec: object = {}): Facts {
  const {nodeName: _, ...waiting} = member(h, `${h}-2`).spec ?? {containers: []}
  const message = '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.'
  const condition = {type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message}
  const status = {phase: 'Pending', conditions: [{...condition, lastTransitionTime: SINCE}]}
  const volumes = [{name: h, persistentVolumeClaim: {claimName: h}}]
  return cluster(h, {
    statefulSets: [set(h, spec)],
    pods: [{...member(h, `${h}-2`, {status}), spec: {...waiting, volumes}}],
    unseen: ['persistentVolumeClaims'],
  })
}

/** What only says that a Pod is in the way: a report leaves it out where the Pod's own cause says why. */
export const summaryTroubles: Readonly<Record<string, Trouble>> = {
  'sts-blocked-by-unready-at-target': (h) => cluster(h, {pods: [member(h, `${h}-2`, {status: failing})]}),
  'sts-parallel-waits-for-updated': (h) =>
    cluster(h, {
      statefulSets: [set(h, {podManagementPolicy: 'Parallel'})],
      pods: [member(h, `${h}-2`, {status: failing})],
    }),
}

export const rolloutTroubles: Readonly<Record<string, Trouble>> = {
  'sts-ordered-revision-deadlock': (h) => cluster(h, {pods: [member(h, `${h}-1`, {status: failing})]}),
  'sts-adopted-pod-volume-mismatch': (h) => {
    const made = set(h, {volumeClaimTemplates: [{metadata: {name: h}}]})
    const status = {...made.status, readyReplicas: 1}
    return cluster(h, {statefulSets: [{...made, status}], pods: [member(h, `${h}-2`)]})
  },
  'sts-name-held-by-foreign-pod': (h) =>
    cluster(h, {pods: [member(h, `${h}-2`, {metadata: {ownerReferences: [], labels: {}}})]}),
  'create-pvc-being-deleted': (h) =>
    cluster(h, {
      statefulSets: [set(h, {volumeClaimTemplates: [{metadata: {name: h}}]})],
      persistentVolumeClaims: [
        claim({name: `${h}-${h}-0`, namespace: namespaceOf(h), metadata: {deletionTimestamp: SINCE}}),
      ],
    }),
  'create-quota-exceeded': (h) =>
    cluster(h, {
      events: [
        {
          metadata: {name: h, namespace: namespaceOf(h)},
          involvedObject: {kind: 'StatefulSet', namespace: namespaceOf(h), name: h},
          reason: 'FailedCreate',
          message: `create Pod ${h}-0 in StatefulSet ${h} failed error: pods "${h}-0" is forbidden: exceeded quota: few`,
          firstTimestamp: SINCE,
          lastTimestamp: '2026-05-01T11:55:00Z',
          count: 9,
        },
      ],
    }),
  'term-container-wont-die': (h) => cluster(h, {pods: [terminating(h)]}),
  'term-grace-period': (h) => cluster(h, {pods: [terminating(h, {}, ended)]}),
  'term-finalizer': (h) => cluster(h, {pods: [terminating(h, {finalizers: [`example.com/${h}`]}, ended)]}),
  'term-node-unreachable': (h) =>
    cluster(h, {
      pods: [terminating(h)],
      nodes: [
        node({
          name: h,
          status: {conditions: [{type: 'Ready', status: 'Unknown', lastTransitionTime: SINCE}] as never},
        }),
      ],
    }),
}
