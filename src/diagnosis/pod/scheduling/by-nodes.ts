import {nameOf} from '../../../model/objects.ts'
import type {Finding, Rule} from '../../finding.ts'
import type {CauseId} from '../../order.ts'
import {FEW} from '../../words.ts'
import type {PodSubject} from '../subject.ts'
import {withAbsentNodes} from './absent-nodes.ts'
import {conditionProof, pendingMessage, schedulingFinding, severityFor, terminatingOn} from './finding.ts'
import {joinedTroubles} from './joined.ts'
import {noVolumeInReach} from './no-volume.ts'
import {passingNodes} from './passing-nodes.ts'
import {reasonNamed, schedulingReason} from './reasons.ts'
import {schedulingRemedy} from './remedy.ts'
import {isHelpless} from './told-reasons.ts'
import {misplacedFor, type SchedulerVerdict, verdictOn} from './verdict.ts'
import {roomFor} from './verdict-room.ts'
import {nodesProof} from './where-text.ts'
import {whyText} from './why-text.ts'

/** The scheduler has looked at the nodes: what excludes those that the Pod's claims allow is the cause. */
export const byNodes: Rule<PodSubject> = (subject) => {
  const verdict = verdictOn(subject)
  if (!verdict) return undefined
  if (reasonNamed(verdict.id)?.about === 'binding') return noVolumeInReach(subject, verdict)
  const passing = passingNodes(subject, verdict)
  if (passing) return {...passing, evidence: [...evidenceOf(subject, verdict), ...passing.evidence]}
  const severity = schedulingReason(verdict.told[0]?.text ?? '')?.severity ?? 'error'
  const {isHopeless} = roomFor(subject, verdict)
  const finding = schedulingFinding(subject, {
    id: verdict.id,
    severity: isHopeless ? severity : severityFor(subject, severity),
    message: pendingMessage(subject.pod, whyText(subject, verdict)),
    ...blamed(subject, verdict),
    evidence: evidenceOf(subject, verdict),
    selfHealing: isHopeless ? 'no' : 'maybe',
    remedy: joinedTroubles(subject, verdict)[0]?.remedy ?? schedulingRemedy(subject, verdict, isHopeless),
  })
  return withAbsentNodes(finding, subject, verdict)
}

/** Those that alone could take it; of many none is to blame. */
function blamed(subject: PodSubject, verdict: SchedulerVerdict): Partial<Pick<Finding, 'blames'>> {
  const {nodes} = verdict
  if (nodes.length === 0 || nodes.length > FEW) return {}
  return {
    blames: [
      ...nodes.map((node) => ({kind: 'Node', name: nameOf(node)})),
      ...joinedTroubles(subject, verdict).flatMap(({blames}) => blames),
    ],
  }
}

function evidenceOf(subject: PodSubject, verdict: SchedulerVerdict): readonly string[] {
  const {nodes, volumes, selected} = verdict
  const isReach = reasonNamed(verdict.id)?.about === 'reach'
  return [
    conditionProof(subject.pod),
    ...nodesProof(verdict),
    ...wantedLabels(subject, verdict.id),
    ...(isReach ? (misplacedFor(subject)?.evidence ?? []) : []),
    ...joinedTroubles(subject, verdict).flatMap(({evidence}) => evidence),
    ...roomFor(subject, verdict).holders,
    ...volumes.map((volume) => `pv/${nameOf(volume)} can't be reached from every node`),
    ...selected.map((node) => `a claim's annotation volume.kubernetes.io/selected-node=${node}`),
    ...subject.relations.once('terminatingOn', nodes, () => terminatingOn(subject, nodes.map(nameOf))),
    ...(isHelpless(subject)
      ? ['no room can be freed by stopping Pods of lower priority (sched-preemption-unhelpful)']
      : []),
  ]
}

/** The scheduler does not say which labels it misses. */
function wantedLabels({pod}: PodSubject, id: CauseId): readonly string[] {
  if (reasonNamed(id)?.about !== 'labels') return []
  const labels = Object.entries(pod.spec?.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`)
  return labels.length > 0 ? [`pod/${nameOf(pod)} spec.nodeSelector wants ${labels.join(',')}`] : []
}
