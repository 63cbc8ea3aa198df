import {isSilent, notReadyTrouble} from '../../diagnosis/node-trouble.ts'
import {quoted} from '../../diagnosis/words.ts'
import type {Node, PersistentVolumeClaim, Pod} from '../../model/objects.ts'
import {readiness} from '../../model/pod.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import type {RolledWorkload} from '../rollout/report.ts'
import {sinceOf} from '../rollout/times.ts'
import type {SubjectSummary} from './report.ts'

const NOTHING_COUNTED = {ready: null, updated: null, reason: null} as const

/** How a set is: its rollout in short. */
export function workloadSummary({counts, state, since}: RolledWorkload): SubjectSummary {
  const of = counts.desired
  return {
    state,
    since: state === 'Stalled' ? since : null,
    ready: {count: counts.ready, of},
    updated: {count: counts.updated, of},
    reason: null,
  }
}

/** How a Pod is: the word of `kubectl get`, and its containers. */
export function podSummary(pod: Pod): SubjectSummary {
  const {ready, total} = readiness(pod)
  return {...NOTHING_COUNTED, state: statusWord(pod), since: sinceOf(pod), ready: {count: ready, of: total}}
}

/** How a claim is: its phase. */
export function claimSummary({metadata, status}: PersistentVolumeClaim): SubjectSummary {
  const since = metadata?.deletionTimestamp ?? null
  return {...NOTHING_COUNTED, state: since ? 'Terminating' : (status?.phase ?? 'Pending'), since}
}

/** How a node is: ready or not, since when, and whether anything is heard of its kubelet. */
export function nodeSummary(node: Node): SubjectSummary {
  const ready = node.status?.conditions?.find(({type}) => type === 'Ready')
  const word = notReadyTrouble(node) ? 'NotReady' : 'Ready'
  return {
    ...NOTHING_COUNTED,
    state: node.spec?.unschedulable ? `${word},SchedulingDisabled` : word,
    since: (notReadyTrouble(node) && ready?.lastTransitionTime) ?? null,
    reason: notReadyTrouble(node) ? reasonOf(node, ready?.message) : null,
  }
}

function reasonOf(node: Node, message: string | undefined): string | null {
  if (isSilent(node)) return 'nothing is heard of its kubelet'
  return message ? `its kubelet says: ${quoted(message)}` : null
}
