import {containersOf, lastEnd} from '../../../model/containers.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {CRASH_FORGOTTEN_SECONDS, secondsBetween} from '../../patience.ts'
import {describeNode} from '../finding.ts'
import {containerOf} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {crashFinding} from './crash-finding.ts'

export const causes = {
  'container-status-unknown': {
    title: 'kubelet lost track of it',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`terminated.reason` is `ContainerStatusUnknown`, mostly after a restart of the kubelet or of the machine. The exit code 137 is not a real one.',
    remedy: 'Wait: the container starts again.',
  },
} satisfies Causes

/** After a restart of the node or of its kubelet nobody knows how the container terminated. */
export const statusUnknown: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const container = containersOf(pod).find((each) => lastEnd(each)?.reason === 'ContainerStatusUnknown')
  if (!container || container.status.ready || container.role === 'init') return undefined
  const startedAt = container.status.state?.running?.startedAt
  // what keeps it from being ready for so long since is something else
  if (secondsBetween(startedAt, subject.now) > CRASH_FORGOTTEN_SECONDS) return undefined
  return crashFinding(subject, container, {
    id: 'container-status-unknown',
    severity: 'warning',
    message: `The kubelet lost track of ${containerOf(container, pod)} while it or its node restarted`,
    notes: ['no crash of its own'],
    selfHealing: 'yes',
    isMute: true,
    look: pod.spec?.nodeName ? [describeNode(pod.spec.nodeName)] : [],
    help: {acts: ['wait: the container is started again; if it is not, see what is wrong with its node']},
  })
}
