import {expect, test} from 'vitest'
import type {Finding} from '../../../../src/diagnosis/finding.ts'
import {scheduling} from '../../../../src/diagnosis/pod/scheduling/scheduling.ts'
import type {Node, Pod, Taint} from '../../../../src/model/objects.ts'
import {claim, node, pendingPod, pinnedTo, statefulSet, storageClass, volume} from '../../../builders.ts'
import {actsOf, adviceOf, commandsOf, lookOf, riskOf} from '../../remedies.ts'
import type {Facts} from '../../subjects.ts'
import {ofPod} from '../volumes-subject.ts'

const HOST = 'kubernetes.io/hostname'
const ZONE = 'topology.kubernetes.io/zone'
const SINCE = '2026-05-01T11:30:00Z'

/** Refused for its taints or cordon, half an hour ago. */
function refused(message = 'node(s) had untolerated taint(s)', since = SINCE): Pod {
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    lastTransitionTime: since,
  }
  return pendingPod({
    status: {conditions: [{...condition, message: `0/9 nodes are available: 9 ${message}.`}]},
  })
}

function bearing(name: string, keys: readonly (string | Taint)[], others: Partial<Node> = {}): Node {
  const taints = keys.map((key) => (typeof key === 'string' ? {key, effect: 'NoSchedule'} : key))
  const labels = {[HOST]: name, [ZONE]: 'a'}
  return node({...others, name, metadata: {name, labels}, spec: {...others.spec, taints}})
}

const SILENT = {
  status: {
    conditions: [
      {
        type: 'Ready',
        status: 'Unknown',
        lastTransitionTime: '2026-05-01T10:00:00Z',
        message: 'Kubelet stopped posting node status.',
      },
    ],
  },
}

const ELSEWHERE = node({name: 'b1', metadata: {name: 'b1', labels: {[HOST]: 'b1', [ZONE]: 'b'}}})

function cluster(nodes: readonly Node[], pin = pinnedTo(ZONE, 'a'), others: Facts = {}): Facts {
  return {
    pods: [refused()],
    nodes: [...nodes, ELSEWHERE],
    persistentVolumeClaims: [claim()],
    persistentVolumes: [volume({spec: pin})],
    storageClasses: [storageClass()],
    ...others,
  }
}

const found = (facts: Facts): Finding | undefined => ofPod(scheduling, facts)

