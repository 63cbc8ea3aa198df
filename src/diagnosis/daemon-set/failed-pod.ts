import {nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {isJoining} from '../elapsed.ts'
import type {Rule} from '../finding.ts'
import {hasJustFailed} from '../overdue.ts'
import {podReference, podText} from '../pod.ts'
import {quoted} from '../quoted.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {livePods, nowOf} from './parts.ts'

const SHUTDOWN = ['NodeShutdown', 'Terminated', 'Shutdown']

/** The controller replaces failed Pods, ever more slowly: 1 s doubling to 15 min per node. */
export const failedPod: Rule<DaemonNodeSubject> = (subject) => {
  const pod = livePods(subject).find(({status}) => status?.phase === 'Failed')
  if (!pod || subject.eligibility?.shouldRun === false || subject.state === 'NodeGone') return undefined
  const {reason, message} = pod.status ?? {}
  const why = [reason, message && quoted(message)].filter(Boolean).join(': ')
  const now = nowOf(subject)
  const isShutdown = SHUTDOWN.includes(reason ?? '')
  return {
    id: 'ds-failed-pod-backoff',
    severity: isJoining(subject.node, now)
      ? 'info'
      : isShutdown || hasJustFailed(pod, now)
        ? 'warning'
        : 'error',
    message: `${podText(pod)} on node ${subject.name} has failed${why && ` (${why})`}: the controller replaces it after a delay that doubles up to 15m`,
    object: podReference(pod),
    evidence: [`pod/${nameOf(pod)} status.phase=Failed${reason ? `, status.reason=${reason}` : ''}`],
    selfHealing: 'maybe',
    remedy: {
      commands: [
        kubectl('describe', 'pod', '-n', namespaceOf(pod), nameOf(pod)),
        kubectl('delete', 'pod', '-n', namespaceOf(pod), nameOf(pod)),
      ],
      advice: isShutdown
        ? 'the node was shut down: its Pod comes back with it'
        : 'find out why it failed; deleting it, or any edit of the template, ends the delay',
      danger: 'its logs and its status go with the Pod',
      rung: 2,
    },
  }
}
