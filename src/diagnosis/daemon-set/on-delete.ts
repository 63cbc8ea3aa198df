import {isUpdated} from '../../model/daemon-revision.ts'
import {type DaemonSet, type Node, nameOf, namespaceOf} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Causes} from '../cause.ts'
import type {Remedy, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {leftToOperator} from '../workload/owner.ts'
import {nodesText, setReference, setText} from './words.ts'

export const causes = {
  'ds-ondelete': {
    title: 'daemon Pods wait to be deleted',
    applies: ['DaemonSet'],
    sign: '`updateStrategy` is `OnDelete`, and Pods are of an old revision. The controller creates new ones only in place of those that a person deletes.',
    remedy:
      "If an operator owns the set, leave the Pods to it, and look at its owner's status. If not, update node by node: `kubectl drain <node> --ignore-daemonsets`, then `kubectl delete pod <pod>`, and when the new Pod is available `kubectl uncordon <node>`. `OnDelete` is mostly chosen because other Pods of the node do not survive a restart of this one (mounts, network, devices).",
    risk: 'the drain moves the other Pods of the node elsewhere; without a drain they may lose what they have from this Pod, such as mounts, network or devices',
    riskWhen: 'no operator owns the set',
    avoid:
      'delete Pods that an operator updates: that may stop what the operator would have moved away first',
    rank: 'aside',
  },
} satisfies Causes

/** By design nothing is replaced until somebody deletes it. */
export const onDelete: Rule<DaemonSetSubject> = ({daemonSet, nodes, hash}) => {
  if (daemonSet.spec?.updateStrategy?.type !== 'OnDelete') return undefined
  const outdated = nodes.flatMap(({node, pods}) =>
    pods
      .filter((pod) => !isTerminating(pod) && isUpdated(daemonSet, pod, hash) === false)
      .map((pod) => ({node, name: nameOf(node), pod: nameOf(pod)})),
  )
  const [first] = outdated.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  if (!first) return undefined
  const names = [...new Set(outdated.map(({name}) => name))].toSorted()
  return {
    id: 'ds-ondelete',
    severity: 'info',
    message: `updateStrategy OnDelete replaces no Pod by itself: ${setText(daemonSet)} still has its old revision on ${nodesText(names)}`,
    object: setReference(daemonSet),
    evidence: [`daemonset/${nameOf(daemonSet)} spec.updateStrategy.type=OnDelete`],
    selfHealing: 'no',
    remedy: leftToOperator(daemonSet, 'replaces the Pods in its own order') ?? drainFirst(daemonSet, first),
  }
}

/** Nothing in the cluster says why a restart of these Pods is left to a person: mostly others of the node depend on them. */
function drainFirst(daemonSet: DaemonSet, {node, pod}: {node: Node; pod: string}): Remedy {
  const name = nameOf(node)
  const deletePod = kubectl('delete', 'pod', '-n', namespaceOf(daemonSet), pod)
  return {
    look: [kubectl('describe', 'node', name)],
    act: [
      {
        text: `one node at a time, drain the node, delete the Pod${node.spec?.unschedulable ? '' : ', and uncordon the node when the new Pod is available'}`,
        commands: [
          kubectl('drain', name, '--ignore-daemonsets'),
          deletePod,
          ...(node.spec?.unschedulable ? [] : [kubectl('uncordon', name)]),
        ],
      },
      {
        text: 'only if no other Pod of the node needs this one (mounts, network, devices), delete it without a drain',
        commands: [deletePod],
      },
    ],
    risk: causes['ds-ondelete'].risk,
    avoid: '',
    rung: 2,
  }
}
