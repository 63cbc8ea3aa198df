import {type Event, nameOf, namespaceOf} from '../../model/objects.ts'
import {isServing} from '../../model/rollout/stateful-set-facts.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import type {Rule} from '../finding.ts'
import {lastSeen} from '../pods/subject.ts'
import {quoted} from '../quoted.ts'
import {oldSlots, setReference, setText, slotsText} from './set-parts.ts'
import type {RolloutSubject} from './subject.ts'

/** The controller never waits longer than 1000 s before it tries again. */
const FORGOTTEN_SECONDS = 1200

/** A parallel set visits all its ordinals, and an error at one of them ends the pass before any is updated. */
export const parallelOneError: Rule<RolloutSubject> = (subject) => {
  const {facts} = subject
  const failure = refusedPod(subject) ?? refusedUpdate(subject)
  const waiting = oldSlots(facts).filter((slot) => !slot.isHeld && isServing(slot, facts))
  if (facts.isOrdered || !failure || waiting.length === 0) return undefined
  const {set} = facts
  return {
    id: 'sts-parallel-one-error-stops-update',
    severity: 'warning',
    message: `${setText(set)} updates none of ${slotsText(waiting)}, because the API server refuses something else: ${failure.text}`,
    object: setReference(set),
    ...(failure.since && {since: failure.since}),
    evidence: [
      failure.evidence,
      `statefulset/${nameOf(set)} spec.podManagementPolicy=Parallel: an error at one ordinal ends the pass`,
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('describe', 'sts', '-n', namespaceOf(set), nameOf(set))],
      advice: 'mend what the API server objects to: the update goes on by itself',
      danger: '',
      rung: 0,
    },
  }
}

interface Failure {
  readonly text: string
  readonly since: string | undefined
  readonly evidence: string
}

function refusedPod({blocker, facts}: RolloutSubject): Failure | undefined {
  const {slot, holdUp} = blocker ?? {}
  if (!slot || holdUp?.refusal === undefined) return undefined
  return {
    text: `${slot.name} ${holdUp.text}`,
    since: holdUp.since,
    evidence: `event FailedCreate on statefulset/${nameOf(facts.set)}, which has no Pod ${slot.name}`,
  }
}

/** A label or a claim's owner that can't be put right. No event says that it went well at last but a later one. */
function refusedUpdate({facts, relations}: RolloutSubject): Failure | undefined {
  const events = relations.eventsOf('StatefulSet', namespaceOf(facts.set), nameOf(facts.set))
  const failed = latest(events, 'FailedUpdate')
  const done = latest(events, 'SuccessfulUpdate')
  const match = /^update Pod (\S+) in StatefulSet .*?failed error: (.*)$/is.exec(failed?.message ?? '')
  if (!failed || !match || (done && lastSeen(done) >= lastSeen(failed))) return undefined
  if (!(secondsBetween(lastSeen(failed), facts.now) < FORGOTTEN_SECONDS)) return undefined
  return {
    text: `${quoted(match[1] ?? '')} can't be changed: ${quoted(match[2] ?? '')}`,
    since: failed.firstTimestamp,
    evidence: `event FailedUpdate ×${failed.count ?? 1} on statefulset/${nameOf(facts.set)}`,
  }
}

function latest(events: readonly Event[], reason: string): Event | undefined {
  const those = events.filter((event) => event.reason === reason)
  return those.toSorted((left, right) => (lastSeen(left) > lastSeen(right) ? -1 : 1))[0]
}
