import {lastSeen, latestOf} from '../../../model/events.ts'
import {nameOf, namespaceOf} from '../../../model/objects.ts'
import {isServing} from '../../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../../model/rollout/stateful-set-next.ts'
import {withoutUids} from '../../../model/without-uids.ts'
import type {Causes} from '../../cause.ts'
import {CREATE_FAILED} from '../../creation/unknown.ts'
import type {Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {LONGEST_RETRY_SECONDS, secondsBetween} from '../../patience.ts'
import {quoted, quotedInProof} from '../../words.ts'
import type {RolloutSubject} from './subject.ts'
import {oldSlots, setReference, setText, slotsText} from './words.ts'

export const causes = {
  'sts-parallel-one-error-stops-update': {
    title: "one ordinal's error stops all",
    applies: ['StatefulSet'],
    sign: 'In a `Parallel` set the API refuses something for one ordinal (`FailedCreate` or `FailedUpdate` on the set), and healthy Pods of the old revision stay as they are. The error ends each pass of the controller before it comes to the update.',
    remedy: 'Take the refusal away: its text in the event names the quota, webhook or claim.',
    covers: [CREATE_FAILED],
  },
} satisfies Causes

/** A parallel set visits all its ordinals, and an error at one of them ends the pass before any is updated. */
export const parallelOneError: Rule<RolloutSubject> = (subject) => {
  const {facts} = subject
  const failure = refusedPod(subject) ?? refusedUpdate(subject)
  const waiting = oldSlots(facts).filter((slot) => !slot.isHeld && isServing(slot, facts))
  if (facts.isOrdered || strategyOf(facts.set) !== 'RollingUpdate' || !failure || waiting.length === 0)
    return undefined
  const {set} = facts
  return {
    id: 'sts-parallel-one-error-stops-update',
    severity: 'warning',
    message: `The API server refuses something for ${failure.name}, and that keeps ${slotsText(waiting)} from being updated (${setText(set)})`,
    object: setReference(set),
    ...(failure.since && {since: failure.since}),
    evidence: [
      ...failure.evidence,
      `statefulset/${nameOf(set)} spec.podManagementPolicy=Parallel: an error at one ordinal ends the pass`,
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('describe', 'sts', '-n', namespaceOf(set), nameOf(set))],
      act: [{text: 'fix what the API server objects to: the update goes on by itself', commands: []}],
      risk: '',
      avoid: '',
      rung: 0,
    },
  }
}

interface Failure {
  /** The Pod that it concerns. */
  readonly name: string
  readonly since: string | undefined
  readonly evidence: readonly string[]
}

/** Where the catalog knows why, that is said, and says it all. */
function refusedPod({blocker, facts}: RolloutSubject): Failure | undefined {
  const {slot, trouble} = blocker ?? {}
  if (!slot || trouble?.refusal === undefined || trouble.finding?.id !== CREATE_FAILED) return undefined
  return {
    name: slot.name,
    since: trouble.since,
    evidence: [
      `statefulset/${nameOf(facts.set)} has no Pod ${slot.name}`,
      `event FailedCreate on statefulset/${nameOf(facts.set)}: ${quotedInProof(withoutUids(trouble.refusal))}`,
    ],
  }
}

/** A label or a claim's owner that can't be put right. No event says that it went well at last but a later one. */
function refusedUpdate({facts, relations}: RolloutSubject): Failure | undefined {
  const events = relations.eventsOf('StatefulSet', namespaceOf(facts.set), nameOf(facts.set))
  const failed = latestOf(events, 'FailedUpdate')
  const done = latestOf(events, 'SuccessfulUpdate')
  const match = /^update Pod (\S+) in StatefulSet .*?failed error: (.*)$/is.exec(failed?.message ?? '')
  if (!failed || !match || (done && lastSeen(done) >= lastSeen(failed))) return undefined
  if (!(secondsBetween(lastSeen(failed), facts.now) < LONGEST_RETRY_SECONDS)) return undefined
  return {
    name: quoted(match[1] ?? ''),
    since: failed.firstTimestamp,
    evidence: [
      `event FailedUpdate ×${failed.count ?? 1} on statefulset/${nameOf(facts.set)}: ${quotedInProof(withoutUids(match[2] ?? ''))}`,
    ],
  }
}
