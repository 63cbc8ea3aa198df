import {expect, test} from 'vitest'
import {isPassing, knownTaint} from '../../src/model/known-taints.ts'

test.for([
  ['node.kubernetes.io/not-ready', 'ready'],
  ['node.kubernetes.io/unreachable', 'ready'],
  ['node.kubernetes.io/network-unavailable', 'network'],
  ['node.kubernetes.io/disk-pressure', 'pressure'],
  ['node.kubernetes.io/memory-pressure', 'pressure'],
  ['node.kubernetes.io/pid-pressure', 'pressure'],
  ['ToBeDeletedByClusterAutoscaler', 'leaving'],
  ['DeletionCandidateOfClusterAutoscaler', 'leaving'],
  ['karpenter.sh/disrupted', 'leaving'],
  ['karpenter.sh/disruption', 'leaving'],
  ['karpenter.sh/unregistered', 'starting'],
  ['node.cloudprovider.kubernetes.io/uninitialized', 'starting'],
  ['node.cloudprovider.kubernetes.io/shutdown', 'shutdown'],
  ['node.cilium.io/agent-not-ready', 'starting'],
  ['ebs.csi.aws.com/agent-not-ready', 'starting'],
  ['fsx.csi.aws.com/agent-not-ready', 'starting'],
  ['startup-taint.cluster-autoscaler.kubernetes.io/disk', 'starting'],
  ['aws-node-termination-handler/spot-itn', 'leaving'],
  ['cloud.google.com/impending-node-termination', 'leaving'],
  ['cloud.google.com/not-target-gke-version', 'maintenance'],
  ['medik8s.io/drain', 'maintenance'],
])('%s comes and goes with something else', ([key, kind]) => {
  expect(knownTaint({key: key ?? ''})?.kind).toBe(kind)
  expect(isPassing({key: key ?? '', effect: 'NoSchedule'})).toBe(true)
})

test.for([
  'dedicated',
  'node-role.kubernetes.io/control-plane',
  'node.kubernetes.io/out-of-service',
  'node.kubernetes.io/unschedulable',
  'kubernetes.azure.com/scalesetpriority',
  'cloud.google.com/gke-spot',
  'nvidia.com/gpu',
  'example.com/agent-not-ready-at-all',
  'karpenter.shop/disrupted',
  '',
])('%s does not', (key) => {
  expect(isPassing({key, effect: 'NoSchedule'})).toBe(false)
})
