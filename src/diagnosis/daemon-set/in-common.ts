import type {CountedNode} from '../../model/daemon-counters.ts'
import {isUpdated} from '../../model/daemon-revision.ts'
import {type Node, nameOf, type Pod} from '../../model/objects.ts'
import {isReady, isTerminating} from '../../model/pod.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {podTrouble} from '../pod/trouble.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'
import {setReference, setText} from './words.ts'

export const causes = {
  'ds-failing-nodes-alike': {
    title: 'failing nodes are of one kind',
    applies: ['DaemonSet'],
    sign: 'All nodes on which the Pods of the set fail have something in common that the nodes on which they work do not have: a label for the system, architecture, pool, machine type or zone, or the version of the kubelet.',
    remedy:
      'Look for what is different there: an image without that architecture, a path, a kernel, a network.',
    rank: 'aside',
  },
} satisfies Causes

/** What tells kinds of nodes apart; of the first two one node is enough. */
const SURE = ['kubernetes.io/arch', 'kubernetes.io/os']
const LABELS = [
  ...SURE,
  'cloud.google.com/gke-nodepool',
  'eks.amazonaws.com/nodegroup',
  'kubernetes.azure.com/agentpool',
  'agentpool',
  'karpenter.sh/nodepool',
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/zone',
]
const VERSION = 'kubelet version'
const SEVERAL = 2

/** The Pods fail on one kind of node only. */
export const failingNodesAlike: Rule<DaemonSetSubject> = (subject) => {
  const {daemonSet, nodes, hash, relations} = subject
  const failing = nodes.filter(({pods}) => pods.some((pod) => podTrouble(pod, relations)?.isStalled))
  const working = nodes.filter(
    (each) =>
      !failing.includes(each) &&
      each.pods.some((pod) => isAtWork(pod) && isUpdated(daemonSet, pod, hash) !== false),
  )
  if (failing.length === 0 || working.length < SEVERAL) return undefined
  const kind = kindOf(failing, working)
  if (kind === undefined) return undefined
  const names = failing.map(({node}) => nameOf(node))
  return {
    id: 'ds-failing-nodes-alike',
    severity: 'info',
    message: `Pods of ${setText(daemonSet)} fail only on nodes with ${kind} (${fewText(names)}), and work on ${working.length} others`,
    object: setReference(daemonSet),
    evidence: names.slice(0, SEVERAL).map((name) => `node/${name} ${kind}`),
    selfHealing: 'no',
    remedy: null,
  }
}

/** An old Pod that works says nothing of the revision that fails. */
const isAtWork = (pod: Pod): boolean => isReady(pod) && !isTerminating(pod)

function kindOf(failing: readonly CountedNode[], working: readonly CountedNode[]): string | undefined {
  const keys = failing.length < SEVERAL ? SURE : [...LABELS, VERSION]
  const key = keys.find((each) => {
    const [value, ...others] = new Set(failing.map(({node}) => traitOf(node, each)))
    const isShared = value !== undefined && others.length === 0
    return isShared && working.every(({node}) => ![undefined, value].includes(traitOf(node, each)))
  })
  return key && failing[0] && `${key}${key === VERSION ? ' ' : '='}${traitOf(failing[0].node, key)}`
}

function traitOf({metadata, status}: Node, key: string): string | undefined {
  return key === VERSION ? status?.nodeInfo?.kubeletVersion : metadata?.labels?.[key]
}
