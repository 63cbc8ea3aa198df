import {isNodeReady} from '../../model/node.ts'
import {nameOf} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {taintText, untoleratedTaints} from '../../model/taints.ts'
import {kubectl} from '../command-line.ts'
import {firstCause, type Rule} from '../finding.ts'
import {deletedAt, isOverdue} from '../overdue.ts'
import {podText} from '../pod.ts'
import {containersOf, containerText} from './containers-facts.ts'
import {eventEvidence, podFinding, toldOf} from './containers-finding.ts'
import {
  deletionEvidence,
  hasStopped,
  isKeptOn,
  leavingFinding,
  lookAt,
  outOfServiceTaint,
} from './leaving-facts.ts'
import {leavingVolume} from './leaving-volume.ts'
import type {PodSubject} from './subject.ts'

/** The kubelet is well, and a process outlives its time. */
const containerWontDie: Rule<PodSubject> = (subject) => {
  const {node, pod} = subject
  const running = containersOf(pod).find(({status}) => status.state?.running)
  if (!node || !running || !isKeptOn(subject)) return undefined
  const event = toldOf(subject, 'FailedKillPod') ?? toldOf(subject, 'ExceededGracePeriod')
  return leavingFinding(subject, {
    id: 'term-container-wont-die',
    severity: 'error',
    message: `${podText(pod)} can't end: ${containerText(running)} still runs on node ${nameOf(node)}, which is ready`,
    evidence: [
      `pod/${nameOf(pod)} container ${running.name} state.running`,
      ...eventEvidence(subject, event),
    ],
    selfHealing: 'no',
    remedy: lookAt(
      subject,
      'look on the node for a process in state D, a stuck runtime or a dead file server; restart the runtime, or the node',
      'forcing the Pod away leaves its process running beside the next one',
    ),
  })
}

/** Somebody declared the node dead; it is back, and the taint still drives everything away. */
export const outOfServiceLeftBehind: Rule<PodSubject> = (subject) => {
  const {node, pod} = subject
  const taint = outOfServiceTaint(node)
  const isDriven =
    node && untoleratedTaints(node, pod.spec?.tolerations ?? []).some(({key}) => key === taint?.key)
  if (!node || !taint || !isDriven || !isNodeReady(node)) return undefined
  const name = nameOf(node)
  return podFinding(subject, {
    id: 'term-out-of-service-left-behind',
    // however long this Pod has left: none comes back there
    severity: 'warning',
    message: `Node ${name} is ready again and still marked as out of service: ${podText(pod)} is driven away`,
    object: {kind: 'Node', name},
    since: deletedAt(pod),
    evidence: [
      `node/${name} taint ${taintText(taint)}`,
      `node/${name} condition Ready=True`,
      ...(isTerminating(pod) ? [deletionEvidence(pod)] : []),
    ],
    selfHealing: 'no',
    remedy: {
      commands: [
        kubectl('get', 'volumeattachments'),
        kubectl('taint', 'node', name, `${taint.key}:${taint.effect}-`),
      ],
      advice: 'first see that no volume is attached to it any more',
      danger: 'without the taint Pods come back, to volumes that may still be on their way out',
      rung: 1,
    },
  })
}

/** Nobody's kubelet has to say anything: the garbage collector takes it away. */
const unscheduled: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  if (pod.spec?.nodeName) return undefined
  const isLate = isOverdue(pod, now)
  return leavingFinding(subject, {
    id: 'term-unscheduled',
    severity: isLate ? 'warning' : 'info',
    message: `${podText(pod)} was told to stop before it had a node, and is ${isLate ? 'still there' : 'taken away within a minute'}`,
    evidence: [`pod/${nameOf(pod)} has no spec.nodeName`],
    selfHealing: isLate ? 'maybe' : 'yes',
    remedy: isLate
      ? lookAt(
          subject,
          'it should have been taken away within a minute: see whether the controller manager runs',
        )
      : null,
  })
}

/** Overdue, and the objects do not tell why. */
const overdue: Rule<PodSubject> = (subject) => {
  const {node, pod, now} = subject
  if (!isOverdue(pod, now)) return undefined
  const where = pod.spec?.nodeName ? ` on node ${pod.spec.nodeName}` : ''
  const stopped = hasStopped(pod) ? 'has stopped, ' : ''
  return leavingFinding(subject, {
    id: 'term-grace-period',
    severity: 'warning',
    message: `${podText(pod)}${where} ${stopped}should be gone by now, and nothing takes its place until it is`,
    evidence: node && isNodeReady(node) ? [`node/${nameOf(node)} condition Ready=True`] : [],
    remedy: lookAt(
      subject,
      "see the kubelet's log on its node: stopping, or unmounting, takes too long, and neither makes events",
      'forcing the Pod away lets the next one start while this one may still run and write',
    ),
  })
}

/** Its time is over on a node that is well, or there is no node. */
export const leavingStuck: Rule<PodSubject> = firstCause([unscheduled, containerWontDie, leavingVolume])
export const leavingOverdue: Rule<PodSubject> = firstCause([outOfServiceLeftBehind, overdue])
