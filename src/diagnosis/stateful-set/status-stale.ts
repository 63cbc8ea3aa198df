import {isObserved, nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {isRunningReady} from '../../model/rollout/stateful-set-facts.ts'
import {isMember} from '../../model/stateful-set.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {SILENT_SECONDS, secondsBetween} from '../patience.ts'
import type {SetSubject} from '../subjects.ts'

export const causes = {
  'sts-status-stale': {
    title: 'status differs from the Pods',
    applies: ['StatefulSet'],
    sign: 'For minutes `status.readyReplicas` or `status.replicas` has not been what the Pods say, although `observedGeneration` is that of the set. `kubectl get` shows the status, and whoever waits for it waits in vain.',
    remedy:
      'See whether kube-controller-manager runs. Any change of the set, such as an annotation, makes it look again.',
    rank: 'aside',
  },
} satisfies Causes

/** The controller writes what it counts within seconds; what it has not counted for minutes it has overlooked (kubernetes#85761). */
export const statusStale: Rule<SetSubject> = ({set, relations}) => {
  const pods = relations.podsOf(set.metadata?.uid).filter((pod) => isMember(set, pod))
  const differing = relations.sees('pods') && !set.metadata?.deletionTimestamp ? differenceOf(set, pods) : []
  if (differing.length === 0) return undefined
  const since = pods.flatMap(timesOf).toSorted().at(-1)
  if (!(secondsBetween(since, relations.snapshot.observedAt) > SILENT_SECONDS)) return undefined
  const [namespace, name] = [namespaceOf(set), nameOf(set)]
  return {
    id: 'sts-status-stale',
    severity: 'warning',
    message: `The status of StatefulSet ${name} is not what its Pods say: ${differing.map(({key, ours, theirs}) => `${key} is ${ours}, the controller wrote ${theirs}`).join('; ')}`,
    object: {kind: 'StatefulSet', namespace, name},
    ...(since && {since}),
    evidence: [
      `statefulset/${name} status: ${differing.map(({key, theirs}) => `${key}=${theirs}`).join(', ')}`,
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('get', 'lease', '-n', 'kube-system', 'kube-controller-manager', '-o', 'yaml')],
      act: [
        {
          text: 'if kube-controller-manager runs (then its Lease is renewed), let it count again: any change of the set does that',
          commands: [touch(namespace, name, relations.snapshot.observedAt)],
        },
      ],
      risk: '',
      avoid: '',
      rung: 1,
    },
  }
}

function touch(namespace: string, name: string, now: string): string {
  return kubectl('annotate', 'sts', '-n', namespace, name, '--overwrite', `touched=${now}`)
}

interface Difference {
  readonly key: string
  readonly ours: number
  readonly theirs: number
}

/** A Pod that has just vanished leaves no trace: that the status counts more Pods than there are proves nothing. */
function differenceOf(set: StatefulSet, pods: readonly Pod[]): readonly Difference[] {
  const {status} = set
  if (!isObserved(set) || status?.replicas === undefined || pods.length < status.replicas) return []
  const counts = [
    {key: 'replicas', ours: pods.length, theirs: status.replicas},
    {key: 'readyReplicas', ours: pods.filter(isRunningReady).length, theirs: status.readyReplicas ?? 0},
  ]
  return pods.some(isTerminating) ? [] : counts.filter(({ours, theirs}) => ours !== theirs)
}

/** Whatever the controller had to look at. */
function timesOf({metadata, status}: Pod): readonly string[] {
  const times = [
    metadata?.creationTimestamp,
    ...(status?.conditions ?? []).map((each) => each.lastTransitionTime),
  ]
  return times.filter((time) => time !== undefined)
}
