import {type Event, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import type {Rule} from '../finding.ts'
import {lastSeen} from '../pods/subject.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {setReference, setText} from './parts.ts'

const CRITICAL = ['system-node-critical', 'system-cluster-critical']

/**
 * Room for a critical Pod is made by killing others, members of StatefulSets among them. The scheduler names the Pod that
 * it did that for by its uid (1.27 and newer); the kubelet does not say.
 */
export const preemptsOthers: Rule<DaemonSetSubject> = ({daemonSet, relations}) => {
  const {priorityClassName = ''} = daemonSet.spec?.template?.spec ?? {}
  if (!CRITICAL.includes(priorityClassName)) return undefined
  const pods = new Map(relations.podsOf(daemonSet.metadata?.uid).map((pod) => [pod.metadata?.uid, pod]))
  const victims = relations.snapshot.events
    .filter(({reason, involvedObject}) => reason === 'Preempted' && involvedObject?.kind === 'Pod')
    .filter((event) => preemptorOf(event, pods))
    .toSorted((left, right) => (lastSeen(left) > lastSeen(right) ? -1 : 1))
  const [last] = victims
  if (!last) return undefined
  const preemptor = preemptorOf(last, pods)
  const names = victims.map(
    ({involvedObject}) => `${involvedObject.namespace ?? ''}/${involvedObject.name ?? ''}`,
  )
  return {
    id: 'ds-critical-preempts-others',
    severity: 'info',
    message: `${setText(daemonSet)} is ${priorityClassName}, and room for its Pods was made by stopping ${fewText([...new Set(names)])}`,
    object: setReference(daemonSet),
    ...(lastSeen(last) && {since: lastSeen(last)}),
    evidence: [
      `event Preempted on pod/${last.involvedObject.name ?? ''} for pod/${preemptor ? nameOf(preemptor) : ''}`,
      `daemonset/${nameOf(daemonSet)} spec.template.spec.priorityClassName=${priorityClassName}`,
    ],
    selfHealing: 'yes',
    remedy: {
      commands: [
        kubectl('get', 'pods', '-n', last.involvedObject.namespace ?? namespaceOf(daemonSet), '-o', 'wide'),
      ],
      advice:
        'see that those that were stopped are back; keep room for the set on every node, and roll it out a few nodes at a time',
      danger: 'on several nodes at once that may take the quorum of a StatefulSet',
      rung: 0,
    },
  }
}

/** `Preempted by pod <uid> on node <node>`. */
function preemptorOf({message}: Event, pods: ReadonlyMap<string | undefined, Pod>): Pod | undefined {
  const uid = /^Preempted by \S+ (\S+) on node /.exec(message ?? '')?.[1]
  return uid === undefined ? undefined : pods.get(uid)
}
