import {nameOf, namespaceOf} from '../../model/objects.ts'
import {isTerminal, isTerminating} from '../../model/pod.ts'
import {replacesSucceeded} from '../../model/rollout/stateful-set-rules.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {kubectl} from '../command-line.ts'
import {firstCause, type Rule} from '../finding.ts'
import {pressures} from '../node-trouble.ts'
import {hasJustFailed} from '../overdue.ts'
import {podText} from '../pod.ts'
import {
  afterEdit,
  conditionEvidence,
  describePod,
  eventEvidence,
  look,
  ownerKind,
  podFinding,
  saying,
  severityOn,
  toldOf,
  unreadySince,
} from './containers-finding.ts'
import {disrupted} from './ended-disrupted.ts'
import {ENDED} from './ended-table.ts'
import type {PodSubject} from './subject.ts'

/** The kubelet says itself why it refused or ended the Pod. */
const byKubelet: Rule<PodSubject> = (subject) => {
  const {pod, node} = subject
  const {phase, reason = '', message} = pod.status ?? {}
  const known = phase === 'Failed' ? ENDED.find((each) => each.reason.test(reason)) : undefined
  if (!known) return undefined
  const name = pod.spec?.nodeName ?? '<none>'
  return podFinding(subject, {
    id: known.id,
    severity: known.selfHealing === 'no' ? known.severity : severityOn(subject, known.severity),
    message: `${podText(pod)} ${known.verb} node ${name} (${reason}${saying(message)})`,
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} status.phase=Failed, status.reason=${reason}`,
      ...conditionEvidence(pod, 'DisruptionTarget'),
      ...pressures(node),
      ...eventEvidence(subject, toldOf(subject, reason)),
    ],
    selfHealing: known.selfHealing,
    remedy: look(
      [describePod(pod), ...(pod.spec?.nodeName ? [kubectl('describe', 'node', name)] : [])],
      known.advice + (known.selfHealing === 'no' ? afterEdit(subject) : ''),
    ),
  })
}

/** Its containers always start again, so that only a stop of the node or of the kubelet ends it well. */
const completed: Rule<PodSubject> = (subject) => {
  const {pod, relations} = subject
  if (pod.status?.phase !== 'Succeeded' || ownerKind(pod) !== 'StatefulSet') return undefined
  const isReplaced = replacesSucceeded(serverVersionOf(relations.snapshot))
  const [namespace, name] = [namespaceOf(pod), nameOf(pod)]
  return podFinding(subject, {
    id: 'sts-pod-completed',
    severity: 'warning',
    message: `${podText(pod)} has ended well, and ${isReplaced ? 'its StatefulSet replaces it' : `StatefulSets of Kubernetes ${relations.snapshot.server?.version} do not replace it`}`,
    since: unreadySince(pod),
    evidence: [`pod/${name} status.phase=Succeeded`],
    selfHealing: isReplaced ? 'yes' : 'no',
    remedy: isReplaced
      ? look(
          [describePod(pod)],
          'wait: a new Pod takes its place; if none comes, see what holds the StatefulSet up',
        )
      : {
          commands: [describePod(pod), kubectl('delete', 'pod', '-n', namespace, name)],
          danger: 'its logs and its status go with the Pod',
          rung: 2,
        },
  })
}

/** The controller replaces failed daemon Pods, ever more slowly: 1 s doubling to 15 min per node. */
const failedDaemon: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  if (pod.status?.phase !== 'Failed' || ownerKind(pod) !== 'DaemonSet') return undefined
  const {reason, message} = pod.status
  return podFinding(subject, {
    id: 'ds-failed-pod-backoff',
    severity: severityOn(subject, hasJustFailed(pod, subject.now) ? 'warning' : 'error'),
    message: `${podText(pod)} on node ${pod.spec?.nodeName ?? '<none>'} has failed${saying([reason, message].filter(Boolean).join(': '))}; the controller replaces it after a delay that doubles up to 15m`,
    since: unreadySince(pod),
    evidence: [`pod/${nameOf(pod)} status.phase=Failed${reason ? `, status.reason=${reason}` : ''}`],
    remedy: {
      commands: [describePod(pod), kubectl('delete', 'pod', '-n', namespaceOf(pod), nameOf(pod))],
      advice: 'find out why it failed; deleting it, or any edit of the template, ends the delay',
      danger: 'its logs and its status go with the Pod',
      rung: 2,
    },
  })
}

const causes = firstCause([byKubelet, disrupted, completed, failedDaemon])

/** Why a Pod has ended, or was never let in. */
export const ended: Rule<PodSubject> = (subject) =>
  isTerminal(subject.pod) && !isTerminating(subject.pod) ? causes(subject) : undefined
