import type {SchedulingCauses} from './reason.ts'

/** Which other Pods run there. Most specific first, in all wordings of 1.20 to 1.37. */
export const causes = {
  'sched-affinity-terms-conflict': {
    title: 'affinity terms contradict each other',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The scheduler says `pod affinity terms conflict`: no node can satisfy them all.',
    remedy: 'Correct the affinity in the template.',
    pattern: /pod affinity terms conflict/i,
    severity: 'error',
    words: "the Pod's affinity terms contradict each other",
    isOfNoNode: true,
    ways: ['correct the affinity in the template: no node can satisfy its terms together'],
    stage: 'early',
  },
  'sched-existing-anti-affinity': {
    title: 'another Pod keeps it away',
    applies: ['StatefulSet'],
    sign: "The scheduler says `didn't satisfy existing pods anti-affinity rules`: a Pod that runs there has a rule against this one.",
    remedy: 'Find that Pod on the node, and decide whether its rule is meant.',
    risk: 'without that rule one node may take down several members at once',
    pattern: /didn't satisfy existing pods anti-affinity rules/i,
    severity: 'error',
    words: "another Pod's anti-affinity excludes this one",
    ways: ['see which Pod of the node has that anti-affinity; only if it is not meant, change its template'],
    stage: 'after',
  },
  'sched-anti-affinity': {
    title: 'anti-affinity keeps it away',
    applies: ['StatefulSet'],
    sign: "The scheduler says `didn't match pod anti-affinity rules`: each fitting node already runs a Pod that this one must not share a node with. A Pod that is terminating still counts.",
    remedy: 'Add a node, wait for the terminating one, or make the rule a preference.',
    risk: 'with a rule that is only preferred, one node may take down several members at once',
    pattern: /didn't match pod (affinity\/)?anti-affinity/i,
    severity: 'error',
    words: 'a Pod that this one must not run beside (podAntiAffinity) is',
    ways: [
      'wait if that Pod is terminating: until it is gone, it counts',
      'prefer instead of require in the podAntiAffinity of the template',
    ],
    onSeveral: [
      'wait if one of those Pods is terminating: until it is gone, it counts',
      'add a node: it takes as many as there are Pods that keep away from each other',
      'prefer instead of require in the podAntiAffinity of the template',
    ],
    stage: 'after',
  },
  'sched-pod-affinity': {
    title: 'podAffinity leaves no node',
    applies: ['StatefulSet'],
    sign: "The scheduler says `didn't match pod affinity rules`: the Pod must run beside another one, and that one is not there, or is where the Pod's volume can't be reached.",
    remedy:
      'Look at `podAffinity` in the template, and where the Pods are that it asks for. A volume does not move: let them run where it is, or prefer instead of require.',
    pattern: /didn't match pod affinity rules/i,
    severity: 'error',
    words: 'no Pod that this one must run beside (podAffinity) is',
    ways: ['see which Pods its podAffinity asks for, and where such Pods run'],
    stage: 'after',
  },
  'sched-topology-spread': {
    title: 'spread would become too uneven',
    applies: ['StatefulSet'],
    sign: "The scheduler says `didn't match pod topology spread constraints`. With `(missing required label)` the nodes lack the label of the topology.",
    remedy: 'Add nodes in the zone that is short, label the nodes, or relax `maxSkew`.',
    risk: 'with a relaxed rule one zone or node may take down more members at once',
    riskWhen: 'the rule is relaxed: not where only a label is missing',
    pattern: /didn't match pod topology spread constraints/i,
    severity: 'error',
    words: 'the topology spread would become too uneven with the Pod',
    ways: ['relax maxSkew, or use ScheduleAnyway, in the template'],
    onSeveral: [
      'see why the nodes where fewer of these Pods run do not take it: the scheduler names that too',
      'relax maxSkew, or use ScheduleAnyway, in the template',
    ],
    inCase: {
      said: /missing required label/i,
      words: "the label of the Pod's topology spread (topologyKey) is missing",
      ways: [
        'label the nodes: without that label they are no place for it',
        'correct topologyKey in the template',
      ],
    },
    stage: 'after',
  },
} satisfies SchedulingCauses

export const AFFINITY = 'sched-pod-affinity' satisfies keyof typeof causes
export const ANTI_AFFINITY = 'sched-anti-affinity' satisfies keyof typeof causes
export const EXISTING_ANTI_AFFINITY = 'sched-existing-anti-affinity' satisfies keyof typeof causes
