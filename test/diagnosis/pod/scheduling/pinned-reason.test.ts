import {expect, test} from 'vitest'
import {pinnedReasons} from '../../../../src/diagnosis/pod/scheduling/pinned-reason.ts'
import {schedulingReason} from '../../../../src/diagnosis/pod/scheduling/reasons.ts'
import {EVERYTHING, tainted, waitingPod} from '../../../builders-daemon.ts'

const plain = tainted('n7')
const gpu = tainted('n7', ['dedicated=gpu:NoSchedule'])
const ABSENT = "node(s) didn't satisfy plugin(s) [NodeAffinity]"
const AFFINITY = "node(s) didn't match Pod's node affinity/selector"

/** What remains of a message for the one node that the Pod is pinned to. */
test.for<[string, string, Parameters<typeof pinnedReasons>[1], readonly string[]]>([
  [
    '1.32 and newer',
    `1 Insufficient cpu, 3 ${ABSENT}. no new claims to deallocate`,
    plain,
    ['Insufficient cpu'],
  ],
  [
    'two resources of one node',
    `1 Insufficient cpu, 1 Insufficient memory, 2 ${ABSENT}. x`,
    plain,
    ['Insufficient cpu', 'Insufficient memory'],
  ],
  ['1.24 to 1.31, which leaves the others out', '1 Too many pods.', plain, ['Too many pods']],
  ['up to 1.23', "1 Too many pods, 3 node(s) didn't match Pod's node affinity.", plain, ['Too many pods']],
  [
    'up to 1.23, where the other node is tainted',
    `1 Insufficient cpu, 1 node(s) had taint {master: }, that the pod didn't tolerate, 2 ${AFFINITY}.`,
    plain,
    ['Insufficient cpu'],
  ],
  [
    'up to 1.23, where several other nodes are tainted',
    `1 Insufficient cpu, 3 node(s) had taint {master: }, that the pod didn't tolerate.`,
    undefined,
    ['Insufficient cpu'],
  ],
  [
    'its own taint',
    `1 node(s) had untolerated taint(s), 3 ${ABSENT}.`,
    gpu,
    ['node(s) had untolerated taint(s)'],
  ],
  [
    'two nodes, and only the other one is full',
    `1 Insufficient cpu, 1 node(s) had untolerated taint(s).`,
    gpu,
    ['node(s) had untolerated taint(s)'],
  ],
  ['a taint of all nodes', `4 node(s) had untolerated taint(s).`, gpu, ['node(s) had untolerated taint(s)']],
  ['its own labels, which have changed', `1 ${AFFINITY}, 3 ${ABSENT}.`, plain, [AFFINITY]],
  ['its own labels, up to 1.23', `4 ${AFFINITY}.`, plain, [AFFINITY]],
  ['a node that the scheduler does not know', `4 ${ABSENT}.`, plain, [ABSENT]],
  [
    'a claim, which is a reason of all nodes',
    'pod has unbound immediate PersistentVolumeClaims. not found',
    plain,
    ['pod has unbound immediate PersistentVolumeClaims'],
  ],
  ['what nobody knows', '1 the moon is full, 3 x.', plain, ['the moon is full']],
])('%s', ([, text, node, expected]) => {
  expect(pinnedReasons(waitingPod('n7', `0/4 nodes are available: ${text}`), node)).toEqual(expected)
})

test('a Pod that tolerates everything is not kept away by a taint', () => {
  const message = '0/4 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).'
  expect(pinnedReasons(waitingPod('n7', message, {spec: {tolerations: EVERYTHING}}), gpu)).toEqual([
    'Insufficient cpu',
  ])
})

test('while the scheduler has said nothing there is no reason', () => {
  expect(pinnedReasons(waitingPod('n7', '', {status: {conditions: []}}), plain)).toEqual([])
  expect(pinnedReasons({}, undefined)).toEqual([])
})

/** Every text of the scheduler, in every version's wording. */
test.for<[string, string]>([
  ['sched-insufficient-cpu', 'Insufficient cpu'],
  ['sched-insufficient-memory', 'Insufficient memory'],
  ['sched-insufficient-ephemeral-storage', 'Insufficient ephemeral-storage'],
  ['sched-insufficient-extended', 'Insufficient nvidia.com/gpu'],
  ['sched-insufficient-extended', 'Insufficient hugepages-2Mi'],
  ['sched-too-many-pods', 'Too many pods'],
  ['sched-taint', "node(s) had taint {a: b}, that the pod didn't tolerate"],
  ['sched-taint', "node(s) had taints that the pod didn't tolerate"],
  ['sched-taint', 'node(s) had untolerated taint {a: b}'],
  ['sched-taint', 'node(s) had untolerated taint(s)'],
  ['sched-node-cordoned', 'node(s) were unschedulable'],
  ['sched-node-affinity', "node(s) didn't match Pod's node affinity"],
  ['sched-node-affinity', AFFINITY],
  ['sched-node-affinity', "node(s) didn't match scheduler-enforced node affinity"],
  ['sched-affinity-terms-conflict', 'pod affinity terms conflict'],
  ['sched-pv-node-affinity', 'node(s) had volume node affinity conflict'],
  ['sched-pv-node-affinity', "node(s) didn't match PersistentVolume's node affinity"],
  ['sched-pv-zone', 'node(s) had no available volume zone'],
  ['sched-unbound-immediate-pvc', 'pod has unbound immediate PersistentVolumeClaims'],
  ['sched-no-pv-to-bind', "node(s) didn't find available persistent volumes to bind"],
  ['sched-csi-capacity', 'node(s) did not have enough free storage'],
  ['sched-pv-missing', 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)'],
  ['sched-pv-missing', 'pvc(s) bound to non-existent pv(s)'],
  ['sched-pv-missing', 'persistentvolumeclaim "c" bound to non-existent persistentvolume "v"'],
  ['sched-pvc-not-found', 'persistentvolumeclaim "c" not found'],
  ['sched-pvc-being-deleted', 'persistentvolumeclaim "c" is being deleted'],
  ['sched-ephemeral-pvc', 'waiting for ephemeral volume controller to create the persistentvolumeclaim "c"'],
  ['sched-max-volumes', 'node(s) exceed max volume count'],
  ['sched-csi-driver-missing', 'ebs.csi.aws.com CSI driver is not installed on the node'],
  ['sched-anti-affinity', "node(s) didn't match pod anti-affinity rules"],
  ['sched-anti-affinity', "node(s) didn't match pod affinity/anti-affinity"],
  ['sched-existing-anti-affinity', "node(s) didn't satisfy existing pods anti-affinity rules"],
  ['sched-pod-affinity', "node(s) didn't match pod affinity rules"],
  ['sched-topology-spread', "node(s) didn't match pod topology spread constraints (missing required label)"],
  ['sched-host-port', "node(s) didn't have free ports for the requested pod ports"],
  [
    'sched-rwop-in-use',
    'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
  ],
  [
    'sched-rwop-in-use',
    'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
  ],
  ['sched-disk-conflict', 'node(s) had no available disk'],
  ['sched-dra', 'cannot allocate all claims'],
  ['sched-dra', 'resourceclaim in use'],
  ['sched-node-features', "node(s) didn't match Pod's required features"],
  ['sched-no-nodes', 'no nodes available to schedule pods'],
])('%s: %s', ([id, text]) => {
  expect(schedulingReason(text)?.id).toBe(id)
})

test.for(['', ABSENT, 'Insufficient', 'insufficiently clear to me', 'x had untolerated taint'])(
  'nothing is known of “%s”',
  (text) => {
    expect(schedulingReason(text)).toBeUndefined()
  },
)
