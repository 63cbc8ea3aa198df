import {isOnlyCordoned, refusal} from '../../../model/node.ts'
import type {Node, PersistentVolume, Pod} from '../../../model/objects.ts'
import type {Finding} from '../../finding.ts'
import {type PassingState, passingState} from '../../passing-taints.ts'
import {FEW} from '../../words.ts'
import {podReference} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {isYoung, pendingMessage, schedulingFinding, severityFor} from './finding.ts'
import {claimsOf} from './mounted-claims.ts'
import {byNearness, passingId} from './passing-causes.ts'
import {passingRemedy, statesText} from './passing-text.ts'
import {unseenNodes} from './passing-unseen.ts'
import {unschedulable} from './pinned-reason.ts'
import {reasonNamed} from './reasons.ts'
import type {SchedulerVerdict} from './verdict.ts'

/** The Pod would be on one of these nodes if that were not wrong with them; undefined where another cure is at hand. */
export function passingNodes(subject: PodSubject, verdict: SchedulerVerdict): Finding | undefined {
  const states = statesOf(subject, verdict)
  const [first] = states
  if (!first) return unseenNodes(subject, verdict)
  const {pod, now, relations} = subject
  const {volumes} = verdict
  const since = [unschedulable(pod)?.lastTransitionTime, first.since].filter((time) => time !== undefined)
  return {
    ...schedulingFinding(subject, {
      id: passingId(first),
      severity: isYoung(first.since, now) ? 'info' : severityFor(subject, 'error'),
      message: pendingMessage(pod, statesText(states, volumes, relations)),
      object: podReference(pod),
      blames: relations.once('blames', states, () => states.map(({name}) => ({kind: 'Node', name}))),
      evidence: states
        .slice(0, FEW)
        .flatMap(({evidence}) => evidence)
        .slice(0, FEW),
      selfHealing: 'maybe',
      remedy: passingRemedy(states, pinnedVolumes(subject)),
    }),
    ...(since.length > 0 && {since: since.toSorted().at(-1) ?? ''}),
  }
}

/** Those that a new node would have to reach, too. */
function pinnedVolumes(subject: PodSubject): readonly PersistentVolume[] {
  return claimsOf(subject).flatMap(({volume}) => (volume?.spec?.nodeAffinity?.required ? [volume] : []))
}

function statesOf({pod, relations}: PodSubject, {id, nodes}: SchedulerVerdict): readonly PassingState[] {
  const about = reasonNamed(id)?.about
  if (about !== 'taint' && about !== 'cordon') return []
  return relations.once('passingStates', nodes, () => statesAmong(nodes, pod))
}

function statesAmong(nodes: readonly Node[], pod: Pod): readonly PassingState[] {
  const refused = nodes.map((node) => ({node, refused: refusal(node, pod.spec && {spec: pod.spec})}))
  if (refused.some((each) => isOnlyCordoned(each.refused))) return []
  return refused
    .flatMap((each) => passingState(each.node, each.refused?.taints ?? []) ?? [])
    .toSorted(byNearness)
}
