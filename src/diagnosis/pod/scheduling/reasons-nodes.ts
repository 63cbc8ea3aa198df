import type {SchedulingCauses} from './reason.ts'

/** What comes before an uncordon. */
export const ONLY_IF_DONE =
  'ask who cordoned it, and for what; only if nobody drains or repairs it any more, let Pods onto it again'

/** What a node is like, whatever runs on it. Most specific first, in all wordings of 1.20 to 1.37. */
export const causes = {
  'sched-taint': {
    title: 'untolerated taint keeps it away',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "The scheduler says `had untolerated taint`, up to 1.23 `had taint … that the pod didn't tolerate`. From 1.35 the text names no taint: look at `spec.taints` of the nodes.",
    remedy: 'Tolerate the taint in the template, or take it off the node.',
    risk: 'the taint may protect the node or its hardware: ask who put it there',
    riskWhen: 'the taint was put there on purpose, and still keeps Pods of this revision away',
    pattern: /^node\(s\) had (untolerated )?taint/i,
    severity: 'error',
    words: 'an untolerated taint is',
    ways: [
      'if the set may run there, tolerate the taint in the template',
      'if whoever put the taint there needs it no more, take it off the node',
    ],
    stage: 'early',
    about: 'taint',
    isRegisteredLate: true,
  },
  'sched-node-cordoned': {
    title: 'node is cordoned',
    applies: ['StatefulSet'],
    sign: 'The scheduler says `node(s) were unschedulable`: somebody has cordoned the node, which is the only one that is otherwise fit.',
    remedy: '`kubectl uncordon <node>` when the work on it is done.',
    risk: 'somebody may be draining that node on purpose: ask first',
    pattern: /^node\(s\) were unschedulable/i,
    severity: 'warning',
    words: 'scheduling is disabled (cordoned)',
    ways: [ONLY_IF_DONE],
    stage: 'early',
    about: 'cordon',
  },
  'sched-node-affinity': {
    title: 'node labels do not fit',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "The scheduler says `didn't match Pod's node affinity/selector`. The labels of the nodes and the template do not agree. For daemon Pods the same words about other nodes mean nothing.",
    remedy: 'Put the labels back on the node, or correct the selector in the template.',
    pattern:
      /^node\(s\) didn't match (Pod's node affinity|node selector|scheduler-enforced node affinity|the requested (node name|hostname))/i,
    severity: 'error',
    words: "labels that the Pod's nodeSelector or affinity wants are missing",
    ways: [
      'if the node has lost the labels, put them back',
      'correct the selector or affinity in the template',
    ],
    onSeveral: [
      'if a node has lost the labels, put them back',
      'correct the selector or affinity in the template',
    ],
    stage: 'early',
    about: 'labels',
  },
  'sched-csi-driver-missing': {
    title: 'storage driver not on the node',
    applies: ['StatefulSet'],
    sign: 'The scheduler says `CSI driver is not installed on the node`.',
    remedy:
      'Look at the DaemonSet of the storage driver on that node, and at `kubectl get csinode <node> -o yaml`.',
    pattern: /CSI driver is not installed on the node/i,
    severity: 'error',
    words: 'a storage driver is not installed',
    ways: ['see why the DaemonSet of the storage driver does not run there'],
    isRegisteredLate: true,
  },
  'sched-node-features': {
    title: 'node lacks a needed feature',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "The scheduler says `didn't match Pod's required features` (1.36 and newer): the kubelet of the node is too old for the Pod, or has the feature switched off.",
    remedy: 'Upgrade the nodes, or do without the feature.',
    pattern: /didn't match Pod's required features/i,
    severity: 'warning',
    words: 'a feature that the Pod requires is missing',
    ways: ['upgrade the node'],
    isRegisteredLate: true,
  },
  'sched-no-nodes': {
    title: 'cluster has no nodes',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The scheduler says `no nodes available to schedule pods`.',
    remedy: 'Add nodes, or find out why none has registered.',
    pattern: /^no nodes available/i,
    severity: 'error',
    words: 'the cluster has no nodes that the scheduler knows',
    isOfNoNode: true,
    ways: ['see why no node has registered, or add nodes'],
  },
} satisfies SchedulingCauses

export const CORDONED_NODE = 'sched-node-cordoned' satisfies keyof typeof causes
export const TAINTED_NODE = 'sched-taint' satisfies keyof typeof causes
