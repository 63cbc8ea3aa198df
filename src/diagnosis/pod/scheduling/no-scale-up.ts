import {lastSeen} from '../../../model/events.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {LAST_TOLD_SECONDS} from '../../patience.ts'
import {describePod, eventEvidence, isRecent, toldOf} from '../finding.ts'
import type {PodSubject} from '../subject.ts'
import {choice} from './choice.ts'
import {conditionProof, pendingMessage, schedulingFinding, severityFor} from './finding.ts'
import {reasonNamed} from './reasons.ts'
import {verdictOn} from './verdict.ts'
import {roomFor} from './verdict-room.ts'
import {whyText} from './why-text.ts'

export const causes = {
  'sched-no-scale-up': {
    title: 'autoscaler adds no node',
    applies: ['StatefulSet'],
    sign: "The scheduler refuses the Pod because room is short, and the cluster autoscaler says `NotTriggerScaleUp` with `pod didn't trigger scale-up:` and its reason for each group of nodes: `max node group size reached`, `in backoff after failed scale-up`, or what would keep the Pod off a new node as well.",
    remedy:
      'Act on what the autoscaler says: raise the maximum of a group of nodes or the quota behind it, or add a group whose nodes fit. Else make room as for the reason of the scheduler.',
  },
} satisfies Causes

/** Early versions add a word in brackets; the text may be empty. */
const SAID = /^pod didn't trigger scale-up(?: \(.*?\))?:/is

/** What the autoscaler said last of the Pod, where that is no; undefined where a node is to come. */
function refusedScaleUp(subject: PodSubject) {
  const no = toldOf(subject, 'NotTriggerScaleUp', SAID)
  const yes = toldOf(subject, 'TriggeredScaleUp')
  if (!no || !isRecent(no, subject.now, LAST_TOLD_SECONDS)) return undefined
  return yes && lastSeen(yes) >= lastSeen(no) ? undefined : no
}

/** No node has room for the Pod, and none is going to be added. Where a volume, a taint or a label is in the way, that says more. */
export const noScaleUp: Rule<PodSubject> = (subject) => {
  const event = refusedScaleUp(subject)
  const verdict = event && verdictOn(subject)
  const {about, stage} = reasonNamed(verdict?.id ?? '') ?? {}
  if (!event || !verdict || about !== undefined || stage === 'place') return undefined
  const {pod} = subject
  if (roomFor(subject, verdict).isHopeless) return undefined
  return schedulingFinding(subject, {
    id: 'sched-no-scale-up',
    severity: severityFor(subject, 'error'),
    message: pendingMessage(pod, `${whyText(subject, verdict)}, and the cluster autoscaler adds no node`),
    evidence: [conditionProof(pod), ...eventEvidence(subject, event)],
    selfHealing: 'maybe',
    remedy: choice(
      [
        describePod(pod),
        kubectl('get', 'configmap', '-n', 'kube-system', 'cluster-autoscaler-status', '-o', 'yaml'),
      ],
      [
        'let a group of nodes grow: see its maximum, its quota and its back-off',
        'add a group whose nodes fit',
        'lower the requests in the template',
      ],
    ),
  })
}
