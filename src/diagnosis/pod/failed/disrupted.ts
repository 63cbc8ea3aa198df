import {isNodeReady} from '../../../model/node.ts'
import {type Event, nameOf, type Pod} from '../../../model/objects.ts'
import {isTerminal, isTerminating} from '../../../model/pod.ts'
import {taintText, untoleratedTaints} from '../../../model/taints.ts'
import type {Causes} from '../../cause.ts'
import {type Finding, firstCause, type Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {passingState} from '../../passing-taints.ts'
import {fewText, inParentheses} from '../../words.ts'
import {
  conditionEvidence,
  describeNode,
  describePod,
  eventEvidence,
  ownerKind,
  type PodFinding,
  podFinding,
  toldOf,
} from '../finding.ts'
import {otherPodText, podReference} from '../reference.ts'
import type {PodSubject} from '../subject.ts'

export const causes = {
  'preempted-by-scheduler': {
    title: 'pushed out by higher priority',
    applies: ['StatefulSet'],
    sign: '`DisruptionTarget` has the reason `PreemptionByScheduler`, and an event `Preempted` names who took the room.',
    remedy: 'Give the set a higher `priorityClassName`, or make more room.',
    risk: 'a higher priority takes the room from others',
  },
  'evicted-by-taint': {
    title: 'evicted by a taint',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`DisruptionTarget` has the reason `DeletionByTaintManager`, and the node has a `NoExecute` taint that is not about its health.',
    remedy: 'Tolerate the taint in the template, or take it off the node.',
    risk: 'the taint may protect the node or its hardware: ask who put it there',
    riskWhen: 'it is not the sign of a state that passes by itself',
  },
} satisfies Causes

export const PREEMPTED = 'preempted-by-scheduler' satisfies keyof typeof causes
export const EVICTED_BY_TAINT = 'evicted-by-taint' satisfies keyof typeof causes

/** Who took the Pod away, as the API has recorded it since 1.26 (DisruptionTarget). */
function disruption({status}: Pod): string | undefined {
  return status?.conditions?.find(({type, status: is}) => type === 'DisruptionTarget' && is === 'True')
    ?.reason
}

/** One that is still within its grace period is not in trouble yet. */
function disruptedFinding(subject: PodSubject, cause: Omit<PodFinding, 'severity' | 'since'>): Finding {
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
  const preemptor = preemptorOf(event, subject)
  return disruptedFinding(subject, {
    id: PREEMPTED,
    message: `${preemptor ? `${otherPodText(preemptor, pod)}, of higher priority,` : 'A Pod of higher priority'} took the room of ${nameOf(pod)} on node ${pod.spec?.nodeName ?? '<none>'}`,
    ...(preemptor && {blames: [podReference(preemptor)]}),
    evidence: [...conditionEvidence(pod, 'DisruptionTarget'), ...eventEvidence(subject, event)],
    remedy: {
      look: [describePod(pod), kubectl('get', 'priorityclass')],
      act: [
        {text: 'give the cluster more room: the next Pod needs it elsewhere', commands: []},
        {text: 'give the set a higher priority class in its template', commands: []},
      ],
      risk: causes['preempted-by-scheduler'].risk,
      avoid: '',
      rung: 1,
    },
  })
}

/** `Preempted by pod <uid> on node <node>`; before 1.27 `Preempted by <namespace>/<name> on node <node>`. */
function preemptorOf(event: Event | undefined, {relations}: PodSubject): Pod | undefined {
  const [, uid, namespace = '', name = ''] =
    /^Preempted by (?:\S+ (\S+)|([^/\s]+)\/(\S+)) on node /.exec(event?.message ?? '') ?? []
  if (uid === undefined) return relations.pod(namespace, name)
  return relations.podWith(uid)
}

const LOST = ['not-ready', 'unreachable', 'out-of-service'].map((word) => `node.kubernetes.io/${word}`)

const evictedByTaint: Rule<PodSubject> = (subject) => {
  const {node, pod} = subject
  const isRefused = isTerminal(pod) && pod.status?.reason === 'TaintToleration'
  if (!isRefused && disruption(pod) !== 'DeletionByTaintManager') return undefined
  if (node && !isNodeReady(node)) return undefined
  const taints = node ? untoleratedTaints(node, pod.spec?.tolerations ?? []) : []
  const others = taints.filter(({effect, key}) => effect === 'NoExecute' && !LOST.includes(key))
  const driving = others.map(taintText)
  const state = node && passingState(node, others)
  return disruptedFinding(subject, {
    id: 'evicted-by-taint',
    message: `A NoExecute taint of node ${pod.spec?.nodeName ?? '<none>'} evicted ${nameOf(pod)}${inParentheses(fewText(driving))}`,
    evidence: [
      ...conditionEvidence(pod, 'DisruptionTarget'),
      ...(isRefused ? [`pod/${nameOf(pod)} status.reason=TaintToleration`] : []),
      ...driving.map((text) => `node/${pod.spec?.nodeName} taint ${text}`),
      ...eventEvidence(subject, toldOf(subject, 'TaintManagerEviction')),
    ],
    remedy: {
      look: pod.spec?.nodeName ? [describeNode(pod.spec.nodeName)] : [describePod(pod)],
      act: state
        ? [{text: `node ${state.name} ${state.text}: ${state.advice}`, commands: []}]
        : [
            {text: 'find out who put the taint there and why, and have it taken off', commands: []},
            {text: `let the template of the ${ownerKind(pod) ?? 'owner'} tolerate it`, commands: []},
          ],
      risk: state ? '' : causes['evicted-by-taint'].risk,
      avoid: '',
      rung: state ? 0 : 1,
    },
  })
}

const rules = firstCause([preemptedByScheduler, evictedByTaint])

/** Somebody took the Pod away for a reason of their own; the phase alone does not tell. */
export const disrupted: Rule<PodSubject> = (subject) =>
  isTerminating(subject.pod) || isTerminal(subject.pod) ? rules(subject) : undefined
