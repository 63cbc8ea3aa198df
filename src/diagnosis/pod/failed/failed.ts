import {nameOf} from '../../../model/objects.ts'
import {isTerminal, isTerminating} from '../../../model/pod.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {pressures} from '../../node-trouble.ts'
import {inParentheses, quoted} from '../../words.ts'
import {
  conditionEvidence,
  deletePod,
  describeNode,
  describePod,
  eventEvidence,
  ownerKind,
  podFinding,
  saidText,
  severityOn,
  toldOf,
  unreadySince,
} from '../finding.ts'
import {hasJustFailed} from '../grace-period-over.ts'
import {remedyBy} from '../help.ts'
import {
  BEYOND_TEMPLATE,
  beyondEvidence,
  beyondRemedy,
  beyondTemplate,
  beyondText,
} from '../scheduling/beyond-template.ts'
import type {PodSubject} from '../subject.ts'
import {completed} from './completed.ts'
import {disrupted} from './disrupted.ts'
import {ENDED, EVICTED} from './kubelet-reasons.ts'
import {stillShort} from './pressure.ts'

export const causes = {
  'ds-failed-pod-backoff': {
    title: 'failed Pod is replaced with delay',
    applies: ['DaemonSet'],
    sign: 'The Pod of a node has failed. The controller replaces it after one second, then two, up to 15 minutes; the event is `FailedDaemonPod`.',
    remedy:
      'Find out why it failed, and fix that. Then its deletion, or any edit of the template, ends the delay.',
    risk: 'its logs and its status go with the Pod',
  },
} satisfies Causes

/** The kubelet says itself why it refused or stopped the Pod. */
const byKubelet: Rule<PodSubject> = (subject) => {
  const {pod, node} = subject
  const {phase, reason = '', message} = pod.status ?? {}
  const known = phase === 'Failed' ? ENDED.find((each) => each.reason.test(reason)) : undefined
  if (!known) return undefined
  const name = pod.spec?.nodeName ?? '<none>'
  const isDaemon = ownerKind(pod) === 'DaemonSet'
  return podFinding(subject, {
    id: known.id,
    severity: known.selfHealing === 'no' ? known.severity : severityOn(subject, known.severity),
    message: known.text(nameOf(pod), name, message ?? '') + inParentheses(known.id === EVICTED ? '' : reason),
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} status.phase=Failed, status.reason=${reason}${saidText(message)}`,
      ...conditionEvidence(pod, 'DisruptionTarget'),
      ...pressures(node),
      ...eventEvidence(subject, told(subject, reason)),
    ],
    selfHealing: known.selfHealing,
    remedy: remedyBy(subject, [describePod(pod), ...(pod.spec?.nodeName ? [describeNode(name)] : [])], {
      acts: [isDaemon ? (known.onItsNode ?? known.advice) : known.advice].filter(Boolean),
      ...(known.what && {what: known.what}),
    }),
  })
}

/** The event that says more than the status. */
function told(subject: PodSubject, reason: string) {
  const said = subject.pod.status?.message
  const event = toldOf(subject, reason)
  return said && event?.message?.includes(said.trim()) ? undefined : event
}

/** The kubelet refuses what admission made of the Pod, and the controller makes it again and again. */
const beyond: Rule<PodSubject> = (subject) => {
  const {pod, relations} = subject
  const asked = pod.status?.reason === 'NodeAffinity' ? beyondTemplate(pod, relations) : []
  if (asked.length === 0 || ownerKind(pod) !== 'DaemonSet') return undefined
  return podFinding(subject, {
    id: BEYOND_TEMPLATE,
    severity: severityOn(subject, 'error'),
    message: `${nameOf(pod)} does not fit the labels of node ${pod.spec?.nodeName ?? '<none>'}: ${beyondText(asked)}`,
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} status.phase=${pod.status?.phase}, status.reason=NodeAffinity`,
      beyondEvidence(pod, asked),
    ],
    selfHealing: 'no',
    remedy: beyondRemedy(pod),
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
    message: `${nameOf(pod)} has failed on node ${pod.spec?.nodeName ?? '<none>'}${inParentheses(quoted(reason))}, and is replaced after a delay of up to 15m`,
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} status.phase=Failed${reason ? `, status.reason=${reason}` : ''}${saidText(message)}`,
    ],
    remedy: {
      look: [describePod(pod)],
      act: [
        {
          text: 'when what made it fail is fixed, delete it, which ends the delay (so does an edit of the template)',
          commands: [deletePod(pod)],
        },
      ],
      risk: causes['ds-failed-pod-backoff'].risk,
      avoid: '',
      rung: 2,
    },
  })
}

const rules = firstCause([beyond, stillShort, byKubelet, disrupted, completed, failedDaemon])

/** Why a Pod has failed or succeeded, or was never admitted. */
export const finished: Rule<PodSubject> = (subject) =>
  isTerminal(subject.pod) && !isTerminating(subject.pod) ? rules(subject) : undefined
