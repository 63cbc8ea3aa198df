import {nameOf} from '../../model/objects.ts'
import type {Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {quoted} from '../quoted.ts'
import {unschedulable} from '../scheduling/pinned-reason.ts'
import {schedulingReason} from '../scheduling/reasons.ts'
import type {PodSubject} from './subject.ts'
import {noVolumeInReach} from './unscheduled-no-volume.ts'
import {unscheduledRemedy} from './unscheduled-remedy.ts'
import {roomFor} from './unscheduled-room.ts'
import {isHelpless} from './unscheduled-told.ts'
import {type Verdict, verdictOn} from './unscheduled-verdict.ts'
import {whyText} from './unscheduled-why.ts'
import {leavingFrom, severityFor, unscheduledFinding} from './unscheduled-words.ts'

/** The scheduler has looked at the nodes: what excludes those that the Pod's claims allow is the cause. */
export const byNodes: Rule<PodSubject> = (subject) => {
  const verdict = verdictOn(subject)
  if (!verdict) return undefined
  if (verdict.id === 'sched-no-pv-to-bind') return noVolumeInReach(subject, verdict)
  const {pod} = subject
  const severity = schedulingReason(verdict.told[0]?.text ?? '')?.severity ?? 'error'
  const {isHopeless} = roomFor(pod, verdict)
  return unscheduledFinding(subject, {
    id: verdict.id,
    severity: severityFor(subject, severity),
    message: `${podText(pod)} is not scheduled: ${whyText(subject, verdict)}`,
    evidence: evidenceOf(subject, verdict),
    selfHealing: isHopeless ? 'no' : 'maybe',
    remedy: unscheduledRemedy(subject, verdict, isHopeless),
  })
}

function evidenceOf(subject: PodSubject, verdict: Verdict): readonly string[] {
  const {nodes, volumes, selected} = verdict
  const {pod} = subject
  return [
    `pod/${nameOf(pod)} condition PodScheduled=False: ${quoted(unschedulable(pod)?.message ?? '')}`,
    ...wantedLabels(subject, verdict.id),
    ...volumes.map((volume) => `pv/${nameOf(volume)} can't be reached from every node`),
    ...selected.map((node) => `a claim's annotation volume.kubernetes.io/selected-node=${node}`),
    ...leavingFrom(subject, nodes.map(nameOf)),
    ...(isHelpless(subject)
      ? ['no room can be made by stopping Pods of lower priority (sched-preemption-unhelpful)']
      : []),
  ]
}

/** The scheduler does not say which labels it misses. */
function wantedLabels({pod}: PodSubject, id: string): readonly string[] {
  if (id !== 'sched-node-affinity') return []
  const labels = Object.entries(pod.spec?.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`)
  return labels.length > 0 ? [`pod/${nameOf(pod)} spec.nodeSelector wants ${labels.join(',')}`] : []
}
