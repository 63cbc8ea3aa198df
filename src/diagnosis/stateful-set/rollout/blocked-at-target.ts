import {nameOf, namespaceOf, type Pod} from '../../../model/objects.ts'
import {isTerminating} from '../../../model/pod.ts'
import {statusWord} from '../../../model/pod-status-word.ts'
import {strategyOf} from '../../../model/rollout/stateful-set-next.ts'
import type {Causes} from '../../cause.ts'
import type {Finding, Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {podReference} from '../../pod/reference.ts'
import type {RolloutSubject} from './subject.ts'

/** Of an edit that does not reach its Pod. */
export const DELETED = 'that member is down until its successor is ready'
export const AFTER_EDIT = 'the Pod has to be deleted after an edit of the template'

export const causes = {
  'sts-blocked-by-unready-at-target': {
    title: 'unready Pod blocks the set',
    applies: ['StatefulSet'],
    sign: 'In an ordered set the Pod of the lowest unready ordinal already has the revision that it should have. It is broken itself, for one of the causes that concern Pods, images, volumes or scheduling.',
    remedy:
      'Find and fix the cause of that one Pod. If the fix is an edit of the template, delete the Pod afterwards as well: the edit alone makes it an old Pod that nobody replaces.',
    risk: DELETED,
    riskWhen: AFTER_EDIT,
    rank: 'summary',
  },
  'sts-parallel-waits-for-updated': {
    title: 'update waits for an updated Pod',
    applies: ['StatefulSet'],
    sign: 'In a `Parallel` set the highest ordinal that is not ready already has the new revision. The update goes down from the top and stops there.',
    remedy:
      'Fix what keeps that Pod from becoming ready. If that is the template, edit it: the controller replaces the Pod by itself.',
    rank: 'summary',
  },
} satisfies Causes

const BLOCKED = 'sts-blocked-by-unready-at-target' satisfies keyof typeof causes

/** The Pod is of the revision that it should be, and does not become ready: a better template alone will not help. */
export const blockedAtTarget: Rule<RolloutSubject> = ({facts, blocker}) => {
  const {slot, trouble} = blocker ?? {}
  if (!slot?.pod || !trouble || slot.revision !== slot.target || isTerminating(slot.pod)) return undefined
  const {name, pod, revision} = slot
  const isOnDelete = strategyOf(facts.set) === 'OnDelete'
  const isWaitedFor = facts.isOrdered || !isOnDelete
  return {
    id: facts.isOrdered || isOnDelete ? BLOCKED : 'sts-parallel-waits-for-updated',
    severity: trouble.isStalled ? 'error' : 'warning',
    message: `${name} is not ready (${statusWord(pod)}), and ${isWaitedFor ? 'the rollout waits for it' : 'no edit of the template replaces it by itself (OnDelete)'}`,
    object: podReference(pod),
    ...(trouble.since && {since: trouble.since}),
    evidence: [
      `pod/${name} ${statusWord(pod)}, not ready`,
      `pod/${name} label controller-revision-hash=${revision}, which statefulset/${nameOf(facts.set)} wants there`,
    ],
    selfHealing: 'maybe',
    remedy: remedyOf(pod, facts.isOrdered ? TRAP : isOnDelete ? ON_DELETE : undefined),
  }
}

const TRAP = 'the edit alone does not replace it (kubernetes#67250)'
const ON_DELETE = 'OnDelete replaces nothing by itself'

/** Once the template is fixed the Pod is of an old revision, and nobody may come to replace it. */
function remedyOf(pod: Pod, whyLeft: string | undefined): Finding['remedy'] {
  const [namespace, name] = [namespaceOf(pod), nameOf(pod)]
  const crashed = pod.status?.containerStatuses?.find(({restartCount}) => (restartCount ?? 0) > 0)
  const logs = crashed ? [kubectl('logs', '-n', namespace, name, crashed.name, '-p')] : []
  const look = [kubectl('describe', 'pod', '-n', namespace, name), ...logs]
  const fix = {text: 'fix what keeps it from becoming ready', commands: []}
  const edit = 'if that is the template: edit it'
  if (whyLeft === undefined) {
    const replaced = {text: `${edit}, and the controller replaces the Pod`, commands: []}
    return {look, act: [fix, replaced], risk: '', avoid: '', rung: 0}
  }
  const both = `${edit}, and then delete the Pod, for ${whyLeft}`
  const deletion = kubectl('delete', 'pod', '-n', namespace, name)
  return {
    look,
    act: [fix, {text: both, commands: [deletion]}],
    risk: DELETED,
    avoid: '',
    rung: 2,
  }
}
