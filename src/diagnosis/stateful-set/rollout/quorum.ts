import {nameOf, namespaceOf, type Pod} from '../../../model/objects.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {podReference} from '../../pod/reference.ts'
import {isNodeLost} from '../../pod/trouble.ts'
import {runningText, runsUnready} from '../never-ready.ts'
import type {RolloutSubject} from './subject.ts'
import {setText, slotsText} from './words.ts'

export const causes = {
  'sts-quorum-needs-later-ordinals': {
    title: 'Pod needs peers not yet created',
    applies: ['StatefulSet'],
    sign: 'An ordered set stops at its first ordinals: a Pod runs for minutes and does not become ready, whether or not it is restarted in between. It may need peers that the controller creates only after this one is ready.',
    remedy:
      "Make readiness mean that the process serves, not that the quorum is there; or use `Parallel` with a Service that has `publishNotReadyAddresses`. The policy can't be changed in place: `kubectl delete statefulset <set> --cascade=orphan`, then apply it again.",
    risk: 'between the two steps nobody replaces a Pod of the set that is lost',
    rank: 'aside',
  },
} satisfies Causes

/**
 * A guess, worth a word beside what is known: the topmost Pod that there is runs for long and does not become ready,
 * and those it may wait for are created when it is ready.
 */
export const quorumNeedsLater: Rule<RolloutSubject> = ({facts, blocker}) => {
  const {slot, trouble} = blocker ?? {}
  const {set, slots, isOrdered} = facts
  if (!slot?.pod || !trouble || isNodeLost(trouble) || !isOrdered || slot.revision !== slot.target)
    return undefined
  if (!isProbed(slot.pod) || !runsUnready(slot.pod, facts.now)) return undefined
  const later = slots.filter(({ordinal}) => ordinal > slot.ordinal)
  if (later.length === 0 || later.some(({pod}) => pod)) return undefined
  return {
    id: 'sts-quorum-needs-later-ordinals',
    severity: 'warning',
    message: `${slot.name} runs and does not become ready: it may need ${slotsText(later)}, created only after that (${setText(set)})`,
    object: podReference(slot.pod),
    ...(trouble.since && {since: trouble.since}),
    evidence: [
      `pod/${slot.name} ${runningText(slot.pod)}`,
      `pod/${slot.name} has a readinessProbe`,
      `statefulset/${nameOf(set)} podManagementPolicy OrderedReady, no Pod after ${slot.name}`,
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [
        kubectl('describe', 'pod', '-n', namespaceOf(set), slot.name),
        kubectl('logs', '-n', namespaceOf(set), slot.name),
      ],
      act: [
        {text: 'let readiness mean that this member works, not that all are there', commands: []},
        {
          text: 'delete the set with --cascade=orphan, apply it again with podManagementPolicy Parallel, and let its Service publish addresses that are not ready (publishNotReadyAddresses)',
          commands: [],
        },
      ],
      risk: causes['sts-quorum-needs-later-ordinals'].risk,
      avoid: '',
      rung: 3,
    },
  }
}

function isProbed(pod: Pod): boolean {
  return pod.spec?.containers?.some(({readinessProbe}) => readinessProbe) ?? false
}
