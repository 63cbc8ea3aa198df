import {nameOf, type Pod} from '../../../model/objects.ts'
import {taintText, untoleratedTaints} from '../../../model/taints.ts'
import type {Causes} from '../../cause.ts'
import type {Finding, Rule, Severity} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {isJoining} from '../../node-trouble.ts'
import {passingState} from '../../passing-taints.ts'
import {BEYOND_TEMPLATE, beyondEvidence, beyondRemedy, beyondTemplate, beyondText} from './beyond-template.ts'
import {choice} from './choice.ts'
import {conditionProof, pendingMessage, severityFor} from './finding.ts'
import {pinnedReasons, unschedulable} from './pinned-reason.ts'
import {portTrouble} from './port-holder.ts'
import type {SchedulingReason} from './reason.ts'
import {reasonsText, taintsText} from './reason-text.ts'
import {schedulingReason} from './reasons.ts'
import {HOST_PORT} from './reasons-room.ts'
import {type Room, roomOf} from './room.ts'
import {type WaitingPod, waitingFinding} from './waiting-pod.ts'

export const causes = {
  'ds-unschedulable-pinned': {
    title: 'no room on its own node',
    applies: ['DaemonSet'],
    sign: 'The Pod is pending, and among much noise about `NodeAffinity` one reason is about its own node, in words that no other `sched-` cause knows.',
    remedy:
      'Act on what the scheduler says of that node; what it says of other nodes does not matter for the Pod.',
  },
} satisfies Causes

export const PINNED = 'ds-unschedulable-pinned' satisfies keyof typeof causes

type Reason = Omit<SchedulingReason, 'pattern'>

/** A text that nobody knows is quoted, and nothing is invented about it. */
const UNKNOWN: Reason = {
  ...causes['ds-unschedulable-pinned'],
  id: PINNED,
  severity: 'error',
  ways: ['act on what the scheduler says of this node: what it says of others does not matter for the Pod'],
}

/** The scheduler has said why the one node does not take the Pod; what it says of other nodes is not quoted. */
export const pinned: Rule<WaitingPod> = (subject) => {
  const {pod, node, relations} = subject
  const [first, ...others] = pinnedReasons(pod, node)
  if (first === undefined) return undefined
  const reason = schedulingReason(first) ?? UNKNOWN
  const extra = reason.about === 'labels' && relations ? beyondTemplate(pod, relations) : []
  return extra.length > 0 ? added(subject, extra) : refused(subject, reason, [first, ...others])
}

/** Somebody changed the Pod on its way, so that it does not fit the node that it was created for. */
function added(subject: WaitingPod, extra: readonly string[]): Finding {
  const {pod, nodeName, now} = subject
  return waitingFinding(subject, {
    id: BEYOND_TEMPLATE,
    severity: severityFor({pod, now}, 'error'),
    message: pendingMessage(pod, `${beyondText(extra)}, which the labels of node ${nodeName} do not fit`),
    blames: [{kind: 'Node', name: nodeName}],
    since: unschedulable(pod)?.lastTransitionTime,
    evidence: [beyondEvidence(pod, extra), ...saidOf(pod, pinnedReasons(pod, subject.node))],
    selfHealing: 'no',
    remedy: beyondRemedy(pod),
  })
}

function refused(subject: WaitingPod, reason: Reason, texts: readonly string[]): Finding {
  const {pod, node, nodeName, relations} = subject
  const rooms = texts.map((text) => roomOf(text, pod, node, relations?.podsOn(nodeName)))
  const isHopeless = rooms.some(({isTooSmall}) => isTooSmall)
  const holder = reason.id === HOST_PORT ? portTrouble(pod, nodeName, relations) : undefined
  const taints = reason.about === 'taint' && node ? untoleratedTaints(node, pod.spec?.tolerations ?? []) : []
  const why = holder
    ? `${holder.text} on node ${nodeName}`
    : refusedText(reason, `node ${nodeName}`, texts, rooms, taints.map(taintText))
  return waitingFinding(subject, {
    id: reason.id,
    severity: isHopeless ? reason.severity : severityOf(subject, reason),
    message: pendingMessage(pod, why),
    blames: [{kind: 'Node', name: nodeName}, ...(holder?.blames ?? [])],
    since: unschedulable(pod)?.lastTransitionTime,
    evidence: [...saidOf(pod, texts), ...(holder?.evidence ?? []), ...rooms.flatMap(({holders}) => holders)],
    selfHealing: isHopeless ? 'no' : 'maybe',
    remedy: holder?.remedy ?? ofTaint(reason, subject) ?? remedyOf(reason, nodeName, isHopeless),
  })
}

/** A taint that only says what is wrong with the node is nothing to tolerate. */
function ofTaint({about}: Reason, {pod, node}: WaitingPod): Finding['remedy'] | undefined {
  if (about !== 'taint' || !node) return undefined
  const state = passingState(node, untoleratedTaints(node, pod.spec?.tolerations ?? []))
  if (!state) return undefined
  const way = state.kind === 'leaving' ? `nothing for a daemon: ${state.advice}` : state.advice
  return choice([kubectl('describe', 'node', nameOf(node)), ...state.commands], [way])
}

function saidOf(pod: Pod, texts: readonly string[]): readonly string[] {
  return [conditionProof(pod, texts.join(', '))]
}

/** From 1.35 the text no longer says which taint; the Node does. */
function refusedText(
  {id}: Reason,
  where: string,
  texts: readonly string[],
  rooms: readonly Room[],
  taints: readonly string[],
): string {
  if (id === PINNED) return `the scheduler refuses ${where} for a reason that only its own text tells`
  if (taints.length > 0) return `untolerated ${taintsText(taints)} on ${where}`
  const reasons = texts.map((text, index) => ({text, numbers: rooms[index]?.numbers ?? ''}))
  return reasonsText(reasons, where, 'and')
}

/** On a node that has just joined, what registers late is not in trouble yet. */
function severityOf({pod, node, now}: WaitingPod, {isRegisteredLate, severity}: Reason): Severity {
  return isRegisteredLate && isJoining(node, now) ? 'info' : severityFor({pod, now}, severity)
}

function remedyOf(reason: Reason, nodeName: string, isHopeless: boolean): Finding['remedy'] {
  const look = [kubectl('describe', 'node', nodeName)]
  return isHopeless ? choice(look, HOPELESS) : choice(look, reason.ways, reason)
}

/** The node is too small even when empty. */
const HOPELESS = ['lower the requests in the template', 'keep the set off this node']
