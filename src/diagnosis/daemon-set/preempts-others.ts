import {lastSeen, latestFirst} from '../../model/events.ts'
import {grouped} from '../../model/grouping.ts'
import {type DaemonSet, type Event, nameOf, namespaceOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'
import {setReference, setText} from './words.ts'

export const causes = {
  'ds-critical-preempts-others': {
    title: 'critical daemon preempts other Pods',
    applies: ['DaemonSet'],
    sign: 'A daemon of priority `system-node-critical` needed room: other Pods of the node, also members of StatefulSets, have the events `Preempting` or `Preempted`.',
    remedy: 'Leave room for the daemons on each node; lower their requests, or roll fewer nodes at once.',
    avoid: 'update the set on many nodes at once: that may take the quorum of a StatefulSet',
    rank: 'aside',
  },
} satisfies Causes

const CRITICAL = ['system-node-critical', 'system-cluster-critical']

/**
 * Room for a critical Pod is made by killing others, also members of StatefulSets. The scheduler names the Pod that it did
 * that for by its uid (1.27 and newer); the kubelet does not say.
 */
export const preemptsOthers: Rule<DaemonSetSubject> = ({daemonSet, relations}) => {
  const priorityClassName = classOf(daemonSet)
  if (!isCritical(daemonSet)) return undefined
  const pods = new Map(relations.podsOf(daemonSet.metadata?.uid).map((pod) => [pod.metadata?.uid, pod]))
  const {events} = relations.snapshot
  const byPreemptor = relations.once('byPreemptor', events, () => grouped(events, preemptorUid))
  const victims = latestFirst([...pods.keys()].flatMap((uid) => byPreemptor.get(uid ?? '') ?? []))
  const [last] = victims
  if (!last) return undefined
  const preemptor = pods.get(preemptorUid(last))
  const names = victims.map(
    ({involvedObject}) => `${involvedObject.namespace ?? ''}/${involvedObject.name ?? ''}`,
  )
  return {
    id: 'ds-critical-preempts-others',
    severity: 'info',
    message: `${setText(daemonSet)} (${priorityClassName}) preempted ${fewText([...new Set(names)])} to make room for its Pods`,
    object: setReference(daemonSet),
    ...(lastSeen(last) && {since: lastSeen(last)}),
    evidence: [
      `event Preempted on pod/${last.involvedObject.name ?? ''} for pod/${preemptor ? nameOf(preemptor) : ''}`,
      `daemonset/${nameOf(daemonSet)} spec.template.spec.priorityClassName=${priorityClassName}`,
    ],
    selfHealing: 'yes',
    remedy: {
      look: [
        kubectl('get', 'pods', '-n', last.involvedObject.namespace ?? namespaceOf(daemonSet), '-o', 'wide'),
      ],
      act: [
        {
          text: 'keep room for the set on every node, and update a few nodes at a time',
          commands: [],
        },
      ],
      risk: '',
      avoid: causes['ds-critical-preempts-others'].avoid,
      rung: 0,
    },
  }
}

/** Whether room for its Pods may be made by stopping almost any other. */
export function isCritical(daemonSet: DaemonSet): boolean {
  return CRITICAL.includes(classOf(daemonSet))
}

function classOf({spec}: DaemonSet): string {
  return spec?.template?.spec?.priorityClassName ?? ''
}

/** `Preempted by pod <uid> on node <node>`. */
function preemptorUid({reason, involvedObject, message}: Event): string | undefined {
  if (reason !== 'Preempted' || involvedObject?.kind !== 'Pod') return undefined
  return /^Preempted by \S+ (\S+) on node /.exec(message ?? '')?.[1]
}
