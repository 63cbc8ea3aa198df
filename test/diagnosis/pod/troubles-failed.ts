import type {Pod} from '../../../src/model/objects.ts'
import {cluster, condition, member, SOON, type Trouble, terminating} from './parts.ts'

function failed(reason: string, message = 'so it is'): Trouble {
  return (h) => cluster(h, {pods: [member(h, {status: {phase: 'Failed', reason, message, conditions: []}})]})
}

function disrupted(reason: string): Trouble {
  const conditions = [condition('DisruptionTarget', 'True', {reason})]
  return (h) =>
    cluster(h, {pods: [terminating(h, {metadata: {deletionTimestamp: SOON}, status: {conditions}})]})
}

function ofDaemonSet(h: string, pod: Pod): ReturnType<Trouble> {
  const ownerReferences = [
    {apiVersion: 'apps/v1', kind: 'DaemonSet', name: h, uid: `uid-${h}`, controller: true},
  ]
  return cluster(h, {pods: [{...pod, metadata: {...pod.metadata, ownerReferences}}]})
}

export const troublesFailed: Readonly<Record<string, Trouble>> = {
  'node-admit-out-of': failed('OutOfcpu', 'Node didn’t have enough resource: cpu'),
  'node-admit-affinity': failed('NodeAffinity', 'Predicate NodeAffinity failed'),
  'node-admit-unexpected': failed('UnexpectedAdmissionError', 'Allocate failed due to no device'),
  'node-volume-limit-exceeded': failed(
    'VolumeAttachmentLimitExceeded',
    'Node has reached its volume attachment limit, rejecting pod',
  ),
  'evicted-node-pressure': failed('Evicted', 'The node was low on resource: memory. '),
  'node-shutdown': failed('Terminated', 'Pod was terminated in response to imminent node shutdown.'),
  'preempted-by-scheduler': disrupted('PreemptionByScheduler'),
  'preempted-by-kubelet': failed('Preempting', 'Preempted in order to admit critical pod'),
  'evicted-by-taint': disrupted('DeletionByTaintManager'),
  'sts-failed-with-finalizer': (h) =>
    cluster(h, {
      pods: [
        terminating(h, {
          metadata: {finalizers: [h], deletionGracePeriodSeconds: 0},
          status: {phase: 'Failed'},
        }),
      ],
    }),
  'sts-pod-completed': (h) => cluster(h, {pods: [member(h, {status: {phase: 'Succeeded', conditions: []}})]}),
  'ds-pod-completed': (h) => ofDaemonSet(h, member(h, {status: {phase: 'Succeeded', conditions: []}})),
  'ds-failed-pod-backoff': (h) => ofDaemonSet(h, failed(h)(h).pods?.[0] ?? {}),
}
