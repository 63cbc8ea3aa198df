import {type Node, nameOf, type Pod} from '../../model/objects.ts'
import {taintText, untoleratedTaints} from '../../model/taints.ts'
import {kubectl} from '../command-line.ts'
import {isJoining} from '../elapsed.ts'
import type {Finding, Rule, Severity} from '../finding.ts'
import {podText} from '../pod.ts'
import {quoted} from '../quoted.ts'
import {pinnedReasons, unschedulable} from './pinned-reason.ts'
import {type SchedulingReason, schedulingReason} from './reasons.ts'
import {roomOf} from './room.ts'
import {type WaitingPod, waitingFinding} from './waiting-pod.ts'

/** A text that the catalog does not know is quoted, and nothing is made up about it. */
const UNKNOWN: Omit<SchedulingReason, 'pattern'> = {
  id: 'ds-unschedulable-pinned',
  severity: 'error',
  advice: 'only this node counts: what the scheduler says of other nodes does not matter for the Pod',
}

/** Devices, drivers and taints of a node come and go while it joins; its room does not. */
const REGISTERED_LATE = [
  'sched-insufficient-extended',
  'sched-csi-driver-missing',
  'sched-dra',
  'sched-node-features',
  'sched-taint',
]

/** The scheduler has said why the one node does not take the Pod; what it says of other nodes is not quoted. */
export const pinned: Rule<WaitingPod> = (subject) => {
  const {pod, node, nodeName} = subject
  const [first, ...others] = pinnedReasons(pod, node)
  if (first === undefined) return undefined
  const reason = schedulingReason(first) ?? UNKNOWN
  const rooms = [first, ...others].map((text) => roomOf(text, pod, node))
  const isHopeless = rooms.some(({isTooSmall}) => isTooSmall)
  const condition = unschedulable(pod)
  return waitingFinding(subject, {
    id: reason.id,
    severity: severityOf(subject, reason),
    message: `${podText(pod)} waits for node ${nodeName}: ${rooms.map(({text}) => quoted(text)).join(', ')}${taintsText(reason.id, pod, node)}`,
    since: condition?.lastTransitionTime,
    evidence: [
      `pod/${nameOf(pod)} condition PodScheduled=False: ${[first, ...others].map(quoted).join(', ')}`,
    ],
    selfHealing: isHopeless ? 'no' : 'maybe',
    remedy: remedyOf(reason, nodeName, isHopeless),
  })
}

/** From 1.35 the text no longer says which taint; the Node does. */
function taintsText(id: string, pod: Pod, node: Node | undefined): string {
  if (id !== 'sched-taint' || !node) return ''
  const taints = untoleratedTaints(node, pod.spec?.tolerations ?? [])
  return taints.length > 0 ? `: ${taints.map(taintText).join(', ')}` : ''
}

/** On a node that has just joined, what registers late is not in trouble yet. */
function severityOf(
  {node, now}: WaitingPod,
  {id, severity}: Pick<SchedulingReason, 'id' | 'severity'>,
): Severity {
  return REGISTERED_LATE.includes(id) && isJoining(node, now) ? 'info' : severity
}

function remedyOf(
  {advice, danger = ''}: Omit<SchedulingReason, 'pattern'>,
  nodeName: string,
  isHopeless: boolean,
): Finding['remedy'] {
  return {
    commands: [kubectl('describe', 'node', nodeName)],
    ...(isHopeless
      ? {
          advice: 'the node is too small even when empty: lower the requests, or keep the set off this node',
          danger: '',
        }
      : {advice, danger}),
    rung: 0,
  }
}
