import {isNodeReady} from '../../model/node.ts'
import {nameOf, type Pod} from '../../model/objects.ts'
import {isTerminal, isTerminating} from '../../model/pod.ts'
import {taintText, untoleratedTaints} from '../../model/taints.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {
  type Cause,
  conditionEvidence,
  describePod,
  eventEvidence,
  look,
  ownerKind,
  podFinding,
  toldOf,
} from './containers-finding.ts'
import type {PodSubject} from './subject.ts'

/** Who took the Pod away, as the API has recorded it since 1.26 (DisruptionTarget). */
function disruption({status}: Pod): string | undefined {
  return status?.conditions?.find(({type, status: is}) => type === 'DisruptionTarget' && is === 'True')
    ?.reason
}

/** One that is still within its time to stop is not in trouble yet. */
function disruptedFinding(subject: PodSubject, cause: Omit<Cause, 'severity' | 'since'>): Finding {
  const {pod} = subject
  return podFinding(subject, {
    ...cause,
    severity: isTerminating(pod) ? 'info' : 'warning',
    since: pod.status?.conditions?.find(({type}) => type === 'DisruptionTarget')?.lastTransitionTime,
  })
}

const preemptedByScheduler: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const event = toldOf(subject, 'Preempted')
  if (disruption(pod) !== 'PreemptionByScheduler' && !(event && disruption(pod) === undefined))
    return undefined
  return disruptedFinding(subject, {
    id: 'preempted-by-scheduler',
    message: `${podText(pod)} had to make room for a Pod of higher priority on node ${pod.spec?.nodeName ?? '<none>'}`,
    evidence: [...conditionEvidence(pod, 'DisruptionTarget'), ...eventEvidence(subject, event)],
    remedy: look(
      [describePod(pod), kubectl('get', 'priorityclass')],
      'the next Pod needs room elsewhere: give the set a higher priority class, or the cluster more room',
      'a higher priority takes the room from others',
    ),
  })
}

const LOST = ['not-ready', 'unreachable', 'out-of-service'].map((word) => `node.kubernetes.io/${word}`)

const evictedByTaint: Rule<PodSubject> = (subject) => {
  const {node, pod} = subject
  const isRefused = isTerminal(pod) && pod.status?.reason === 'TaintToleration'
  if (!isRefused && disruption(pod) !== 'DeletionByTaintManager') return undefined
  if (node && !isNodeReady(node)) return undefined
  const taints = node ? untoleratedTaints(node, pod.spec?.tolerations ?? []) : []
  const driving = taints
    .filter(({effect, key}) => effect === 'NoExecute' && !LOST.includes(key))
    .map(taintText)
  const which = driving.length > 0 ? ` (${fewText(driving)})` : ''
  return disruptedFinding(subject, {
    id: 'evicted-by-taint',
    message: `${podText(pod)} was driven from node ${pod.spec?.nodeName ?? '<none>'} by a NoExecute taint${which}`,
    evidence: [
      ...conditionEvidence(pod, 'DisruptionTarget'),
      ...(isRefused ? [`pod/${nameOf(pod)} status.reason=TaintToleration`] : []),
      ...driving.map((text) => `node/${pod.spec?.nodeName} taint ${text}`),
      ...eventEvidence(subject, toldOf(subject, 'TaintManagerEviction')),
    ],
    remedy: look(
      pod.spec?.nodeName ? [kubectl('describe', 'node', pod.spec.nodeName)] : [describePod(pod)],
      `find out who put the taint there and why; or let the ${ownerKind(pod) ?? 'owner'} tolerate it`,
    ),
  })
}

const causes = firstCause([preemptedByScheduler, evictedByTaint])

/** Somebody took the Pod away for a reason of their own; the phase alone does not tell. */
export const disrupted: Rule<PodSubject> = (subject) =>
  isTerminating(subject.pod) || isTerminal(subject.pod) ? causes(subject) : undefined
