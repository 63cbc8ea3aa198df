import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isReady, restarts} from '../../model/pod.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import {podReference} from '../pod.ts'
import {unreadyId} from '../pod-trouble.ts'
import {setText, slotsText} from './set-parts.ts'
import type {RolloutSubject} from './subject.ts'

/**
 * A guess, worth a word beside what is known: the topmost Pod that there is runs well and is only not ready, and those
 * it may wait for are made when it is ready.
 */
export const quorumNeedsLater: Rule<RolloutSubject> = ({facts, blocker}) => {
  const {slot, holdUp} = blocker ?? {}
  const {set, slots, isOrdered} = facts
  if (!slot?.pod || !holdUp || holdUp.isNodeLost || !isOrdered || slot.revision !== slot.target)
    return undefined
  if (!onlyProbeFails(slot.pod)) return undefined
  const later = slots.filter(({ordinal}) => ordinal > slot.ordinal)
  if (later.length === 0 || later.some(({pod}) => pod)) return undefined
  return {
    id: 'sts-quorum-needs-later-ordinals',
    severity: 'warning',
    message: `${slot.name} runs without a crash and is not ready, and ${setText(set)} makes ${slotsText(later)} only when it is: if its readiness needs them, neither ever comes`,
    object: podReference(slot.pod),
    ...(holdUp.since && {since: holdUp.since}),
    evidence: [
      `pod/${slot.name} condition Ready=False, no restarts, has a readinessProbe`,
      `statefulset/${nameOf(set)} podManagementPolicy OrderedReady, no Pod after ${slot.name}`,
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: [
        kubectl('describe', 'pod', '-n', namespaceOf(set), slot.name),
        kubectl('logs', '-n', namespaceOf(set), slot.name),
      ],
      advice:
        'let readiness mean that this member works, not that all are there; or make the set anew with podManagementPolicy Parallel (delete it with --cascade=orphan, apply it again) and let its Service publish addresses that are not ready (publishNotReadyAddresses)',
      danger: 'between the two steps nobody replaces a Pod of the set that is lost',
      rung: 3,
    },
  }
}

function onlyProbeFails(pod: Pod): boolean {
  const {phase, containerStatuses} = pod.status ?? {}
  const states = (containerStatuses ?? []).map(({state}) => state)
  const isRunning = states.length > 0 && states.every((state) => state?.running)
  const isProbed = pod.spec?.containers?.some(({readinessProbe}) => readinessProbe) ?? false
  if (phase !== 'Running' || isReady(pod) || !isRunning || restarts(pod) > 0) return false
  return isProbed && unreadyId(pod) === 'readiness-failing'
}