test('the one node with its disk is silent: that is the cause, and its taint only the sign', () => {
  const lost = bearing('n1', ['node.kubernetes.io/unreachable'], SILENT)
  expect(
    found(cluster([lost, bearing('cp', ['node-role.kubernetes.io/control-plane'])], pinnedTo(HOST, 'n1'))),
  ).toEqual({
    id: 'sched-node-not-ready',
    severity: 'error',
    message: 'Node n1, which alone reaches volume pv-data-web-0, is not ready (web-0 is pending)',
    object: {kind: 'Pod', namespace: 'shop', name: 'web-0'},
    blames: [{kind: 'Node', name: 'n1'}],
    since: SINCE,
    evidence: [
      'pod/web-0 condition PodScheduled=False: 0/9 nodes are available: 9 node(s) had untolerated taint(s).',
      "pv/pv-data-web-0 can't be reached from every node",
      'node/n1 condition Ready=Unknown: Kubelet stopped posting node status.',
      'node/n1 taint node.kubernetes.io/unreachable:NoSchedule',
    ],
    selfHealing: 'maybe',
    remedy: {
      look: ['kubectl describe node n1'],
      act: [
        {
          text: 'bring node n1 back: see its machine, its network and its kubelet, which is silent; its taint is then removed by itself; the data of pv-data-web-0 is only there',
          commands: [],
        },
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  })
})

test('it lasts since the later of its conditions', () => {
  const later = {
    ...SILENT.status.conditions[0],
    type: 'Ready',
    status: 'Unknown',
    lastTransitionTime: '2026-05-01T11:45:00Z',
  }
  const lost = bearing('n1', ['node.kubernetes.io/unreachable'], {status: {conditions: [later]}})
  expect(found(cluster([lost]))?.since).toBe('2026-05-01T11:45:00Z')
})

test.for<[string, string, readonly (string | Taint)[], Partial<Node>, RegExp, RegExp]>([
  [
    'a node that Karpenter takes away',
    'sched-node-leaving',
    ['karpenter.sh/disrupted'],
    {},
    /is being taken away by Karpenter \(web-0/,
    /a node is needed in zone a/,
  ],
  [
    'a node that the autoscaler removes, and that is cordoned',
    'sched-node-leaving',
    ['ToBeDeletedByClusterAutoscaler'],
    {spec: {unschedulable: true}},
    /by the cluster autoscaler \(web-0/,
    /a node is needed in zone a/,
  ],
  [
    'one that goes and is silent by now',
    'sched-node-leaving',
    ['node.kubernetes.io/unreachable', 'karpenter.sh/disrupted'],
    SILENT,
    /by Karpenter \(web-0/,
    /a node is needed/,
  ],
  [
    'one that is short of disk',
    'sched-node-pressure',
    ['node.kubernetes.io/disk-pressure'],
    {
      status: {
        conditions: [
          {type: 'Ready', status: 'True'},
          {type: 'DiskPressure', status: 'True'},
        ],
      },
    },
    /is short of resources, with DiskPressure \(web-0/,
    /no longer reports DiskPressure/,
  ],
  [
    'one whose agent is missing',
    'sched-node-starting',
    ['node.cilium.io/agent-not-ready'],
    {},
    /is not set up yet: Cilium's agent has not removed/,
    /see why Cilium's agent does not run/,
  ],
  [
    'one that the cloud does not know yet',
    'sched-node-starting',
    ['node.cloudprovider.kubernetes.io/uninitialized'],
    {},
    /the cloud controller manager has not removed/,
    /add a node in zone a/,
  ],
  [
    'one without a network',
    'sched-node-not-ready',
    ['node.kubernetes.io/network-unavailable'],
    {},
    /has no network yet \(web-0/,
    /why node n1 has no network/,
  ],
  [
    'one whose machine is off',
    'sched-node-not-ready',
    ['node.cloudprovider.kubernetes.io/shutdown', 'node.kubernetes.io/unreachable'],
    SILENT,
    /is shut down: the cloud says that its machine is off \(web-0/,
    /bring node n1 back/,
  ],
  [
    'one that was declared dead, and is',
    'sched-node-not-ready',
    ['node.kubernetes.io/out-of-service'],
    SILENT,
    /is not ready/,
    /then take the out-of-service taint away/,
  ],
  [
    'one that is silent and cordoned',
    'sched-node-not-ready',
    ['node.kubernetes.io/unreachable'],
    {...SILENT, spec: {unschedulable: true}},
    /is not ready/,
    /bring node n1 back/,
  ],
])('it needs %s', ([, id, keys, others, message, advice]) => {
  const said = others.spec?.unschedulable ? 'node(s) were unschedulable' : undefined
  const finding = found(cluster([bearing('n1', keys, others)], pinnedTo(ZONE, 'a'), {pods: [refused(said)]}))
  expect(finding?.id).toBe(id)
  expect(finding?.message).toMatch(message)
  expect(adviceOf(finding)).toMatch(advice)
  expect(JSON.stringify(finding?.remedy)).not.toMatch(/tolerate|kubectl taint|uncordon/)
})

test('of several nodes the message says what is wrong with each', () => {
  const nodes = [
    bearing('n1', ['karpenter.sh/disrupted']),
    bearing('n2', ['node.kubernetes.io/unreachable'], SILENT),
    bearing('n3', ['node.kubernetes.io/unreachable'], SILENT),
  ]
  expect(found(cluster(nodes))).toMatchObject({
    id: 'sched-node-not-ready',
    message: expect.stringContaining(
      'No node that reaches volume pv-data-web-0 (zone a) takes the Pod now: nodes n2, n3 (each is not ready), node n1 is being taken away by Karpenter',
    ),
  })
})

test.for<[string, readonly Node[], string]>([
  ['a taint that a person has put there', [bearing('n1', ['dedicated'])], 'sched-taint'],
  [
    'one beside that of a condition',
    [bearing('n1', ['dedicated', 'node.kubernetes.io/unreachable'], SILENT)],
    'sched-taint',
  ],
  [
    'that of a pool of spot machines',
    [bearing('n1', ['kubernetes.azure.com/scalesetpriority'])],
    'sched-taint',
  ],
  ['out of service, and back', [bearing('n1', ['node.kubernetes.io/out-of-service'])], 'sched-taint'],
])('near miss: %s stays what it is', ([, nodes, id]) => {
  expect(found(cluster(nodes))?.id).toBe(id)
})

test('near miss: another node is only cordoned, and an uncordon is quicker', () => {
  const nodes = [
    bearing('n1', ['node.kubernetes.io/unreachable'], SILENT),
    bearing('n2', [], {spec: {unschedulable: true}}),
  ]
  expect(found(cluster(nodes, undefined, {pods: [refused('node(s) were unschedulable')]}))?.id).toBe(
    'sched-node-cordoned',
  )
})

test('a node that is not set up yet may still be by and by', () => {
  const taint = {
    key: 'ebs.csi.aws.com/agent-not-ready',
    effect: 'NoExecute',
    timeAdded: '2026-05-01T11:59:55Z',
  }
  expect(found(cluster([bearing('n1', [taint])]))?.severity).toBe('info')
})

test('what the agent does is told by its Pod on that node', () => {
  expect(lookOf(found(cluster([bearing('n1', ['node.cilium.io/agent-not-ready'])])))).toEqual([
    'kubectl describe node n1',
    'kubectl get pods -A -o wide --field-selector spec.nodeName=n1',
  ])
})

test('no command takes the taint of a pool off', () => {
  const finding = found(cluster([bearing('n1', ['kubernetes.azure.com/scalesetpriority'])]))
  expect(commandsOf(finding)).toEqual(['kubectl get nodes'])
  expect(adviceOf(finding)).toMatch(/those are machines that the cloud may take back/)
  expect(riskOf(finding)).toMatch(/the cloud takes such a machine back/)
})

test('where room is short on the others, a node that is not ready may be the cure', () => {
  const small = node({name: 'n2', metadata: {name: 'n2', labels: {[HOST]: 'n2', [ZONE]: 'a'}}})
  const lost = bearing('n1', ['node.kubernetes.io/unreachable'], SILENT)
  const pods = [refused('Insufficient cpu')]
  const advice = (nodes: readonly Node[]) => adviceOf(found(cluster(nodes, undefined, {pods})))
  expect(found(cluster([lost, small], undefined, {pods}))?.id).toBe('sched-insufficient-cpu')
  expect(advice([lost, small])).toMatch(
    /^see whether others have room once they are well again: node n1 is not ready/,
  )
  expect(advice([bearing('n1', ['dedicated']), small])).not.toContain('n1')
  expect(advice([bearing('n1', ['karpenter.sh/disrupted']), small])).not.toContain('n1')
})

const TOLD = 'node(s) had untolerated taint {node.kubernetes.io/unreachable: }'

test.for<[string, string, string]>([
  ['that of a condition', TOLD, 'sched-node-not-ready'],
  [
    'in the words up to 1.23',
    "node(s) had taint {karpenter.sh/disrupted: }, that the pod didn't tolerate",
    'sched-node-leaving',
  ],
  ['that of a person', 'node(s) had untolerated taint {dedicated: db}', 'sched-taint'],
  ['from 1.35, which do not name it', 'node(s) had untolerated taint(s)', 'sched-taint'],
])('by the words alone, where nodes were not seen: %s', ([, said, id]) => {
  const facts = {pods: [refused(said)], unseen: ['nodes']} as const
  expect(found(facts)?.id).toBe(id)
})

test('what the template tolerates by now is nothing to tolerate: this Pod is of an older revision', () => {
  const template = {spec: {containers: [], tolerations: [{key: 'dedicated', operator: 'Exists'}]}}
  const facts = cluster([bearing('n1', ['dedicated'])], undefined, {
    statefulSets: [statefulSet({spec: {template}})],
  })
  expect(adviceOf(found(facts))).toMatch(/^the template of its set tolerates that by now/)
  expect(actsOf(found({...facts, statefulSets: [statefulSet()]}))).toEqual([
    {text: 'if the set may run there, tolerate the taint in the template', commands: []},
    {
      text: 'only if whoever put the taint there needs it no more, take it away',
      commands: ['kubectl taint node n1 dedicated:NoSchedule-'],
    },
  ])
})
